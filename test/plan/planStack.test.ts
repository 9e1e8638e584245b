import * as assert from "node:assert/strict";
import * as resources from "@pulumi/azure-native/resources";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { PlanError } from "../../plan/planError";
import { planStack } from "../../plan/planStack";
import type { PlanOptions } from "../../plan/planStack";
import type { PlannedConfig } from "../../plan/runProgram";
import type { StackPlan } from "../../plan/stackPlan";
import { projectDirectory, removeDirectories } from "./projectDirectory";
import { sampleConfig, sampleProgram } from "./sampleProgram";
import { sampleRules } from "./sampleRules";

const stackFile = `config:
  token: { secure: v1:abc }
  colour: blue
`;

function options(more: Partial<PlanOptions> = {}): PlanOptions {
    return {
        directory: projectDirectory({
            "Pulumi.yaml": "name: aks-landing-zone\n",
            "Pulumi.dev.yaml": stackFile,
        }),
        stack: "dev",
        loadProgram: () => ({
            rules: sampleRules,
            loadConfig: () => sampleConfig,
            program: sampleProgram,
        }),
        ...more,
    };
}

function withProgram(
    program: (config: PlannedConfig) => Record<string, unknown>,
    loadConfig: () => PlannedConfig = () => sampleConfig,
): PlanOptions {
    return options({ loadProgram: () => ({ rules: sampleRules, loadConfig, program }) });
}

async function failureOf(planned: PlanOptions): Promise<PlanError> {
    try {
        await planStack(planned);
    } catch (error) {
        assert.ok(error instanceof PlanError, String(error));
        return error;
    }
    throw new assert.AssertionError({ message: "expected a failure" });
}

const group = (name: string) =>
    new resources.ResourceGroup(name, { resourceGroupName: name, location: "westeurope" });

