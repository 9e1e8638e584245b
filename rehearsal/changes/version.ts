import { UpgradeChannel } from "../../components/clusterArgs";
import { kubernetesVersions } from "../../components/internal/rules/kubernetesVersions";
import type { LandingZoneConfig } from "../../config";
import type { Change } from "./change";
import { withValue } from "./editing";

const place = ["cluster", "kubernetesVersion"];

/** Minor versions between which a stack is upgraded, in a life that ends with the second. */
export interface Upgrade {
    from: string;
    to: string;
}

/**
 * The upgrade of a stack. Stacks are mostly at the newest version that AKS supports, so that there is no next one: the
 * life begins one minor below, and the upgrade leads to the stack's own. A stack at the oldest is upgraded to the next.
 */
export function upgradeOf({ cluster }: LandingZoneConfig): Upgrade | undefined {
    const { kubernetesVersion: own, longTermSupport } = cluster;
    const supported = Object.entries(kubernetesVersions)
        .filter(([, { longTermOnly }]) => longTermSupport || !longTermOnly)
        .map(([minor]) => minor);
    const index = supported.indexOf(own);
    const before = supported[index - 1];
    const after = supported[index + 1];
    if (index === -1 || (before === undefined && after === undefined)) {
        return undefined;
    }
    return before === undefined ? { from: own, to: after ?? own } : { from: before, to: own };
}

/** The cluster is updated in place. Its pools name no version of their own: they follow the cluster. */
export function newMinor(config: LandingZoneConfig): Change | undefined {
    const upgrade = upgradeOf(config);
    const { channel } = config.cluster.upgrades;
    const isOurs = channel === UpgradeChannel.Patch || channel === UpgradeChannel.None;
    if (upgrade === undefined || !isOurs) {
        return undefined;
    }
    return {
        check: "change-version",
        title: `Kubernetes ${upgrade.from} to ${upgrade.to}`,
        apply: (values) => withValue(values, place, upgrade.to),
        expected: ["update cluster-managed-cluster"],
    };
}

/** The configuration that a life begins with. */
export function beginning(
    values: Record<string, unknown>,
    config: LandingZoneConfig,
): Record<string, unknown> {
    const upgrade = upgradeOf(config);
    return upgrade === undefined ? values : withValue(values, place, upgrade.from);
}
