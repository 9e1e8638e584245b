/** A node pool, as far as it matters to the other pools and the cluster. */
export interface PoolRoleInput {
    name: string;
    mode: string;
    osType: string;
    isSpot: boolean;
    autoscaling: boolean;
    taints: readonly string[];
}

function takesAnyPod({ osType, isSpot, taints }: PoolRoleInput): boolean {
    return osType === "Linux" && !isSpot && !taints.some((taint) => !taint.endsWith(":PreferNoSchedule"));
}

/** Whether pods that the system pool does not take find another pool; a sentence when they do not. */
export function systemTaintProblems(
    criticalAddonsOnly: boolean,
    nodeAutoProvisioning: boolean,
    pools: readonly PoolRoleInput[],
): string[] {
    return criticalAddonsOnly && !nodeAutoProvisioning && !pools.some(takesAnyPod)
        ? [
              "`criticalAddonsOnly` is true, but no pool in nodePools takes other pods: it would have to run Linux on regular " +
                  "capacity, without taints. Add such a pool, or set `criticalAddonsOnly` to false.",
          ]
        : [];
}

/** Whether the cluster's dataplane has Windows nodes, a sentence for each pool that it does not fit. */
export function windowsProblems(dataplane: string, pools: readonly PoolRoleInput[]): string[] {
    return dataplane === "Cilium"
        ? pools
              .filter(({ osType }) => osType === "Windows")
              .map(
                  ({ name }) =>
                      `\`${name}.osType\` is Windows, but cluster.dataplane is Cilium, which AKS has for Linux nodes only. ` +
                      "Use Linux, or a new cluster with dataplane Azure: it cannot be changed later.",
              )
        : [];
}

/** Whether the pools fit to node auto-provisioning, a sentence for each that does not. */
export function autoProvisioningProblems(
    nodeAutoProvisioning: boolean,
    pools: readonly PoolRoleInput[],
): string[] {
    return nodeAutoProvisioning
        ? pools
              .filter(({ autoscaling }) => autoscaling)
              .map(
                  ({ name }) =>
                      `\`${name}.autoscaling\` is true, but cluster.addons.nodeAutoProvisioning is on: AKS allows one of the two. ` +
                      "Set `autoscaling` to false with `minCount` equal to `maxCount`, or remove the pool.",
              )
        : [];
}
