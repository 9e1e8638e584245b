import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as path from "node:path";
import * as authorization from "@pulumi/azure-native/authorization";
import * as managedidentity from "@pulumi/azure-native/managedidentity";
import * as network from "@pulumi/azure-native/network";
import * as resources from "@pulumi/azure-native/resources";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { simulateFunction } from "../simulator";
import { deploy, failureOf, testEnvironment } from "./support/harness";
import { withTypeScript } from "./support/stacks";

const groupArgs = { resourceGroupName: "rg-test", location: "westeurope" };

describe("simulator", () => {
    it("gives resources their ARM ids and computed properties", async () => {
        const deployment = await deploy(() => {
            const group = new resources.ResourceGroup("group", groupArgs);
            const identity = new managedidentity.UserAssignedIdentity("identity", {
                resourceGroupName: group.name,
                resourceName: "id-test",
            });
            return { id: identity.id, principalId: identity.principalId };
        });
        const id = `/subscriptions/${testEnvironment.subscriptionId}/resourceGroups/rg-test/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-test`;
        assert.equal(deployment.outputs["id"], id);
        assert.match(String(deployment.outputs["principalId"]), /^[0-9a-f-]{36}$/);
    });

    it("gives an extension resource an id below its scope, with a GUID for a name", async () => {
        const deployment = await deploy(() => {
            new authorization.RoleAssignment("assignment", {
                scope: "/subscriptions/s/resourceGroups/rg",
                principalId: "p",
                roleDefinitionId: "r",
            });
        });
        assert.match(
            deployment.one("azure-native:authorization:RoleAssignment").id ?? "",
            /^\/subscriptions\/s\/resourceGroups\/rg\/providers\/Microsoft.Authorization\/roleAssignments\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
        );
    });

    it("refuses a type that no table holds, by name", async () => {
        const message = await failureOf(() => {
            new network.VirtualWan("wan", { resourceGroupName: "rg", virtualWANName: "wan" });
        });
        assert.match(message, /does not know the resource type "azure-native:network:VirtualWan"/);
    });

    it("refuses a type of Entra, Kubernetes or another provider that it does not know, by name", async () => {
        class Stranger extends pulumi.CustomResource {}
        for (const type of ["azuread:index/user:User", "kubernetes:apps/v1:Deployment", "pulumi:foo:Bar"]) {
            const message = await failureOf(() => void new Stranger(type, "stranger", {}));
            assert.ok(message.includes(`the simulator does not know the resource type "${type}": `), message);
        }
    });

    it("refuses a function that no table holds, by name", () => {
        for (const token of ["azure-native:network:getVirtualNetwork", "azuread:index/getUser:getUser"]) {
            assert.throws(() => simulateFunction(token, {}, testEnvironment), {
                name: "UnknownTokenError",
                message: new RegExp(`does not know the function "${token}"`),
            });
        }
    });

    it("refuses an extension of nothing", async () => {
        const message = await failureOf(() => {
            new authorization.RoleAssignment("assignment", {
                scope: "",
                principalId: "p",
                roleDefinitionId: "r",
            });
        });
        assert.match(message, /"assignment" has no "scope", which its Resource Manager id is made of$/);
    });

    it("refuses a function that no table holds, by name", async () => {
        const message = await failureOf(() => ({
            network: network.getVirtualNetworkOutput({ resourceGroupName: "rg", virtualNetworkName: "vnet" }),
        }));
        assert.match(message, /does not know the function "azure-native:network:getVirtualNetwork"/);
    });

    it("leaves computed values unknown in a preview", async () => {
        const ran: string[] = [];
        const program = () => {
            const group = new resources.ResourceGroup("group", groupArgs);
            group.id.apply((id) => ran.push(id));
            group.location.apply((location) => ran.push(location));
            const identity = new managedidentity.UserAssignedIdentity("identity", {
                resourceGroupName: "rg-test",
                resourceName: "id-test",
            });
            identity.principalId.apply((id) => ran.push(id));
        };
        await deploy(program, { preview: true });
        assert.deepEqual(ran, ["westeurope"]);
        await deploy(program);
        assert.equal(ran.length, 1 + 3);
    });

    it("tells which outputs are secret", async () => {
        const deployment = await deploy(() => ({
            open: pulumi.output("open"),
            hidden: pulumi.secret("hidden"),
            derived: pulumi.interpolate`from ${pulumi.secret("hidden")}`,
        }));
        assert.deepEqual(deployment.captured.secretOutputs, ["hidden", "derived"]);
    });

    it("keeps secret what a resource was given as a secret", async () => {
        const deployment = await deploy(() => {
            const secret = new kubernetes.core.v1.Namespace("ns", {
                metadata: { name: "ns", annotations: { token: pulumi.secret("s3cret") } },
            });
            return { metadata: secret.metadata, kind: secret.kind };
        });
        assert.deepEqual(deployment.captured.secretOutputs, ["metadata"]);
    });

    for (const [what, program] of [
        ["the program never ends", "() => new Promise(() => undefined)"],
        [
            "a resource waits for ever",
            `() => { new ResourceGroup("group", { resourceGroupName: pulumi.output(new Promise(() => undefined)) }); }`,
        ],
    ] as const) {
        it(`fails when ${what}, instead of leaving quietly`, () => {
            const script = `
                const pulumi = require("@pulumi/pulumi");
                const { ResourceGroup } = require("@pulumi/azure-native/resources");
                const { capture } = require("./simulator/capture");
                const environment = ${JSON.stringify(testEnvironment)};
                capture(${program}, { project: "p", stack: "s", phase: "update", environment }).catch(
                    (error) => { console.log(error.message); process.exit(7); },
                );`;
            const run = spawnSync(process.execPath, [...withTypeScript, "--eval", script], {
                cwd: path.join(__dirname, ".."),
                encoding: "utf8",
            });
            assert.match(run.stdout, /^the program never ends: a resource or an output waits for something/);
            assert.equal(run.status, 7);
        });
    }

    it("fails when an apply fails", async () => {
        const message = await failureOf(() => {
            const group = new resources.ResourceGroup("group", groupArgs);
            group.id.apply(() => {
                throw new Error("from the apply");
            });
        });
        assert.equal(message, "from the apply");
    });

    it("records options, providers, secrets and full URNs", async () => {
        class Outer extends pulumi.ComponentResource {
            constructor(name: string, args: object, opts?: pulumi.ComponentResourceOptions) {
                super("test:index:Outer", name, args, opts);
                new kubernetes.core.v1.Namespace(
                    "ns",
                    { metadata: { name: "ns", annotations: { token: pulumi.secret("s3cret") } } },
                    { parent: this, ignoreChanges: ["metadata.labels"] },
                );
                this.registerOutputs({});
            }
        }
        const deployment = await deploy(() => {
            const provider = new kubernetes.Provider("cluster", { kubeconfig: pulumi.secret("config") });
            new Outer("outer", {}, { providers: [provider], protect: true });
        });
        const namespace = deployment.one("kubernetes:core/v1:Namespace");
        assert.equal(
            namespace.urn,
            "urn:pulumi:test::aks-landing-zone::test:index:Outer$kubernetes:core/v1:Namespace::ns",
        );
        assert.equal(namespace.options.protect, true);
        assert.deepEqual(namespace.options.ignoreChanges, ["metadata.labels"]);
        assert.deepEqual(namespace.secretInputs, ["metadata"]);
        assert.match(namespace.provider, /pulumi:providers:kubernetes::cluster::/);
        assert.equal(deployment.parentName(namespace), "outer");
        assert.deepEqual(deployment.one("pulumi:providers:kubernetes").secretInputs, ["kubeconfig"]);
    });
});
