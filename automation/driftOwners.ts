import { types } from "../stack/resourceTypes";

/** Something in Azure, beside people, that changes a property as it should. */
export interface DriftOwner {
    owner: "autoscaler" | "auto-upgrade" | "Azure";
    type: string;
    /** The property, in full. */
    path: RegExp;
    /** Why the change is no drift. */
    why: string;
    /**
     * Whether the owner has it in hand, judged by the object that holds the property, the resource's values now, and the
     * two values. Always, where it is absent.
     */
    applies?: (situation: Situation) => boolean;
}

/** What a property is judged by. */
export interface Situation {
    /** The object that the property is in: the pool, of a pool's count. */
    holder: Readonly<Record<string, unknown>>;
    /** All values of the resource, as they are now. */
    current: Readonly<Record<string, unknown>>;
    before: unknown;
    after: unknown;
}

const pool = String.raw`^agentPoolProfiles\[\d+\]\.`;
const inPool = (name: string) => new RegExp(`${pool}${name}$`);

// Channels with which AKS raises the minor version by itself: https://learn.microsoft.com/azure/aks/auto-upgrade-cluster.
const minorChannels = ["stable", "rapid", "node-image"];

const poolRows = (type: string, named: (name: string) => RegExp): DriftOwner[] => [
    {
        owner: "autoscaler",
        type,
        path: named("count"),
        why: "the autoscaler has the number of nodes in hand",
        applies: ({ holder }) => holder["enableAutoScaling"] === true,
    },
    {
        owner: "auto-upgrade",
        type,
        path: named("nodeImageVersion"),
        why: "AKS gives nodes new images in their maintenance window",
    },
    {
        owner: "auto-upgrade",
        type,
        path: named("currentOrchestratorVersion"),
        why: "AKS upgrades pools after the control plane",
    },
    {
        owner: "auto-upgrade",
        type,
        path: named("orchestratorVersion"),
        why: "pools name no version of their own: AKS upgrades them after the control plane",
        applies: ({ before, after }) => sameMinor(before, after),
    },
    {
        owner: "Azure",
        type,
        path: named("eTag"),
        why: "Azure stamps every change, that of the autoscaler too",
    },
];

/**
 * What a drift check leaves out, row by row. A refresh knows nothing of what the program ignores (`ignoreChanges`), and
 * names every count and version that is not what it was.
 */
export const driftOwners: readonly DriftOwner[] = [
    ...poolRows(types.cluster, inPool),
    ...poolRows(types.agentPool, (name) => new RegExp(`^${name}$`)),
    {
        owner: "auto-upgrade",
        type: types.cluster,
        path: /^(?:kubernetesVersion|currentKubernetesVersion)$/,
        why: "AKS installs patch versions, and with the channels stable, rapid and node-image minor versions too",
        applies: ({ current, before, after }) => {
            const profile = current["autoUpgradeProfile"] as { upgradeChannel?: unknown } | undefined;
            return sameMinor(before, after) || minorChannels.includes(String(profile?.upgradeChannel));
        },
    },
    {
        owner: "Azure",
        type: types.cluster,
        path: /^eTag$/,
        why: "Azure stamps every change, that of AKS too",
    },
];

function sameMinor(before: unknown, after: unknown): boolean {
    const minor = (value: unknown) => /^\d+\.\d+/.exec(typeof value === "string" ? value : "")?.[0];
    return minor(before) !== undefined && minor(before) === minor(after);
}
