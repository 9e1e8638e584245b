import type { StateResource } from "../engine";

/** Operations that Azure runs one at a time: the second one is refused, or waits. */
interface Serialised {
    /** Its first group is the id of what is changed. */
    id: RegExp;
    source: string;
}

const serialised: readonly Serialised[] = [
    {
        id: /^(.*\/managedclusters\/[^/]+)(?:\/(?:agentpools|maintenanceconfigurations)\/[^/]+)?$/,
        source: "One operation per cluster, pools included: https://github.com/cilium/cilium/issues/25944, https://github.com/Azure/terraform-azurerm-avm-ptn-aks-production/issues/25",
    },
    {
        id: /^(.*\/virtualnetworks\/[^/]+)(?:\/(?:subnets|virtualnetworkpeerings)\/[^/]+)?$/,
        source: "One write per virtual network: https://github.com/pulumi/pulumi-azure-native/issues/699",
    },
    {
        id: /^(.*\/userassignedidentities\/[^/]+)\/federatedidentitycredentials\/[^/]+$/,
        source: "One credential per identity: https://github.com/pulumi/pulumi-azure-native/issues/4343",
    },
    {
        id: /^(.*\/registries\/[^/]+)\/replications\/[^/]+$/,
        source: "A registry takes one change of its regions at a time: components/registry.ts",
    },
];

/** Ids of what Azure changes in one way at a time when it creates or deletes this resource. */
export function locksOf({ id = "", inputs }: Pick<StateResource, "id" | "inputs">): string[] {
    const own = serialised.flatMap((row) => row.id.exec(id.toLowerCase())?.[1] ?? []);
    // A peering writes both networks.
    const remote = (inputs?.["remoteVirtualNetwork"] as { id?: unknown } | undefined)?.id;
    return typeof remote === "string" ? [...own, remote.toLowerCase()] : own;
}
