import type { LandingZoneConfig } from "../../config";
import type { OperationRecord } from "../../simulator/provider/operationLog";
import type { Change } from "./change";
import { withValue } from "./editing";

const poolType = "azure-native:containerservice:AgentPool";

/** Machines of twice the size in the first pool. The engine's three steps are one replacement, the new pool first. */
export function biggerMachines({ nodePools }: LandingZoneConfig): Change | undefined {
    const [first] = Object.entries(nodePools);
    if (first === undefined) {
        return undefined;
    }
    const [pool, { vmSize }] = first;
    const next = doubled(vmSize);
    const name = `pool-${pool}-agent-pool`;
    return {
        check: "change-vm-size",
        title: `${vmSize} to ${next} in pool "${pool}"`,
        apply: (values) => withValue(values, ["nodePools", pool, "vmSize"], next),
        expected: [`create-replacement ${name}`, `replace ${name}`, `delete-replaced ${name}`],
    };
}

/** `Standard_D4ds_v5` has 4 cores; series go on in powers of two. */
export function doubled(vmSize: string): string {
    return vmSize.replace(/\d+/, (cores) => String(Number(cores) * 2));
}

/** What is wrong with the order in which Azure was asked to replace a pool; takes the operations of that `up`. */
export function rollProblems(
    operations: readonly Pick<OperationRecord, "kind" | "type" | "id" | "beganAt" | "endedAt">[],
): string[] {
    const ofPool = operations.filter(({ type }) => type === poolType);
    const created = ofPool.find(({ kind }) => kind === "create");
    const deleted = ofPool.find(({ kind }) => kind === "delete");
    if (created?.endedAt === undefined || deleted === undefined) {
        return ["Azure was not asked to create one pool and to delete another"];
    }
    return [
        ...(created.id === deleted.id ? [`both pools are ${created.id}`] : []),
        ...(deleted.beganAt < created.endedAt ? ["the old pool went before the new one was there"] : []),
    ];
}
