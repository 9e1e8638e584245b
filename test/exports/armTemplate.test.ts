import * as assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { plainBody } from "../../exports/arm/armResource";
import { passThrough } from "../../exports/arm/passThrough";
import { armTemplate } from "../../exports/arm/template";
import type { ArmTemplate } from "../../exports/arm/template";
import type { DeclaredStack } from "../../exports/declared";
import { identityInputs } from "../../simulator/azure/identityInputs";
import { modelOf, modelOfType } from "../../simulator/azure/models/modelOf";
import { sdkModels } from "../../simulator/azure/models/sdkModels";
import { isRecord } from "../../simulator/records";
import { projectFolder } from "../support/stacks";
import { declared, sampleResource, sampleStack, subscriptionId, tenantId } from "./declaredStacks";
import { readTemplate } from "./templateReader";
import type { ReadTemplate } from "./templateReader";

const group = sampleResource({
    type: "azure-native:resources:ResourceGroup",
    name: "group",
    id: `/subscriptions/${subscriptionId}/resourceGroups/rg`,
    inputs: { resourceGroupName: "rg", location: "westeurope" },
});
const inGroup = (rest: string) => `${group.id}/providers/${rest}`;

/** A vault with a tag, which is the one text in it that is not Azure's. */
const vaultWith = (tag: string, more: object = {}) =>
    sampleResource({
        type: "azure-native:keyvault:Vault",
        name: "vault",
        id: inGroup("Microsoft.KeyVault/vaults/kv"),
        inputs: {
            resourceGroupName: "rg",
            vaultName: "kv",
            location: "westeurope",
            tags: { tag },
            properties: { sku: { family: "A", name: "standard" }, tenantId },
        },
        ...more,
    });

function resourcesOf(template: ArmTemplate, deployment = 0): Record<string, unknown>[] {
    const nested = template.resources.filter(({ type }) => type === "Microsoft.Resources/deployments")[
        deployment
    ];
    return (nested?.["properties"] as { template: ArmTemplate }).template.resources;
}

for (const name of ["dev", "prod"] as const) {
    describe(`exports/arm of ${name}`, function () {
        this.timeout(120_000);
        let stack: DeclaredStack;
        let template: ArmTemplate;
        let read: ReadTemplate;

        before(async () => {
            stack = await declared(name);
            template = armTemplate(stack);
            read = readTemplate(template, stack);
        });

        const planned = () => stack.resources.filter(({ type }) => type.startsWith("azure-native:"));

        it("declares every Azure resource of the plan once, under the id that the plan gives it", () => {
            assert.deepEqual(
                read.resources.map(({ id }) => id).sort(),
                planned()
                    .map(({ id }) => id)
                    .sort(),
            );
        });

        it("sends the bodies that the plan sends, once its functions are worked out", () => {
            for (const resource of planned()) {
                const declaration = read.resources.find(({ id }) => id === resource.id);
                assert.deepEqual(declaration?.body, plainBody(resource), resource.name);
            }
        });

        it("has the API versions of azure-native and bodies that Microsoft's models read and write alike", () => {
            for (const resource of planned()) {
                const declaration = read.resources.find(({ id }) => id === resource.id);
                const model = modelOfType(resource.type);
                assert.equal(declaration?.apiVersion, model.apiVersion, resource.name);
                if (!("unchecked" in model)) {
                    const { serializer, mapper } = sdkModels(model.package);
                    const body = declaration?.body;
                    const understood: unknown = serializer.deserialize(mapper(model.mapper), body, "body");
                    const again: unknown = serializer.serialize(mapper(model.mapper), understood, "body");
                    // What no model knows is lost on the way; what a model sets where nothing is given does not count.
                    assert.deepEqual(likeIn(JSON.parse(JSON.stringify(again)), body), body, resource.name);
                }
            }
        });

        it("lets every resource wait for what the plan lets it wait for, and for what it asks", () => {
            const idOf = new Map(stack.resources.map(({ urn, id }) => [urn, id ?? ""]));
            const order = deploymentOrder(read);
            for (const { id, options } of planned()) {
                const asks = read.resources.find((each) => each.id === id)?.asks ?? [];
                const wanted = options.dependsOn
                    .map((urn) => idOf.get(urn) ?? "")
                    .filter((each) => order.has(each));
                for (const other of [...wanted, ...asks]) {
                    assert.ok(
                        (order.get(other) ?? Infinity) < (order.get(id ?? "") ?? -1),
                        `${id} is deployed before ${other}`,
                    );
                }
            }
        });

        it("asks Azure for what only Azure knows, and for nothing else", () => {
            const asked = [
                ...JSON.stringify(template).matchAll(
                    /reference\([^"]*?'Microsoft\.([\w./]+)'[^"]*?\)(\.[\w.]+)/g,
                ),
            ];
            assert.deepEqual([...new Set(asked.map(([, type, path]) => `${type}${path}`))].sort(), [
                "ContainerService/managedClusters.oidcIssuerProfile.issuerURL",
                ...(name === "prod" ? ["Dashboard/grafana.identity.principalId"] : []),
                "ManagedIdentity/userAssignedIdentities.clientId",
                "ManagedIdentity/userAssignedIdentities.principalId",
            ]);
        });

        it("names neither the subscription nor the tenant, and keeps to Azure's limits", () => {
            const text = JSON.stringify(template);
            assert.ok(!text.includes(stack.subscriptionId));
            assert.ok(!text.includes(stack.tenantId));
            assert.ok(text.length < 4 * 1024 * 1024);
            assert.ok(read.resources.length + read.deployments.length < 800);
            assert.ok(read.deployments.every(({ id }) => (id.split("/").at(-1) ?? "").length <= 64));
        });
    });
}

