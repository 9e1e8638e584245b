import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { armBody, propertiesMustFit, propertyProblems } from "../../simulator/azure/models";
import { differences } from "../../simulator/azure/models/differences";
import { modelOf } from "../../simulator/azure/models/modelOf";
import { loadModels } from "../../simulator/azure/models/sdkModels";
import { sdkPackages } from "../../simulator/azure/models/sdkPackages";
import type { SdkPackageName } from "../../simulator/azure/models/sdkPackages";
import type { Operation, Subscription } from "../../simulator/azure/subscription";
import { azureResourceTypes } from "../../simulator/azure/types";
import { isRecord } from "../../simulator/records";
import { deployStack, projectFolder, withTypeScript } from "../support/stacks";

type Inputs = Record<string, unknown>;

const cluster = "azure-native:containerservice:ManagedCluster";
const pool = "azure-native:containerservice:AgentPool";
const vault = "azure-native:keyvault:Vault";
const network = "azure-native:network:VirtualNetwork";
const securityGroup = "azure-native:network:NetworkSecurityGroup";
const metricAlert = "azure-native:monitor:MetricAlert";
const packageNames = Object.keys(sdkPackages) as SdkPackageName[];

const messages = (type: string, inputs: Inputs) =>
    propertyProblems(type, inputs).map(({ message }) => message);

/** The values at the ends of a tree, as text. */
function leaves(value: unknown): string[] {
    if (Array.isArray(value)) {
        return value.flatMap(leaves);
    }
    return isRecord(value) ? Object.values(value).flatMap(leaves) : [String(value)];
}

/** The file with azure-native's declaration of a resource type. */
function declaration(type: string): string {
    const [, module = "", name = ""] = type.split(":");
    const folder = path.join(projectFolder, "node_modules/@pulumi/azure-native", module);
    const file = readdirSync(folder).find((each) => each.toLowerCase() === `${name.toLowerCase()}.d.ts`);
    return readFileSync(path.join(folder, file ?? ""), "utf8");
}

describe("Microsoft's models of Azure's resources", () => {
    it("are named for each type of the table and no other", () => {
        assert.deepEqual(Object.keys(modelOf).sort(), Object.keys(azureResourceTypes).sort());
    });

    it("are there for all types but these", () => {
        const unchecked = Object.keys(modelOf).filter((type) => "unchecked" in (modelOf[type] ?? {}));
        assert.deepEqual(unchecked, [
            "azure-native:alertsmanagement:PrometheusRuleGroup",
            "azure-native:monitor:AzureMonitorWorkspace",
            "azure-native:monitor:ScheduledQueryRule",
        ]);
    });

    it("stand beside the API version that azure-native calls", () => {
        for (const [type, { apiVersion }] of Object.entries(modelOf)) {
            const said = /Uses Azure REST API version ([\w-]+)/.exec(declaration(type))?.[1];
            assert.equal(apiVersion, said, type);
        }
    });

    it("are of the API version that the table says", () => {
        for (const [type, model] of Object.entries(modelOf)) {
            if (!("unchecked" in model)) {
                const folder = path.join(projectFolder, "node_modules", model.package);
                const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
                    /^(dist-esm\/src|dist\/commonjs)\/(models\/parameters|[^/]*[cC]lient|api\/\w+Context)\.js$/.test(
                        file,
                    ),
                );
                const says = sources.some((file) =>
                    readFileSync(path.join(folder, file), "utf8").includes(`"${model.modelVersion}"`),
                );
                assert.ok(says, `${type}: nothing in ${model.package} says ${model.modelVersion}`);
            }
        }
    });

    it("come from packages that package.json pins, and no other package of theirs is there", () => {
        const { dependencies } = JSON.parse(
            readFileSync(path.join(projectFolder, "package.json"), "utf8"),
        ) as { dependencies: Record<string, string> };
        const pinned = Object.keys(dependencies).filter((name) => name.startsWith("@azure/arm-"));
        assert.deepEqual(pinned, packageNames);
        const used = Object.values(modelOf).map((model) => ("unchecked" in model ? "" : model.package));
        assert.deepEqual(
            packageNames.filter((name) => !used.includes(name)),
            [],
        );
    });

    it("are not loaded by what the offline plan and the unit tests load", () => {
        const run = spawnSync(
            process.execPath,
            [
                ...withTypeScript,
                "--eval",
                'require("./simulator"); require("./simulator/azure/rules"); ' +
                    "console.log(JSON.stringify(Object.keys(require.cache).filter((file) => /@azure.(arm|core)-/.test(file))))",
            ],
            { cwd: projectFolder, encoding: "utf8" },
        );
        assert.deepEqual(JSON.parse(run.stdout), [], run.stderr);
    });

    for (const name of packageNames.filter((each) => differences[each])) {
        it(`of ${name} differ from azure-native's API version only where a row says so`, () => {
            const models = loadModels(name, []);
            for (const { model, property, adds, isOptional, isOpen } of differences[name] ?? []) {
                const properties = Object.entries(models.mapper(model).type.modelProperties ?? {});
                const found = properties.find(([, { serializedName }]) => serializedName === property);
                assert.equal(found === undefined, adds !== undefined, `${model}.${property}`);
                assert.ok(!isOptional || found?.[1].required, `${model}.${property} is optional already`);
                assert.ok(
                    !isOpen || models.knownValues(model, property),
                    `${model}.${property} is open already`,
                );
            }
        });
    }
});

