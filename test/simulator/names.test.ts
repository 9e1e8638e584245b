import * as assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as path from "node:path";
import type { MapperConstraints, OperationURLParameter } from "@azure/core-client";
import * as fc from "fast-check";
import { nameRules } from "../../simulator/azure/nameRules";
import { nameMustFit, nameProblem, nameRuleOf } from "../../simulator/azure/names";
import type { Operation, Subscription } from "../../simulator/azure/subscription";
import { azureResourceTypes } from "../../simulator/azure/types";
import { deployStack, projectFolder } from "../support/stacks";

const nothing = {} as Subscription;
const pool = "azure-native:containerservice:AgentPool";
const cluster = "azure-native:containerservice:ManagedCluster";
const vault = "azure-native:keyvault:Vault";

describe("names of Azure resources", () => {
    it("have one rule for each type of the table and no other", () => {
        assert.deepEqual(Object.keys(nameRules).sort(), Object.keys(azureResourceTypes).sort());
    });

    it("have rules whose lengths and patterns do not contradict each other", () => {
        for (const [type, { minLength, maxLength }] of Object.entries(nameRules)) {
            assert.ok(minLength >= 1 && minLength <= maxLength, type);
        }
    });

    it("are unique where Azure says: parts in their parent, extensions in their scope", () => {
        for (const [type, { armType, scope }] of Object.entries(azureResourceTypes)) {
            const { uniqueIn } = nameRuleOf(type);
            if (armType.split("/").length > 2) {
                assert.equal(uniqueIn, "parent", type);
            } else if (typeof scope === "object") {
                assert.ok(["scope", "tenant"].includes(uniqueIn), type);
            } else {
                assert.notEqual(uniqueIn, "parent", type);
            }
        }
        const global = Object.keys(nameRules).filter((type) => nameRuleOf(type).uniqueIn === "global");
        assert.deepEqual(global, [
            "azure-native:containerregistry:Registry",
            "azure-native:keyvault:Vault",
            "azure-native:storage:StorageAccount",
        ]);
    });

    it("of an unknown type are an error that says where its row belongs", () => {
        assert.throws(() => nameRuleOf("azure-native:network:VirtualWan"), {
            message:
                'no rule says how "azure-native:network:VirtualWan" may be called. ' +
                "Add its row to simulator/azure/nameRules.ts.",
        });
    });

    for (const stack of ["dev", "prod"]) {
        it(`are all right in ${stack}`, async () => {
            const { resources } = await deployStack(stack);
            const problems = resources
                .filter(({ type }) => type.startsWith("azure-native:"))
                .map(({ type, id = "" }) => nameProblem(type, id.slice(id.lastIndexOf("/") + 1))?.message);
            assert.ok(problems.length > 50);
            assert.deepEqual(
                problems.filter((problem) => problem !== undefined),
                [],
            );
        });
    }

    const addressed: readonly (readonly [type: string, library: string, parameter: string])[] = [
        ["azure-native:containerregistry:CacheRule", "arm-containerregistry", "cacheRuleName"],
        ["azure-native:containerregistry:Registry", "arm-containerregistry", "registryName"],
        ["azure-native:containerregistry:Replication", "arm-containerregistry", "replicationName"],
        [pool, "arm-containerservice", "agentPoolName"],
        [cluster, "arm-containerservice", "resourceName"],
        ["azure-native:keyvault:Key", "arm-keyvault", "keyName"],
        [vault, "arm-keyvault", "name"],
        ["azure-native:resources:Deployment", "arm-resources", "deploymentName"],
    ];
    for (const [type, library, parameter] of addressed) {
        it(`of ${type} are those that Microsoft's own client takes`, () => {
            const constraints = nameConstraints(library, parameter);
            const { Pattern: pattern = /^/, MinLength: min = 1, MaxLength: max = Infinity } = constraints;
            const name = fc.string({
                unit: fc.constantFrom(..."aZ09-_.()é "),
                minLength: 0,
                maxLength: 130,
            });
            const isTaken = (text: string) =>
                text.length >= min && text.length <= max && new RegExp(pattern).test(text);
            fc.assert(
                fc.property(fc.oneof(name, fc.stringMatching(/^[a-zA-Z][a-z0-9-]{0,130}$/)), (text) => {
                    assert.equal(nameProblem(type, text) === undefined, isTaken(text), text);
                }),
                { numRuns: 500 },
            );
        });
    }

    const refused: readonly (readonly [what: string, type: string, name: string, error: string])[] = [
        [
            "too long",
            vault,
            "kv-a-name-with-25-letters",
            'Code="VaultNameNotValid" Message="The name "kv-a-name-with-25-letters" of azure-native:keyvault:Vault has 25 characters; Azure allows 3 to 24."',
        ],
        [
            "too short",
            "azure-native:containerregistry:Registry",
            "crlz",
            'Code="InvalidResourceName" Message="The name "crlz" of azure-native:containerregistry:Registry has 4 characters; Azure allows 5 to 50."',
        ],
        [
            "with a character that is not allowed",
            "azure-native:containerregistry:Registry",
            "cr-lz-dev",
            'Code="InvalidResourceName" Message="The name "cr-lz-dev" of azure-native:containerregistry:Registry is not allowed; it must be letters and digits."',
        ],
        [
            "with two hyphens in a row",
            vault,
            "kv--lz",
            'Code="VaultNameNotValid" Message="The name "kv--lz" of azure-native:keyvault:Vault is not allowed; it must be letters, digits and single hyphens, beginning with a letter and ending with a letter or digit."',
        ],
        [
            "ending with a hyphen",
            cluster,
            "aks-lz-",
            'Code="InvalidResourceName" Message="The name "aks-lz-" of azure-native:containerservice:ManagedCluster is not allowed; it must be letters, digits, underscores and hyphens, beginning and ending with a letter or digit."',
        ],
        [
            "that is no GUID",
            "azure-native:authorization:RoleAssignment",
            "x".repeat(36),
            `Code="InvalidRoleAssignmentId" Message="The name "${"x".repeat(36)}" of azure-native:authorization:RoleAssignment is not allowed; it must be a GUID."`,
        ],
        [
            "of another length than a GUID's",
            "azure-native:authorization:RoleAssignment",
            "owner",
            'Code="InvalidRoleAssignmentId" Message="The name "owner" of azure-native:authorization:RoleAssignment has 5 characters; Azure allows exactly 36."',
        ],
        [
            "ending with a period",
            "azure-native:monitor:ActionGroup",
            "ag-lz.",
            'Code="InvalidResourceName" Message="The name "ag-lz." of azure-native:monitor:ActionGroup is not allowed; it must be without any of :<>+/&%\\?| and control characters, ending neither with a space nor with a period."',
        ],
    ];
    for (const [what, type, name, message] of refused) {
        it(`are refused ${what}`, () => {
            assert.equal(nameProblem(type, name)?.message, message);
        });
    }

    const forbidden: readonly (readonly [type: string, characters: string])[] = [
        ["azure-native:alertsmanagement:PrometheusRuleGroup", "<>*%{}&:\\?+/#\t"],
        ["azure-native:authorization:PolicyAssignment", "<>*%&:\\?.+/\n"],
        ["azure-native:monitor:MetricAlert", "*#&+:<>?@%{}\\/\x7f"],
    ];
    for (const [type, characters] of forbidden) {
        it(`of ${type} hold none of its forbidden characters, and any other`, () => {
            for (const character of characters) {
                assert.ok(nameProblem(type, `a${character}b`), JSON.stringify(character));
            }
            assert.equal(nameProblem(type, "a -^]b"), undefined);
        });
    }

    it("are asked about where something is created, by the last part of its id", () => {
        const operation = (kind: Operation["kind"], type: string): Operation => ({
            kind,
            type,
            id: "/subscriptions/1/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/1kv",
            inputs: {},
        });
        const error = nameMustFit(operation("create", vault), nothing);
        assert.match(error?.message ?? "", /^Code="VaultNameNotValid" Message="The name "1kv" of/);
        assert.equal(nameMustFit(operation("update", vault), nothing), undefined);
        assert.equal(nameMustFit(operation("create", "azuread:index/group:Group"), nothing), undefined);
    });
});

/** What the client of one of Microsoft's packages asks of a name in the address of its requests. */
function nameConstraints(library: string, parameter: string): MapperConstraints {
    const folder = path.join(projectFolder, "node_modules/@azure", library, "dist/commonjs/models");
    const parameters = createRequire(__filename)(path.join(folder, "parameters.js")) as Record<
        string,
        OperationURLParameter
    >;
    return parameters[parameter]?.mapper.constraints ?? {};
}