/** As much of a value as has a counterpart in another one. */
function likeIn(value: unknown, other: unknown): unknown {
    if (Array.isArray(value) && Array.isArray(other)) {
        return value.map((item, index) => likeIn(item, other[index]));
    }
    return isRecord(value) && isRecord(other)
        ? Object.fromEntries(
              Object.entries(value)
                  .filter(([key]) => key in other)
                  .map(([key, item]) => [key, likeIn(item, other[key])]),
          )
        : value;
}

/** A rank for each id in an order that the template allows; what waits for nothing comes first. A circle is an error. */
function deploymentOrder({ resources, deployments }: ReadTemplate): Map<string, number> {
    const order = new Map<string, number>();
    const home = new Map(deployments.flatMap((each) => each.members.map((id) => [id, each] as const)));
    const byId = new Map(resources.map((each) => [each.id, each]));
    const finish = new Map(deployments.map((each) => [each.id, each]));
    const rank = (id: string, way: readonly string[]): number => {
        assert.ok(!way.includes(id), `a circle: ${[...way, id].join(" -> ")}`);
        const known = order.get(id);
        if (known !== undefined) {
            return known;
        }
        const around = home.get(id);
        const before = [...(byId.get(id)?.waitsFor ?? []), ...(around?.waitsFor ?? [])].flatMap(
            // To wait for a deployment is to wait for all that is in it.
            (each) => finish.get(each)?.members ?? [each],
        );
        before.forEach((each) =>
            assert.ok(byId.has(each), `${id} waits for ${each}, which nothing declares`),
        );
        const result = 1 + Math.max(0, ...before.map((each) => rank(each, [...way, id])));
        order.set(id, result);
        return result;
    };
    resources.forEach(({ id }) => rank(id, []));
    return order;
}

