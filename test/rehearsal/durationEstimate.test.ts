import * as assert from "node:assert/strict";
import { createColors } from "picocolors";
import { bar } from "../../rehearsal/duration/bar";
import { estimateUp } from "../../rehearsal/duration/estimate";
import { nodesFor } from "../../rehearsal/duration/nodes";
import { estimateLines } from "../../rehearsal/duration/render";
import { locksOf } from "../../rehearsal/duration/serialised";
import { upJobs } from "../../rehearsal/duration/upJobs";
import { clockWords, durationWords } from "../../rehearsal/duration/words";
import type { StateResource } from "../../rehearsal/engine";
import { reportText } from "../../rehearsal/render";

const group = "/subscriptions/s/resourceGroups/rg";
const clusterId = `${group}/providers/Microsoft.ContainerService/managedClusters/aks`;
const urn = (name: string) => `urn:pulumi:dev::project::type::${name}`;

interface Sketch extends Omit<Partial<StateResource>, "dependencies"> {
    type: string;
    /** Names by input. */
    takes?: Record<string, string[]>;
    /** Names. */
    dependsOn?: string[];
}

/** A resource as it stands in the state. */
function resource(name: string, { takes = {}, dependsOn = [], ...rest }: Sketch): StateResource {
    const data = Object.entries(takes).map(([input, names]) => [input, names.map(urn)] as const);
    return {
        urn: urn(name),
        custom: true,
        ...rest,
        propertyDependencies: Object.fromEntries(data),
        dependencies: [...new Set([...data.flatMap(([, urns]) => urns), ...dependsOn.map(urn)])],
    };
}

const azureNative = (type: string) => `azure-native:${type}`;

/** A cluster in small: what waits for what, and why, as in the program. */
const stack: StateResource[] = [
    resource("azure", { type: "pulumi:providers:azure-native", id: "guid" }),
    ...[
        resource("group", { type: azureNative("resources:ResourceGroup"), id: group }),
        resource("logs", {
            type: azureNative("operationalinsights:Workspace"),
            id: `${group}/providers/Microsoft.OperationalInsights/workspaces/logs`,
            takes: { resourceGroupName: ["group"] },
        }),
        resource("cluster", {
            type: "aks-landing-zone:index:Cluster",
            custom: false,
            takes: { monitoring: ["logs"] },
            stackTrace: [
                { sourcePosition: "project:///node_modules/@pulumi/components/x.ts#1,1" },
                { sourcePosition: "project:///../../work/program/cluster.ts#32,10" },
            ],
        }),
        resource("identity", {
            type: azureNative("managedidentity:UserAssignedIdentity"),
            parent: urn("cluster"),
            takes: { resourceGroupName: ["group"] },
        }),
        resource("role", {
            type: azureNative("authorization:RoleAssignment"),
            parent: urn("cluster"),
            takes: { principalId: ["identity"], scope: ["group"] },
        }),
        resource("aks", {
            type: azureNative("containerservice:ManagedCluster"),
            id: clusterId,
            parent: urn("cluster"),
            takes: { identity: ["identity"], resourceGroupName: ["group"] },
            dependsOn: ["role"],
            resourceHooks: { OnError: ["retry-while-azure-settles"] },
            inputs: { agentPoolProfiles: [{ nodeTaints: ["CriticalAddonsOnly=true:NoSchedule"] }] },
        }),
        resource("pool", {
            type: azureNative("containerservice:AgentPool"),
            id: `${clusterId}/agentPools/apps`,
            takes: { resourceName: ["aks"] },
        }),
        resource("deployer", {
            type: azureNative("authorization:RoleAssignment"),
            inputs: { principalId: "me" },
            takes: { scope: ["aks"] },
        }),
    ].map((one) => ({ ...one, provider: `${urn("azure")}::guid` })),
    resource("kubernetes", {
        type: "pulumi:providers:kubernetes",
        id: "guid2",
        takes: { kubeconfig: ["aks"] },
        dependsOn: ["pool", "deployer"],
    }),
    resource("kured", {
        type: "kubernetes:helm.sh/v3:Release",
        provider: `${urn("kubernetes")}::guid2`,
        inputs: { values: { tolerations: [{ operator: "Exists" }] } },
    }),
    resource("looked-up", { type: azureNative("network:VirtualNetwork"), external: true }),
];

const seconds: Record<string, number> = {
    "resources:ResourceGroup": 2,
    "operationalinsights:Workspace": 30,
    "managedidentity:UserAssignedIdentity": 3,
    "authorization:RoleAssignment": 3,
    "containerservice:ManagedCluster": 300,
    "containerservice:AgentPool": 200,
    "network:VirtualNetwork": 4,
};

const sources = {
    durationOf: (_: string, type: string) => seconds[type.replace("azure-native:", "")] ?? 67,
    rolePropagation: 60,
    deployerObjectId: "me",
};

const estimate = estimateUp(stack, sources);