describe("properties of Azure resources", () => {
    const alert = {
        resourceGroupName: "rg",
        ruleName: "alert",
        location: "global",
        enabled: true,
        severity: 2,
        evaluationFrequency: "PT5M",
        windowSize: "PT5M",
        scopes: ["/subscriptions/1"],
        criteria: {
            odataType: "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
            allOf: [
                {
                    criterionType: "StaticThresholdCriterion",
                    name: "cpu",
                    metricName: "cpu",
                    operator: "GreaterThan",
                    threshold: 1,
                    timeAggregation: "Average",
                },
            ],
        },
    };

    for (const stack of ["dev", "prod"]) {
        it(`are all right in ${stack}, and none is lost on the way into the request body`, async () => {
            const deployment = await deployStack(stack);
            const resources = deployment.resources.filter(({ type }) => type.startsWith("azure-native:"));
            assert.ok(resources.length > 50);
            for (const { type, name, inputs } of resources) {
                assert.deepEqual(messages(type, inputs), [], `${type} ${name}`);
                const { nameInputs, scope } = azureResourceTypes[type] ?? {
                    nameInputs: [],
                    scope: "subscription",
                };
                const address = [
                    ...nameInputs,
                    "resourceGroupName",
                    typeof scope === "object" ? scope.extensionOf : "",
                ];
                const given = Object.entries(inputs).filter(
                    ([property, value]) => value !== undefined && !address.includes(property),
                );
                const body = armBody(type, inputs);
                const inBody = new Set([...leaves(body), ...dictionaryKeys(body)]);
                const lost = given
                    .flatMap(([, value]) => leaves(value))
                    .filter((leaf) => !inBody.has(leaf) && !inBody.has(asMoment(leaf)));
                assert.deepEqual(lost, [], `${type} ${name}`);
            }
        });
    }

    const refused: readonly (readonly [
        what: string,
        type: string,
        inputs: Inputs,
        errors: readonly string[],
    ])[] = [
        [
            "of another type",
            pool,
            { count: "three" },
            ['Code="InvalidRequestContent" Message="`count` is "three"; it must be a number."'],
        ],
        [
            "that are missing",
            vault,
            { properties: { sku: { family: "A", name: "standard" } } },
            [
                'Code="InvalidRequestContent" Message="`properties.tenantId` is missing, and Azure requires it."',
                'Code="InvalidRequestContent" Message="`location` is missing, and Azure requires it."',
            ],
        ],
        [
            "that are unknown, with those that are known",
            cluster,
            { location: "westeurope", oidcIssuerProfile: { enable: true } },
            [
                'Code="InvalidRequestContent" Message="`oidcIssuerProfile.enable` is not a property that Azure knows there. It knows: enabled."',
            ],
        ],
        [
            "that Azure sets itself",
            network,
            { location: "westeurope", addressSpace: { addressPrefixes: ["10.0.0.0/16"] }, resourceGuid: "1" },
            ['Code="InvalidRequestContent" Message="`resourceGuid` is set by Azure and cannot be given."'],
        ],
        [
            "with a value that a closed enum has not",
            vault,
            {
                location: "westeurope",
                properties: {
                    tenantId: "44444444-4444-4444-8444-444444444444",
                    sku: { family: "A", name: "basic" },
                },
            },
            [
                'Code="InvalidParameter" Message="`properties.sku.name` is "basic"; it must be one of "standard", "premium"."',
            ],
        ],
        [
            "with a value that an open enum has not",
            cluster,
            { location: "westeurope", networkProfile: { outboundType: "natGateway" } },
            [
                'Code="InvalidParameter" Message="`networkProfile.outboundType` is "natGateway"; it must be one of "loadBalancer", "userDefinedRouting", "managedNATGateway", "userAssignedNATGateway", "none"."',
            ],
        ],
        [
            "outside their limits",
            cluster,
            { location: "westeurope", networkProfile: { podCidr: "10.0.0.0/33/1" } },
            [
                'Code="InvalidParameter" Message="`networkProfile.podCidr` is "10.0.0.0/33/1"; it must satisfy Pattern /^([0-9]{1,3}\\.){3}[0-9]{1,3}(\\/([0-9]|[1-2][0-9]|3[0-2]))?$/."',
            ],
        ],
        [
            "in a list, by their place",
            securityGroup,
            {
                location: "westeurope",
                securityRules: [
                    { name: "a", protocol: "Tcp", access: "Allow", direction: "Inbound", priority: 100 },
                    { name: "b", protocol: "Tcp", access: "Permit", direction: "Inbound", priority: 101 },
                ],
            },
            [
                'Code="InvalidParameter" Message="`securityRules[1].access` is "Permit"; it must be one of "Allow", "Deny"."',
            ],
        ],
        [
            "that are a list where an object belongs, and the other way round",
            cluster,
            { location: "westeurope", addonProfiles: ["azurepolicy"], agentPoolProfiles: { name: "system" } },
            [
                'Code="InvalidRequestContent" Message="`addonProfiles` is ["azurepolicy"]; it must be an object."',
                'Code="InvalidRequestContent" Message="`agentPoolProfiles` is {"name":"system"}; it must be a list."',
            ],
        ],
        [
            "of a kind that there is not",
            metricAlert,
            { ...alert, criteria: { odataType: "SingleCriteria", allOf: [] } },
            [
                'Code="InvalidParameter" Message="`criteria.odataType` is "SingleCriteria"; it must be one of "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria", "Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria", "Microsoft.Azure.Monitor.MultipleResourceMultipleMetricCriteria"."',
            ],
        ],
        [
            "of a kind that there is not, deep inside",
            metricAlert,
            {
                ...alert,
                criteria: {
                    ...alert.criteria,
                    allOf: [{ ...alert.criteria.allOf[0], criterionType: "Static" }],
                },
            },
            [
                'Code="InvalidParameter" Message="`criteria.allOf[0].criterionType` is "Static"; it must be one of "StaticThresholdCriterion", "DynamicThresholdCriterion"."',
            ],
        ],
    ];
    for (const [what, type, inputs, errors] of refused) {
        it(`are refused ${what}`, () => {
            assert.deepEqual(messages(type, inputs), errors);
            assert.throws(() => armBody(type, inputs), { message: errors[0] });
        });
    }

    it("take the values of enums in any case, as Azure does", () => {
        assert.deepEqual(messages(pool, { osType: "linux" }), []);
    });

    it("become the request body: names of the address left out, the rest under `properties`", () => {
        const body = armBody(metricAlert, alert);
        const { resourceGroupName, ruleName, location, ...properties } = alert;
        const { odataType, ...criteria } = alert.criteria;
        assert.ok(resourceGroupName && ruleName);
        assert.deepEqual(body, {
            location,
            properties: { ...properties, criteria: { "odata.type": odataType, ...criteria } },
        });
    });

    it("name identities by their ids, which azure-native takes as a list", () => {
        const id =
            "/subscriptions/1/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id";
        const body = armBody(cluster, {
            resourceGroupName: "rg",
            resourceName: "aks",
            location: "westeurope",
            identity: { type: "UserAssigned", userAssignedIdentities: [id] },
        });
        assert.deepEqual(body, {
            location: "westeurope",
            identity: { type: "UserAssigned", userAssignedIdentities: { [id]: {} } },
        });
    });

    it("tell a node pool's own type from the type that every resource has", () => {
        const body = armBody(pool, {
            resourceName: "aks",
            agentPoolName: "apps",
            type: "VirtualMachineScaleSets",
        });
        assert.deepEqual(body, { properties: { type: "VirtualMachineScaleSets" } });
    });

    it("have the body's spelling also where azure-native has a better name", () => {
        const registry = "azure-native:containerregistry:Registry";
        const networkRuleSet = {
            defaultAction: "Deny",
            ipRules: [{ action: "Allow", iPAddressOrRange: "203.0.113.9" }],
        };
        const body = armBody(registry, { location: "westeurope", sku: { name: "Premium" }, networkRuleSet });
        assert.deepEqual(body, {
            location: "westeurope",
            sku: { name: "Premium" },
            properties: {
                networkRuleSet: {
                    defaultAction: "Deny",
                    ipRules: [{ action: "Allow", value: "203.0.113.9" }],
                },
            },
        });
    });

    it("go into the body unchecked where there is no model", () => {
        const body = armBody("azure-native:monitor:AzureMonitorWorkspace", {
            resourceGroupName: "rg",
            azureMonitorWorkspaceName: "amw",
            location: "westeurope",
            tags: { a: "b" },
            publicNetworkAccess: "Disabled",
        });
        assert.deepEqual(body, {
            location: "westeurope",
            tags: { a: "b" },
            properties: { publicNetworkAccess: "Disabled" },
        });
    });

    it("of an unknown type are an error that says where its row belongs", () => {
        assert.throws(() => propertyProblems("azure-native:network:VirtualWan", {}), {
            message:
                'no model says which properties "azure-native:network:VirtualWan" has. ' +
                "Add its row to simulator/azure/models/modelOf.ts.",
        });
    });

    it("are asked about where something is created or changed", () => {
        const operation = (kind: Operation["kind"], type = pool): Operation => ({
            kind,
            type,
            id: "/subscriptions/1",
            inputs: { count: "three" },
        });
        const message = 'Code="InvalidRequestContent" Message="`count` is "three"; it must be a number."';
        const asked = (each: Operation) => propertiesMustFit(each, {} as Subscription)?.message;
        assert.equal(asked(operation("create")), message);
        assert.equal(asked(operation("update")), message);
        assert.equal(asked(operation("delete")), undefined);
        assert.equal(asked(operation("create", "azuread:index/group:Group")), undefined);
    });
});

/** A date or moment as the body writes it; any other value as it is. */
function asMoment(leaf: string): string {
    return /^\d{4}-\d{2}-\d{2}(T[\d:]+Z)?$/.test(leaf) ? new Date(leaf).toISOString() : leaf;
}

/** The names of all properties of a tree: ids of identities are among them. */
function dictionaryKeys(value: unknown): string[] {
    if (Array.isArray(value)) {
        return value.flatMap(dictionaryKeys);
    }
    return isRecord(value)
        ? Object.entries(value).flatMap(([key, inner]) => [key, ...dictionaryKeys(inner)])
        : [];
}
