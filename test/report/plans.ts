import { cpSync } from "node:fs";
import { join } from "node:path";
import { projectName } from "../../config/project";
import { planStack } from "../../plan/planStack";
import type { StackPlan } from "../../plan/stackPlan";
import { projectDirectory, removeDirectories } from "../plan/projectDirectory";
import { settingsWith } from "../support/fixtures";
import type { SettingChanges } from "../support/fixtures";
import { projectFolder } from "../support/stacks";
import { today } from "../support/today";

const plans = new Map<string, Promise<StackPlan>>();

/** The plan of one of the repository's own stacks; worked out once. */
export function planOf(stack: "dev" | "prod"): Promise<StackPlan> {
    return once(stack, () => planStack({ directory: projectFolder, stack, today }));
}

/** The plan of a small landing zone with some settings changed; worked out once for each name. */
export function planWith(name: string, changes: SettingChanges): Promise<StackPlan> {
    return once(name, async () => {
        const settings = Object.entries(settingsWith(changes)).map(
            ([key, value]) => `  ${projectName}:${key}: ${JSON.stringify(value)}`,
        );
        const directory = projectDirectory({
            [`Pulumi.${name}.yaml`]: ["config:", ...settings, ""].join("\n"),
        });
        cpSync(join(projectFolder, "Pulumi.yaml"), join(directory, "Pulumi.yaml"));
        try {
            return await planStack({ directory, stack: name, today });
        } finally {
            removeDirectories();
        }
    });
}

function once(name: string, plan: () => Promise<StackPlan>): Promise<StackPlan> {
    const found = plans.get(name) ?? plan();
    plans.set(name, found);
    return found;
}

const groupId = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;

const manyTeams = Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [
        `team-number-${index + 1}`,
        {
            size: "small",
            developers: ["developers"],
            workloads: { api: { serviceAccount: "api", keyVaultSecrets: true } },
        },
    ]),
);

const manyPools = Object.fromEntries(
    Array.from({ length: 9 }, (_, index) => [
        `pool${index + 1}`,
        {
            vmSize: "Standard_D4ds_v5",
            minCount: index,
            maxCount: 10 + index,
            zones: index % 2 ? ["1"] : ["1", "2", "3"],
        },
    ]),
);

const longName = "w".repeat(30);

/** Landing zones that are unlike the repository's own: the least, the most, and what is open to the world. */
export const oddSettings: Readonly<Record<string, SettingChanges>> = {
    "no-tenants": { "tenants.teams": {}, "tenants.sizes": {} },
    "no-ingress": { "kubernetes.ingress.controller": "None" },
    public: {
        "cluster.apiServer.exposure": "PublicRestricted",
        "cluster.apiServer.authorizedIpRanges": [
            "198.51.100.0/24",
            "203.0.113.7/32",
            "192.0.2.0/25",
            "198.18.0.0/24",
        ],
        "cluster.apiServer.vnetIntegration": false,
        "kubernetes.ingress.exposure": "Public",
        "keyVault.publicNetworkAccess": true,
        "keyVault.allowedIpRanges": ["198.51.100.0/24"],
        "network.egress.type": "LoadBalancer",
    },
    hub: {
        "network.hub.virtualNetworkId":
            "/subscriptions/66666666-6666-4666-8666-666666666666/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-hub",
        "network.peers": ["10.0.0.0/16", "192.168.0.0/16"],
        "network.egress": { type: "Firewall", firewallPrivateIpAddress: "10.0.1.4" },
    },
    many: {
        "network.addressSpace": "10.40.0.0/16",
        nodePools: manyPools,
        "tenants.teams": manyTeams,
    },
    long: {
        workload: "wwwwwwwwww",
        environment: "wwwwwwww",
        "access.groups": {
            platform: "44444444-4444-4444-8444-444444444444",
            developers: "55555555-5555-4555-8555-555555555555",
            [longName]: groupId(1),
        },
        "tenants.environments": ["w".repeat(20)],
        "tenants.teams": { [longName]: { size: "small", developers: [longName], readers: ["platform"] } },
        tags: { [`k${longName}`]: "v".repeat(120) },
    },
};