describe("The estimated duration of an up", () => {
    it("follows the graph in the state, role propagation included", () => {
        assert.deepEqual(
            estimate.criticalPath.map(
                ({ name, start, wait, because }) => `${start} ${name} ${because} ${wait}`,
            ),
            [
                "0 azure undefined 0",
                "0 group provider 0",
                "2 logs data 0",
                "32 cluster argument 0",
                "32 identity parent 0",
                "35 role data 0",
                "98 aks role 60",
                "398 pool data 0",
                "598 kubernetes dependsOn 0",
                "598 kured provider 0",
            ],
        );
        assert.equal(estimate.seconds, 665);
    });

    it("has a bound of data, providers and Azure alone", () => {
        // Group 2, identity 3, role 3 and 60, cluster 300, pool 200; the release (3, 60 and 67 after the cluster) is earlier.
        assert.equal(estimate.lowerBound, 568);
    });

    it("names the orders of the program that lengthen it, and where they are", () => {
        assert.deepEqual(estimate.orderings, [
            {
                from: urn("cluster"),
                on: urn("logs"),
                kind: "argument",
                savesSeconds: 30,
                declaredAt: "program/cluster.ts:32",
            },
            { from: urn("kubernetes"), on: urn("pool"), kind: "dependsOn", savesSeconds: 67 },
        ]);
    });

    it("gives no time to components, providers and what is looked up", () => {
        assert.deepEqual(
            estimate.timeline.map(({ name }) => name),
            ["group", "logs", "identity", "role", "aks", "pool", "deployer", "kured"],
        );
    });

    it("waits for a role only where Azure asks for it to work", () => {
        const waits = new Map(upJobs(stack, sources).map((job) => [job.id, job.waits]));
        const roles = [...waits].flatMap(([id, all]) =>
            all.filter(({ kind }) => kind === "role").map(({ on }) => [id, on]),
        );
        assert.deepEqual(roles, [
            [urn("aks"), urn("role")],
            [urn("kubernetes"), urn("deployer")],
        ]);
        const withOther = stack.flatMap((one) =>
            one.urn === urn("aks")
                ? [
                      resource("other-role", {
                          type: azureNative("authorization:RoleAssignment"),
                          takes: { principalId: ["somebody"] },
                      }),
                      { ...one, dependencies: [...(one.dependencies ?? []), urn("other-role")] },
                  ]
                : [one],
        );
        const aks = upJobs(withOther, sources).find(({ id }) => id === urn("aks"));
        assert.deepEqual(aks?.waits.at(-1), { on: urn("other-role"), kind: "dependsOn", lagInSeconds: 0 });
        const others = upJobs(stack, { ...sources, deployerObjectId: "somebody else" });
        assert.equal(others.flatMap((job) => job.waits).filter(({ kind }) => kind === "role").length, 1);
    });

    it("puts what lies in another resource by id after it, though the program does not say so", () => {
        const lock = resource("lock", {
            type: azureNative("authorization:ManagementLockByScope"),
            id: `${clusterId.toUpperCase()}/providers/Microsoft.Authorization/locks/l`,
        });
        const job = upJobs([...stack, lock], sources).find(({ id }) => id === lock.urn);
        assert.deepEqual(job?.waits, [{ on: urn("aks"), kind: "azureParent", lagInSeconds: 0 }]);
    });
});

describe("What Azure does one at a time", () => {
    const networks = `${group}/providers/Microsoft.Network/virtualNetworks`;
    const cases: [string, string[]][] = [
        [clusterId, [clusterId]],
        [`${clusterId}/agentPools/a`, [clusterId]],
        [`${clusterId}/maintenanceConfigurations/default`, [clusterId]],
        [`${clusterId}/providers/Microsoft.Authorization/locks/l`, []],
        [`${group}/providers/Microsoft.ContainerRegistry/registries/r`, []],
        [
            `${group}/providers/Microsoft.ContainerRegistry/registries/r/replications/eu`,
            [`${group}/providers/Microsoft.ContainerRegistry/registries/r`],
        ],
        [`${networks}/v`, [`${networks}/v`]],
        [`${networks}/v/subnets/s`, [`${networks}/v`]],
        [`${networks}/v/subnets/s/providers/Microsoft.Authorization/roleAssignments/r`, []],
        [`${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i`, []],
        [
            `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i/federatedIdentityCredentials/f`,
            [`${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i`],
        ],
    ];
    for (const [id, locks] of cases) {
        it(`is known of ${id.replace(`${group}/providers/`, "")}`, () => {
            assert.deepEqual(
                locksOf({ id }),
                locks.map((lock) => lock.toLowerCase()),
            );
        });
    }

    it("includes the other network of a peering", () => {
        const inputs = { remoteVirtualNetwork: { id: `${networks}/Hub` } };
        assert.deepEqual(locksOf({ id: `${networks}/v/virtualNetworkPeerings/p`, inputs }), [
            `${networks}/v`.toLowerCase(),
            `${networks}/hub`.toLowerCase(),
        ]);
    });
});

