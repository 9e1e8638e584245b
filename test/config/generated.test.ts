import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { parse } from "yaml";
import { settingsSchema } from "../../config/schema";
import { child, core, elementOf, keysOf, metaOf } from "../../config/schemaTree";
import { generatedFiles } from "../../scripts/generate";
import { stackFileSchema } from "../../scripts/stackSchema";

type Stack = { config: Record<string, Record<string, unknown>> };

const folder = join(__dirname, "..", "..");
const read = (path: string): string => readFileSync(join(folder, path), "utf8");
const stackFile = (stack: string): Stack => parse(read(`Pulumi.${stack}.yaml`)) as Stack;

/** Every setting with its path; entries of records and lists stand once. */
function everySetting(
    schema: Parameters<typeof core>[0],
    path: string,
): { path: string; schema: typeof schema }[] {
    const keys = keysOf(schema);
    if (keys) {
        return keys.flatMap((key) => {
            const inner = child(schema, key);
            assert.ok(inner);
            return [{ path: `${path}.${key}`, schema: inner }, ...everySetting(inner, `${path}.${key}`)];
        });
    }
    const element = elementOf(schema);
    return element ? everySetting(element, `${path}[]`) : [];
}

describe("generated files", () => {
    for (const [path, text] of Object.entries(generatedFiles())) {
        it(`${path} is what its source gives; \`npm run generate\` writes it`, () => {
            assert.ok(read(path) === text, `${path} is stale: run \`npm run generate\``);
        });
    }

    it("say of every setting what it does and what a change does", () => {
        const settings = everySetting(settingsSchema, "");
        assert.ok(settings.length > 200, `only ${settings.length} settings found`);
        const silent = settings.filter(({ schema }) => {
            const { description = "", change = "" } = metaOf(schema);
            return !/^[A-Z].*\.$/s.test(description) || change === "";
        });
        assert.deepEqual(
            silent.map(({ path }) => path),
            [],
        );
    });

    it("are made from the kinds of schema that messages and reference know", () => {
        const kinds = new Set(everySetting(settingsSchema, "").map(({ schema }) => core(schema).type));
        const known = ["object", "record", "array", "boolean", "enum", "number", "string", "unknown"];
        assert.deepEqual(
            [...kinds].filter((kind) => !known.includes(kind)),
            [],
        );
    });

    it("name every setting in the reference", () => {
        const reference = read("docs/configuration.md");
        const missing = [
            "cluster.systemPool.minCount",
            "nodePools.<name>.vmSize",
            "tenants.teams.<team>.workloads.<workload>.keyVaultSecrets",
        ].filter((path) => !reference.includes(`| \`${path}\` |`));
        assert.deepEqual(missing, []);
        assert.equal(reference.split("\n").filter((line) => line.includes("undefined")).length, 0);
    });

    it("mark what is replaced in the reference", () => {
        assert.ok(
            read("docs/configuration.md").includes(
                "| `cluster.podCidr` | an IPv4 range in CIDR notation such as 10.20.0.0/16 | `10.244.0.0/16` | " +
                    "Overlay range of pods; each node takes a /24 of it. | replaces the cluster |",
            ),
        );
    });
});

describe("the JSON schema of stack files", () => {
    const validate = new Ajv({ allErrors: true }).compile(stackFileSchema());
    const faultsOf = (stack: unknown): string[] => {
        validate(stack);
        return (validate.errors ?? []).map(({ instancePath, message, params }) =>
            `${instancePath} ${message} ${JSON.stringify(params)}`.replaceAll("aks-landing-zone:", ""),
        );
    };

    for (const stack of ["dev", "prod"]) {
        it(`accepts Pulumi.${stack}.yaml`, () => assert.deepEqual(faultsOf(stackFile(stack)), []));
    }

    it("refuses a misspelt key, at any depth", () => {
        const stack = stackFile("dev");
        stack.config["aks-landing-zone:cluter"] = {};
        stack.config["aks-landing-zone:nodePools"] = { apps: { vmSize: "Standard_D4ds_v5", maxcount: 3 } };
        assert.deepEqual(faultsOf(stack), [
            '/config must NOT have additional properties {"additionalProperty":"cluter"}',
            '/config/nodePools/apps must NOT have additional properties {"additionalProperty":"maxcount"}',
        ]);
    });

    it("refuses a value that is not allowed", () => {
        const stack = stackFile("dev");
        Object.assign(stack.config["aks-landing-zone:cluster"] ?? {}, {
            tier: "Gold",
            kubernetesVersion: 1.36,
        });
        assert.deepEqual(faultsOf(stack), [
            '/config/cluster/kubernetesVersion must be string {"type":"string"}',
            '/config/cluster/tier must be equal to one of the allowed values {"allowedValues":["Free","Standard","Premium"]}',
        ]);
    });

    it("wants what the program cannot do without", () => {
        assert.deepEqual(
            faultsOf({ config: {} }).map((fault) => /"missingProperty":"(.*)"/.exec(fault)?.[1]),
            [
                "environment",
                "subscriptionId",
                "tenantId",
                "network",
                "cluster",
                "monitoring",
                "access",
                "tenants",
            ],
        );
    });

    it("accepts a placeholder and an encrypted value where only the user knows the value, and nowhere else", () => {
        const stack = stackFile("dev");
        const set = (subscriptionId: unknown, environment: unknown) => ({
            config: {
                ...stack.config,
                "aks-landing-zone:subscriptionId": subscriptionId,
                "aks-landing-zone:environment": environment,
            },
        });
        assert.deepEqual(faultsOf(set("<id>", "dev")), []);
        assert.deepEqual(faultsOf(set({ secure: "v1:abc" }, "dev")), []);
        assert.notDeepEqual(faultsOf(set("not a GUID", "dev")), []);
        assert.notDeepEqual(faultsOf(set("<id>", "<name>")), []);
        assert.notDeepEqual(faultsOf(set("<id>", { secure: "v1:abc" })), []);
    });

    it("allows what Pulumi itself keeps in the file", () => {
        const stack = {
            ...stackFile("dev"),
            encryptionsalt: "v1:abc",
            secretsprovider: "azurekeyvault://vault/keys/key",
        };
        stack.config["azure-native:location"] = "westeurope" as never;
        assert.deepEqual(faultsOf(stack), []);
    });

    it("needs no flags on its patterns, which JSON schema cannot express", () => {
        const flagged = everySetting(settingsSchema, "").filter(({ schema }) =>
            (core(schema).def.checks ?? []).some((check) => {
                const { pattern } = check._zod.def as { pattern?: RegExp };
                return pattern !== undefined && pattern.flags !== "";
            }),
        );
        assert.deepEqual(flagged, []);
    });
});