describe("plan of a stack", () => {
    let plan: StackPlan;

    before(async () => {
        plan = await planStack(options());
    });
    after(removeDirectories);

    it("lists every resource with what the engine would be told of it", () => {
        const cluster = plan.resources.find(({ name }) => name === "cluster-cluster");
        assert.ok(cluster);
        assert.equal(
            cluster.urn,
            "urn:pulumi:dev::aks-landing-zone::aks-landing-zone:index:Cluster$azure-native:containerservice:ManagedCluster::cluster-cluster",
        );
        assert.equal(
            cluster.parent,
            "urn:pulumi:dev::aks-landing-zone::aks-landing-zone:index:Cluster::cluster",
        );
        assert.match(cluster.provider, /::pulumi:providers:azure-native::azure::/);
        assert.equal(cluster.inputs["kubernetesVersion"], "1.36");
        assert.equal(cluster.options.protect, true);
        assert.equal(cluster.custom, true);
        assert.match(cluster.id ?? "", /\/managedClusters\/aks-sample$/);
    });

    it("lists resources by URN, whatever order they were registered in", () => {
        const urns = plan.resources.map(({ urn }) => urn);
        assert.deepEqual(urns, [...urns].sort());
    });

    it("holds all checks and finds the same resources in both phases", () => {
        assert.deepEqual(
            plan.checks.filter(({ holds }) => !holds),
            [],
        );
        assert.equal(plan.phases.preview, plan.phases.update);
        assert.deepEqual([plan.phases.onlyInPreview, plan.phases.onlyInUpdate], [[], []]);
    });

    it("shows the address plan: networks, their subnets by address, cluster ranges, peers", () => {
        assert.deepEqual(
            plan.addressPlan.map(({ kind, range, name, usableAddresses }) => [
                kind,
                range,
                name,
                usableAddresses,
            ]),
            [
                // 65,536 less 64 and twice 256.
                ["network", "10.10.0.0/16", "vnet-sample", 64960],
                ["subnet", "10.10.0.0/26", "snet-sample-private-endpoints", 59],
                ["subnet", "10.10.1.0/24", "snet-sample-system-nodes", 251],
                ["subnet", "10.10.2.0/24", "snet-sample-user-nodes", 251],
                ["pods", "10.244.0.0/16", "aks-sample", 65536],
                ["services", "10.96.0.0/16", "aks-sample", 65536],
                ["peer", "10.0.0.0/16", "peer", 65536],
            ],
        );
        assert.deepEqual(
            plan.addressPlan.map(({ role }) => role),
            [
                "virtual network; usable: in no subnet yet",
                "private endpoints",
                "system nodes, egress by NAT gateway",
                "user nodes, egress by NAT gateway",
                "pods, a /24 for each node: room for 256 nodes",
                "services in the cluster, DNS at 10.96.0.10",
                "outside this network, reachable by peering",
            ],
        );
    });

    it("says who may do what, where, in words", () => {
        assert.deepEqual(
            plan.access.map(({ principal, role, scope }) => [principal, role, scope]),
            [
                ["group platform", "Azure Kubernetes Service RBAC Cluster Admin", "cluster aks-sample"],
                ["group shop-developers", "edit (Kubernetes)", "namespace shop-dev"],
                [
                    "group shop-developers",
                    "Azure Kubernetes Service RBAC Writer",
                    "namespace shop-dev of cluster aks-sample",
                ],
                ["group shop-developers", "edit (Kubernetes)", "namespace shop-stage"],
                [
                    "identity id-sample-control-plane",
                    "Managed Identity Operator",
                    "identity id-sample-kubelet",
                ],
                [
                    "identity id-sample-control-plane",
                    "Network Contributor",
                    "subnet snet-sample-system-nodes",
                ],
                ["identity id-sample-kubelet", "AcrPull", "registry crsample"],
            ],
        );
    });

    it("draws the component tree, with sisters that look alike together", () => {
        const { children, total, names } = plan.components;
        assert.deepEqual([names, total], [["program"], 52]);
        assert.deepEqual(
            children.map((child) => [child.type, child.names.join(" "), child.total]),
            [
                ["Monitoring", "monitoring", 2],
                ["Network", "network", 9],
                ["Cluster", "cluster", 10],
                ["KeyVault", "vault", 4],
                ["Registry", "registry", 3],
                ["ClusterMonitoring", "watch", 4],
                ["Kured", "kured", 1],
                ["Ingress", "ingress", 1],
                ["Tenant", "shop-dev shop-stage", 5],
                ["WorkloadIdentity", "shop-api", 5],
            ],
        );
        assert.deepEqual(children[3]?.resources, [
            { type: "DiagnosticSetting", count: 1 },
            { type: "PrivateDnsZoneGroup", count: 1 },
            { type: "PrivateEndpoint", count: 1 },
            { type: "Vault", count: 1 },
        ]);
        assert.deepEqual(plan.counts.slice(0, 2), [
            { type: "RoleAssignment", count: 5 },
            { type: "DiagnosticSetting", count: 3 },
        ]);
    });

    it("masks secret inputs, secret outputs and kubeconfigs", () => {
        const provider = plan.resources.find(({ type }) => type === "pulumi:providers:kubernetes");
        assert.equal(provider?.inputs["kubeconfig"], "[secret]");
        assert.match(String(provider?.inputs["clusterIdentifier"]), /\/managedClusters\/aks-sample$/);
        assert.equal(plan.outputs["token"], "[secret]");
        assert.match(String(plan.outputs["virtualNetworkId"]), /\/vnet-sample$/);
        assert.doesNotMatch(JSON.stringify(plan), /kubeconfig of|output that is secret/);
    });

    it("masks a secret of the stack file wherever it appears, and calls that an error", async () => {
        const leaking = await planStack(
            withProgram(() => {
                const token = new pulumi.Config("aks-landing-zone").require("token");
                new k8s.core.v1.Namespace("leak", {
                    metadata: { name: "leak", annotations: { token: `t=${token}` } },
                });
                return { token };
            }),
        );
        const check = leaking.checks.find(({ id }) => id === "no-secret-in-plain-inputs");
        assert.deepEqual(
            check?.findings.map(({ message }) => message),
            ["`metadata.annotations.token` holds a secret in clear text"],
        );
        assert.doesNotMatch(JSON.stringify(leaking), /secret:\/\/stand-in/);
        const inputs = leaking.resources.find(({ name }) => name === "leak")?.inputs;
        assert.deepEqual(inputs?.["metadata"], { name: "leak", annotations: { token: "t=[secret]" } });
    });

    it("masks a kubeconfig wherever it appears, though the program does not call it a secret", async () => {
        const kubeconfig = "apiVersion: v1, token: swordfish";
        const leaking = await planStack(
            withProgram(() => {
                new k8s.Provider("open", { kubeconfig });
                return { copy: kubeconfig };
            }),
        );
        assert.doesNotMatch(JSON.stringify(leaking), /swordfish/);
        assert.equal(leaking.outputs["copy"], "[secret]");
        const provider = leaking.resources.find(({ name }) => name === "open");
        assert.equal(provider?.inputs["kubeconfig"], "[secret]");
    });

    it("gives the configuration what the engine would", async () => {
        const seen: (string | undefined)[] = [];
        await planStack(
            withProgram(
                () => ({}),
                () => {
                    const config = new pulumi.Config();
                    seen.push(config.name, config.get("colour"), pulumi.getStack());
                    return sampleConfig;
                },
            ),
        );
        assert.deepEqual(seen, ["aks-landing-zone", "blue", "dev"]);
    });

    it("asks for stand-ins and passes on what is unset", async () => {
        const asked: unknown[] = [];
        const unset = [{ path: "tenantId", placeholder: "<tenant>", standIn: "s", find: "az account show" }];
        const planned = await planStack(
            options({
                loadProgram: () => ({
                    loadConfig: (request) => {
                        asked.push(request);
                        return { ...sampleConfig, unset };
                    },
                    program: () => ({}),
                }),
            }),
        );
        assert.deepEqual(asked, [{ placeholders: "standIn" }]);
        assert.deepEqual(planned.unset, unset);
    });

    it("finds a resource that only a preview declares", async () => {
        const planned = await planStack(
            withProgram(() => {
                if (pulumi.runtime.isDryRun()) {
                    group("shown");
                }
                return {};
            }),
        );
        assert.deepEqual(
            planned.phases.onlyInPreview.map((urn) => urn.split("::").pop()),
            ["shown"],
        );
        assert.deepEqual(planned.phases.onlyInUpdate, []);
    });

    it("finds a resource that only an update declares", async () => {
        const planned = await planStack(
            withProgram(() => {
                const first = group("first");
                first.id.apply(() => void group("hidden"));
                return {};
            }),
        );
        assert.deepEqual(
            planned.phases.onlyInUpdate.map((urn) => urn.split("::").pop()),
            ["hidden"],
        );
        const check = planned.checks.find(({ id }) => id === "same-resources-in-preview-and-update");
        assert.deepEqual(
            check?.findings.map(({ resource, message }) => [resource, message]),
            [["hidden", "exists in the update only"]],
        );
    });

    it("leaves out azure-native's aliases of API versions and keeps the program's own", async () => {
        const planned = await planStack(
            withProgram(() => {
                new resources.ResourceGroup(
                    "renamed",
                    { location: "westeurope" },
                    { aliases: [{ name: "before" }] },
                );
                return {};
            }),
        );
        assert.equal(planned.resources.find(({ name }) => name === "renamed")?.options.aliases, 1);
    });

    it("keeps what the program says off the console", async () => {
        const planned = await planStack(
            withProgram(() => {
                console.log("hello");
                void pulumi.log.warn("be careful");
                return {};
            }),
        );
        assert.deepEqual(planned.messages, [
            { level: "info", text: "hello" },
            { level: "warning", text: "be careful" },
        ]);
    });

    it("reports the steps and the time", async () => {
        const steps: string[] = [];
        const planned = await planStack(options({ onProgress: (step) => void steps.push(step) }));
        assert.deepEqual(steps, [
            "reading the configuration",
            "running the program, preview",
            "running the program, update",
            "checking",
        ]);
        assert.ok(planned.durationInMilliseconds > 0);
    });

    it("restores the limit of stack traces", async () => {
        const limits: number[] = [];
        const before = 7;
        const usual = Error.stackTraceLimit;
        Error.stackTraceLimit = before;
        const program = () => {
            limits.push(Error.stackTraceLimit);
            return {};
        };
        await planStack(withProgram(program));
        await planStack({ ...withProgram(program), debug: true });
        assert.deepEqual(limits, [0, 0, before, before]);
        const restored = Error.stackTraceLimit;
        Error.stackTraceLimit = usual;
        assert.equal(restored, before);
    });

    const hint = "run again with --debug for the stack trace";
    const failures: readonly { what: string; planned: () => PlanOptions; message: string; hint?: string }[] =
        [
            {
                what: "a program that throws",
                planned: () =>
                    withProgram(() => {
                        throw new Error("no subnet left");
                    }),
                message: "the program failed in the preview: no subnet left",
                hint,
            },
            {
                what: "an apply that throws, in the update only",
                planned: () =>
                    withProgram(() => {
                        group("first").id.apply(() => {
                            throw new Error("bad id");
                        });
                        return {};
                    }),
                message: "the program failed in the update: bad id",
                hint,
            },
            {
                what: "a secret in the message of an error",
                planned: () =>
                    withProgram(() => {
                        throw new Error(
                            `cannot use ${new pulumi.Config("aks-landing-zone").require("token")}`,
                        );
                    }),
                message: "the program failed in the preview: cannot use [secret]",
                hint,
            },
            {
                what: "a configuration that is refused",
                planned: () =>
                    withProgram(sampleProgram, () => {
                        throw new Error(
                            "The configuration has a problem:\n- aks-landing-zone:location: found 5",
                        );
                    }),
                message: "The configuration has a problem:\n- aks-landing-zone:location: found 5",
                hint: "mend Pulumi.dev.yaml and plan again",
            },
            {
                what: "a fault in the configuration's own code",
                planned: () =>
                    withProgram(sampleProgram, () => {
                        throw new TypeError("x is not a function");
                    }),
                message: "config.ts failed: x is not a function",
                hint,
            },
        ];
    for (const { what, planned, message, hint: expectedHint } of failures) {
        it(`reports ${what}`, async () => {
            const error = await failureOf(planned());
            assert.deepEqual([error.message, error.hint], [message, expectedHint]);
        });
    }
});