describe("The nodes that a Helm release needs", () => {
    const pools = (...taints: string[][]) => [
        ...stack.filter(({ urn: id }) => id === urn("aks")),
        ...taints.map((nodeTaints, index) =>
            resource(`pool-${index}`, {
                type: azureNative("containerservice:AgentPool"),
                inputs: { nodeTaints },
            }),
        ),
    ];
    const release = (inputs: Record<string, unknown>) =>
        resource("release", { type: "kubernetes:helm.sh/v3:Release", inputs });

    it("are those of the only pool that takes any pod", () => {
        const plain = release({ values: { tolerations: [] } });
        assert.equal(nodesFor(plain, pools([], ["spot=true:NoSchedule"])), urn("pool-0"));
        assert.equal(nodesFor(plain, pools([], [])), undefined);
        assert.equal(nodesFor(plain, pools(["spot=true:NoSchedule"])), undefined);
    });

    it("are there already for what tolerates taints, or does not wait for its pods", () => {
        assert.equal(
            nodesFor(release({ values: { tolerations: [{ operator: "Exists" }] } }), pools([])),
            undefined,
        );
        assert.equal(nodesFor(release({ skipAwait: true }), pools([])), undefined);
        assert.equal(nodesFor(release({}), pools([])), urn("pool-0"));
        assert.equal(
            nodesFor(resource("namespace", { type: "kubernetes:core/v1:Namespace" }), pools([])),
            undefined,
        );
        const untainted = [
            resource("aks", {
                type: azureNative("containerservice:ManagedCluster"),
                inputs: { agentPoolProfiles: [{}] },
            }),
        ];
        assert.equal(nodesFor(release({}), [...untainted, ...pools([]).slice(1)]), undefined);
    });
});

describe("The estimate in words", () => {
    it("shows the sum, the critical path, what lengthens it and what runs when", () => {
        const lines = estimateLines(estimate, { colors: createColors(false), width: 110 });
        assert.deepEqual(lines, [
            "Estimated duration in Azure  up ≈ 11 min 5 s (lower bound 9 min 28 s, +17.1 %)",
            "  From typical durations, with 16 operations at a time (--parallel); with any number 11 min 5 s.",
            "",
            "Critical path",
            "  Start       Takes                        Resource              Not earlier because",
            "   0:00         2 s  ▏                     group",
            "   0:02        30 s  ▉                     logs                  takes its output",
            "   0:32         3 s  ▏                     identity              argument of cluster",
            "   0:35         3 s   ▏                    role                  takes its output",
            "   1:38       5 min  ░░█████████           aks                   role works after 1 min",
            "   6:38  3 min 20 s             ██████     pool                  takes its output",
            "   9:58   1 min 7 s                   ██   kured                 dependsOn of kubernetes",
            "",
            "Orders of the program that lengthen it  what each costs, with those above it left out",
            "      Costs  Order                      By         Declared at",
            "       30 s  cluster waits for logs     argument   program/cluster.ts:32",
            "  1 min 7 s  kubernetes waits for pool  dependsOn",
            "",
            "Timeline  operations of more than 10 s",
            "  Start       Takes                        Operation",
            "   0:02        30 s  ▉                     Workspace logs",
            "   1:38       5 min    █████████           ManagedCluster aks",
            "   6:38  3 min 20 s             ██████     AgentPool pool",
            "   9:58   1 min 7 s                   ██   Release kured",
            "  4 shorter ones: 2 RoleAssignment 6 s, 1 UserAssignedIdentity 3 s, 1 ResourceGroup 2 s.",
        ]);
    });

    it("stands in the report below the steps, where there is one", () => {
        const report = { stack: "dev", checks: [], steps: [], resources: 0, durationInMilliseconds: 0 };
        const colors = createColors(false);
        assert.ok(
            reportText({ ...report, estimate }, colors).includes(
                "\n\nEstimated duration in Azure  up ≈ 11 min 5 s",
            ),
        );
        assert.ok(!reportText(report, colors).includes("Estimated"));
    });

    it("keeps within the width", () => {
        const long = estimate.criticalPath.map((step) => ({
            ...step,
            name: `${step.name}-${"x".repeat(70)}`,
        }));
        const lines = estimateLines(
            { ...estimate, criticalPath: long },
            { colors: createColors(false), width: 110 },
        );
        assert.deepEqual(
            lines.filter((line) => line.length > 110),
            [],
        );
    });

    it("draws bars to scale, with a mark for the shortest", () => {
        assert.equal(bar({ start: 0, duration: 50 }, 100, 10), "█████");
        assert.equal(bar({ start: 50, duration: 25, wait: 20 }, 100, 10), "   ░░██▌");
        assert.equal(bar({ start: 100, duration: 0 }, 100, 10), "         ▏");
        assert.equal(bar({ start: 99, duration: 40 }, 100, 10), "         █");
        assert.equal(bar({ start: 0, duration: 0 }, 0, 10), "▏");
    });

    it("writes seconds as people do", () => {
        assert.deepEqual([0, 0.2, 9.96, 45, 59.6, 120, 1180].map(durationWords), [
            "0 s",
            "0.2 s",
            "10 s",
            "45 s",
            "1 min",
            "2 min",
            "19 min 40 s",
        ]);
        assert.deepEqual([0, 65, 3725.9].map(clockWords), ["0:00", "1:05", "62:05"]);
    });
});