describe("exports/arm", () => {
    it("takes secrets as parameters of type securestring, and writes them nowhere", () => {
        const secret = "correct horse battery staple";
        const template = armTemplate(
            sampleStack([group, vaultWith(secret, { secretInputs: ["tags"] })], { secretTexts: [secret] }),
        );
        assert.ok(!JSON.stringify(template).includes(secret));
        const [parameter = ""] = Object.keys(template.parameters);
        assert.equal(template.parameters[parameter]?.type, "securestring");
        assert.deepEqual(resourcesOf(template)[0]?.["tags"], { tag: `[parameters('${parameter}')]` });
    });

    it("takes the ids of Entra ID groups as parameters", () => {
        const objectId = "33333333-3333-4333-8333-333333333333";
        const entra = sampleResource({
            type: "azuread:index/group:Group",
            name: "my-group",
            inputs: { displayName: "Mine" },
            state: { objectId },
        });
        const template = armTemplate(sampleStack([group, vaultWith(`for ${objectId}`), entra]));
        assert.deepEqual(resourcesOf(template)[0]?.["tags"], {
            tag: "[concat('for ', parameters('group_my_group'))]",
        });
    });

    it("escapes what only looks like a function, and quotes inside functions", () => {
        const tagOf = (tag: string) =>
            (resourcesOf(armTemplate(sampleStack([group, vaultWith(tag)])))[0]?.["tags"] as { tag: string })
                .tag;
        assert.equal(tagOf("[a]"), "[[a]");
        assert.equal(tagOf(`it's ${subscriptionId}`), "[concat('it''s ', subscription().subscriptionId)]");
        assert.equal(tagOf(`${group.id}`), "[concat(subscription().id, '/resourceGroups/rg')]");
        assert.equal(tagOf(`${subscriptionId}0`), `${subscriptionId}0`);
    });

    it("asks for what Azure sets only where a preview does not know the text", () => {
        const principal = "55555555-5555-4555-8555-555555555555";
        const identity = sampleResource({
            type: "azure-native:managedidentity:UserAssignedIdentity",
            name: "identity",
            id: inGroup("Microsoft.ManagedIdentity/userAssignedIdentities/id"),
            inputs: { resourceGroupName: "rg", resourceName: "id", location: "westeurope" },
            state: { principalId: principal },
        });
        const vault = vaultWith(principal);
        const tags = (previewed: unknown) => {
            const stack = sampleStack([group, identity, vault], {
                previewed: new Map([[vault.urn, { ...vault.inputs, tags: previewed }]]),
            });
            return resourcesOf(armTemplate(stack)).find(({ name }) => name === "kv")?.["tags"];
        };
        assert.deepEqual(tags({ tag: principal }), { tag: principal });
        assert.deepEqual(tags({ tag: unknownValue }), {
            tag: "[reference(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'id'), '2023-01-31').principalId]",
        });
    });

    it("cuts groups that need each other in turns into stages", () => {
        const other = sampleResource({
            type: "azure-native:resources:ResourceGroup",
            name: "other",
            id: `/subscriptions/${subscriptionId}/resourceGroups/other`,
            inputs: { resourceGroupName: "other", location: "westeurope" },
        });
        const identity = (name: string, resourceGroupName: string, dependsOn: string[]) => {
            const plain = sampleResource({
                type: "azure-native:managedidentity:UserAssignedIdentity",
                name,
                id: `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`,
                inputs: { resourceGroupName, resourceName: name, location: "westeurope" },
            });
            return { ...plain, options: { ...plain.options, dependsOn } };
        };
        const first = identity("first", "rg", []);
        const second = identity("second", "other", [first.urn]);
        const third = identity("third", "rg", [second.urn]);
        const stages = (resources: readonly (typeof first)[]) =>
            armTemplate(sampleStack(resources))
                .resources.filter(({ type }) => type === "Microsoft.Resources/deployments")
                .map(({ name }) => name);
        assert.deepEqual(stages([group, other, third, second, first]), ["rg-1", "other-1", "rg-2"]);
        const circle = { ...first, options: { ...first.options, dependsOn: [third.urn] } };
        assert.throws(() => stages([group, other, third, second, circle]), /need each other in a circle/);
    });

    it("deploys what is in another subscription there", () => {
        const hub = "33333333-3333-4333-8333-333333333333";
        const hubNetwork = `/subscriptions/${hub}/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-hub`;
        const network = sampleResource({
            type: "azure-native:network:VirtualNetwork",
            name: "network",
            id: inGroup("Microsoft.Network/virtualNetworks/vnet"),
            inputs: { resourceGroupName: "rg", virtualNetworkName: "vnet" },
        });
        const peering = sampleResource({
            type: "azure-native:network:VirtualNetworkPeering",
            name: "from-hub",
            id: `${hubNetwork}/virtualNetworkPeerings/peer-to-vnet`,
            inputs: {
                resourceGroupName: "rg-hub",
                virtualNetworkName: "vnet-hub",
                virtualNetworkPeeringName: "peer-to-vnet",
                remoteVirtualNetwork: { id: network.id },
            },
        });
        const template = armTemplate(sampleStack([group, network, peering]));
        const nested = template.resources.find(({ resourceGroup }) => resourceGroup === "rg-hub");
        assert.equal(nested?.["subscriptionId"], hub);
        // Inside that deployment `subscription()` is the hub's.
        const [written] = (nested["properties"] as { template: ArmTemplate }).template.resources;
        assert.deepEqual(written?.["properties"], {
            remoteVirtualNetwork: {
                id: `[resourceId('${subscriptionId}', 'rg', 'Microsoft.Network/virtualNetworks', 'vnet')]`,
            },
        });
    });

    it("refuses a type that nothing maps", () => {
        const strange = sampleResource({ type: "azure-native:web:WebApp", name: "app", inputs: {} });
        assert.throws(() => armTemplate(sampleStack([strange])), /azure-native:web:WebApp/);
    });

    it("refuses an input of an unmodelled type that no row places", () => {
        const workspace = sampleResource({
            type: "azure-native:monitor:AzureMonitorWorkspace",
            name: "metrics",
            id: inGroup("Microsoft.Monitor/accounts/amw"),
            inputs: { resourceGroupName: "rg", azureMonitorWorkspaceName: "amw", surprise: true },
        });
        assert.throws(() => armTemplate(sampleStack([group, workspace])), {
            message:
                'exports/arm/passThrough.ts does not say where surprise of azure-native:monitor:AzureMonitorWorkspace ("metrics") stand in the body',
        });
    });

    it("has a pass-through row for each type without a model, with all inputs that azure-native declares", () => {
        const unchecked = Object.keys(modelOf).filter((type) => "unchecked" in modelOfType(type));
        assert.deepEqual(Object.keys(passThrough).sort(), unchecked.sort());
        for (const [type, { envelope, properties }] of Object.entries(passThrough)) {
            const address = identityInputs(type).filter((input) => input !== "location");
            const inputs = declaredInputs(type).filter((input) => !address.includes(input));
            assert.deepEqual([...envelope, ...properties].sort(), inputs.sort(), type);
        }
    });
});

/** The names in azure-native's `interface <Type>Args`. */
function declaredInputs(type: string): string[] {
    const [, module = "", name = ""] = type.split(":");
    const folder = join(projectFolder, "node_modules/@pulumi/azure-native", module);
    const file = readdirSync(folder).find((each) => each.toLowerCase() === `${name.toLowerCase()}.d.ts`);
    const text = readFileSync(join(folder, file ?? ""), "utf8");
    const [, body = ""] = /^export interface \w+Args \{\n(.*?)^\}/ms.exec(text) ?? [];
    return [...body.matchAll(/^ {4}(\w+)\??:/gm)].map(([, input = ""]) => input);
}
