import type { LandingZoneConfig } from "../../config";
import type { Change } from "./change";
import { withValue } from "./editing";

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

/** What is wrong with the order in which a pool was replaced. */
export function rollProblems(steps: readonly { operation: string }[]): string[] {
    const at = (operation: string) => steps.findIndex((step) => step.operation === operation);
    const created = at("create-replacement");
    const deleted = at("delete-replaced");
    return created === -1 || deleted === -1 || created > deleted
        ? ["the old pool went before the new one was there"]
        : [];
}
