import type { NodePatching } from "../clusterArgs";

/** What a choice of node patching stands for. */
export interface NodePatchingEffect {
    /** The cluster's `nodeOSUpgradeChannel`. */
    readonly nodeOsUpgradeChannel: "Unmanaged" | "NodeImage" | "SecurityPatch";
    /** Whether kured is installed. Only with Unmanaged do nodes ever ask for a reboot, and only kured grants it. */
    readonly kured: boolean;
}

/** The one place where the channel and kured are tied together: neither can be set without the other. */
export const nodePatchingEffects: Readonly<Record<NodePatching, NodePatchingEffect>> = {
    Kured: { nodeOsUpgradeChannel: "Unmanaged", kured: true },
    NodeImage: { nodeOsUpgradeChannel: "NodeImage", kured: false },
    SecurityPatch: { nodeOsUpgradeChannel: "SecurityPatch", kured: false },
};
