import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import * as pulumi from "@pulumi/pulumi";
import { ConfigurationError, loadConfig, parseConfig } from "../../config";
import type { LoadOptions } from "../../config";
import { secretStandIn } from "../../config/placeholders";
import { settingsSchema } from "../../config/schema";
import { keysOf, schemaAt } from "../../config/schemaTree";
import { rawConfig, settingsWith, validSettings } from "../support/fixtures";
import type { RawSettings, SettingChanges } from "../support/fixtures";
import { testEnvironment, valueOf } from "../support/harness";
import type { BadConfiguration } from "./bad/badConfiguration";
import { kured, zone } from "./bad/badConfiguration";
import { cluster } from "./bad/cluster";
import { kubernetes } from "./bad/kubernetes";
import { network } from "./bad/network";
import { services } from "./bad/services";
import { tenants } from "./bad/tenants";
import { values } from "./bad/values";

const parse = (changes: SettingChanges = {}, options?: LoadOptions) =>
    parseConfig(rawConfig(settingsWith(changes)), options);

/** The lines of the message that a configuration is refused with; fails when it is accepted. */
function problemsOf(changes: SettingChanges, options?: LoadOptions): string[] {
    return problemsOfRaw(settingsWith(changes), options);
}

function problemsOfRaw(settings: RawSettings, options?: LoadOptions): string[] {
    try {
        parseConfig(rawConfig(settings), options);
    } catch (error) {
        assert.ok(error instanceof ConfigurationError, String(error));
        return error.problems.map((line) => line.replace("aks-landing-zone:", ""));
    }
    throw new assert.AssertionError({ message: "expected the configuration to be refused" });
}

type SettingPath = readonly (string | number)[];

/** Places of all values that are neither lists nor mappings. */
function singleValues(value: unknown, path: SettingPath = []): SettingPath[] {
    if (typeof value !== "object" || value === null) {
        return [path];
    }
    return Object.entries(value).flatMap(([key, item]) =>
        singleValues(item, [...path, Array.isArray(value) ? Number(key) : key]),
    );
}

/** The valid configuration with something else in one place. */
function withWrong(path: SettingPath, wrong: unknown): RawSettings {
    const settings = validSettings();
    const holder = path
        .slice(0, -1)
        .reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, settings);
    holder[path.at(-1) ?? ""] = wrong;
    return settings;
}

describe("parseConfig with secrets", () => {
    it("tells what is wrong with a secret without its value", () => {
        const secretKeys = ["aks-landing-zone:subscriptionId", "aks-landing-zone:kubernetes"];
        const [line = "", ...others] = problemsOf({ subscriptionId: "s3cret-and-no-guid" }, { secretKeys });
        assert.deepEqual(others, []);
        assert.match(line, /^subscriptionId: found "\[secret\]", allowed is a GUID/);
        const open = problemsOf({ subscriptionId: "s3cret-and-no-guid" });
        assert.match(open[0] ?? "", /s3cret-and-no-guid/);
    });

    it("finds the secrets of the running stack", async () => {
        await pulumi.runtime.setMocks(
            { newResource: () => ({ id: "", state: {} }), call: () => ({}) },
            "p",
            "s",
        );
        const raw = rawConfig(settingsWith({ tenantId: "s3cret-and-no-guid" }));
        pulumi.runtime.setAllConfig(raw, ["aks-landing-zone:tenantId"]);
        assert.throws(loadConfig, (error: Error) => {
            assert.ok(!error.message.includes("s3cret"), error.message);
            return error.message.includes("aks-landing-zone:tenantId: found");
        });
    });

    it("plans with values that only the deployment can decrypt", () => {
        const encrypted = {
            subscriptionId: secretStandIn("subscriptionId"),
            "monitoring.alertEmails": [secretStandIn("mail")],
        };
        const config = parse(encrypted, { placeholders: "standIn" });
        assert.match(config.subscriptionId, /^00000000-0000-4000-8000-[0-9a-f]{12}$/);
        assert.match(config.monitoring.alertEmails[0] ?? "", /@example\.com$/);
        assert.deepEqual(config.unset, []);
    });
});

describe("parseConfig", () => {
    describe("accepts the valid configuration", () => {
        it("and derives names from workload, environment and region", () => {
            const config = parse();
            assert.equal(config.baseName, "lz-test-weu");
            assert.deepEqual(config.names, {
                cluster: "aks-lz-test-weu",
                keyVault: "kv-lz-test-weu-cf886",
                registry: "crlztestweu94088",
                grafana: "amg-lz-test-weu-6cd5a",
            });
        });

        it("and takes given names as they are", () => {
            const names = { cluster: "one", keyVault: "two-vault", registry: "three", grafana: "four" };
            assert.deepEqual(parse({ names }).names, names);
        });

        it("and fills in secure defaults", () => {
            const { cluster, keyVault, registry, protection, kubernetes, network } = parse();
            assert.deepEqual(cluster.apiServer, {
                exposure: "Private",
                authorizedIpRanges: [],
                vnetIntegration: true,
                ownDnsZone: false,
                publicFqdn: false,
                runCommand: false,
            });
            assert.deepEqual(protection, { protect: true, locks: true });
            assert.equal(cluster.nodeResourceGroupLockdown, true);
            assert.equal(keyVault.publicNetworkAccess, false);
            assert.equal(keyVault.purgeProtection, true);
            assert.equal(registry.publicNetworkAccess, false);
            assert.equal(kubernetes.ingress.exposure, "Internal");
            assert.deepEqual(network.trustedSources, []);
        });

        it("and makes a namespace for each team and environment, with the size that applies", () => {
            const small = settingsWith({}).tenants as { sizes: { small: object } };
            const { namespaces, tenants } = parse({
                "tenants.environments": ["dev", "stage"],
                "tenants.sizes": {
                    ...small.sizes,
                    large: {
                        quota: {
                            requestsCpu: "8",
                            requestsMemory: "16Gi",
                            limitsCpu: "16",
                            limitsMemory: "32Gi",
                            pods: 99,
                        },
                    },
                },
                "tenants.teams.payments.environments": { stage: { size: "large" } },
            });
            assert.deepEqual(
                namespaces.map(({ namespace, team, environment, size }) => [
                    namespace,
                    team,
                    environment,
                    size,
                ]),
                [
                    ["payments-dev", "payments", "dev", tenants.sizes["small"]],
                    ["payments-stage", "payments", "stage", tenants.sizes["large"]],
                ],
            );
        });

        it("and gives a workload one identity with a subject in each environment", () => {
            assert.deepEqual(parse({ "tenants.environments": ["dev", "stage"] }).workloads, [
                {
                    name: "payments-api",
                    team: "payments",
                    workload: "api",
                    keyVaultSecrets: true,
                    subjects: [
                        { namespace: "payments-dev", serviceAccount: "payments-api" },
                        { namespace: "payments-stage", serviceAccount: "payments-api" },
                    ],
                },
            ]);
        });

        it("and takes an upgrade that replaces nodes without adding any", () => {
            const upgrade = { maxSurge: "0", maxUnavailable: "1" };
            const { nodePools } = parse({ "nodePools.apps.upgrade": upgrade });
            assert.deepEqual(nodePools["apps"]?.upgrade, {
                ...upgrade,
                drainTimeoutInMinutes: 30,
                nodeSoakInMinutes: 0,
            });
        });

        it("and takes a Grafana that has only a private endpoint, or only a public one", () => {
            const grafana = { adminGroups: ["platform"] };
            const privateDnsZoneId = zone("privatelink.grafana.azure.com");
            const settings = (more: object) =>
                parse({ "monitoring.grafana": { ...grafana, ...more } }).monitoring.grafana;
            assert.equal(settings({ privateDnsZoneId })?.privateDnsZoneId, privateDnsZoneId);
            assert.equal(settings({ publicNetworkAccess: true })?.publicNetworkAccess, true);
        });

        it("and names the API server's zone only where it is the stack's own", () => {
            assert.equal(parse().apiServerZoneName, undefined);
            const own = { "cluster.apiServer": { ownDnsZone: true } };
            assert.equal(parse(own).apiServerZoneName, "private.westeurope.azmk8s.io");
            const linked = { "cluster.apiServer": { ownDnsZone: true, vnetIntegration: false } };
            assert.equal(parse(linked).apiServerZoneName, "privatelink.westeurope.azmk8s.io");
        });

        it("and ignores the keys of Pulumi and of providers", () => {
            const foreign = {
                "pulumi:disable-default-providers": '["*"]',
                "azure-native:location": "eastus",
            };
            assert.deepEqual(parseConfig({ ...rawConfig(validSettings()), ...foreign }), parse());
        });

        it("and lists nothing as unset", () => {
            assert.deepEqual(parse({}, { placeholders: "standIn" }).unset, []);
        });
    });

    it("returns what cannot be changed, all the way down", () => {
        const writable: string[] = [];
        const visit = (value: unknown, path: string) => {
            if (typeof value === "object" && value !== null) {
                if (!Object.isFrozen(value)) {
                    writable.push(path);
                }
                Object.entries(value).forEach(([key, inner]) => visit(inner, `${path}.${key}`));
            }
        };
        visit(parse(), "config");
        assert.deepEqual(writable, []);
    });

    describe("refuses", () => {
        const table: readonly BadConfiguration[] = [
            ...values,
            ...network,
            ...cluster,
            ...services,
            ...kubernetes,
            ...tenants,
        ];
        assert.ok(table.length >= 60);
        assert.equal(new Set(table.map(([title]) => title)).size, table.length, "titles must be unique");
        for (const [title, changes, problems] of table) {
            it(title, () => assert.deepEqual(problemsOf(changes), [problems].flat()));
        }
    });

    describe("reports all problems at once", () => {
        const faults: SettingChanges = {
            subscriptionId: "mine",
            "cluster.tier": "Gold",
            "cluster.podCidr": "10.40.0.0/16",
            "nodePools.apps.minCount": 9,
            "nodePools.apps.vmsize": "Standard_D4ds_v5",
            "tenants.teams.payments.size": "huge",
            "tenants.sizes.small.quota.requestsCpu": "6",
        };
        const lines = [
            "cluster.podCidr: `cluster.podCidr` 10.40.0.0/16 overlaps `addressSpace` 10.40.0.0/20: pods of an overlay network need a range of their own. Use a private range that no connected network has.",
            'cluster.tier: found "Gold", allowed is one of Free, Standard, Premium. Choose one of them, spelt exactly so.',
            "nodePools.apps.minCount: `minCount` is 9, more than `maxCount`, which is 3. Raise `maxCount` or lower `minCount`.",
            "nodePools.apps.vmsize: found a key that does not exist. Did you mean vmSize?",
            'subscriptionId: found "mine", allowed is a GUID such as 0b1f6471-1bf0-4dda-aec3-cb9272f09590. Read it with `az account show --query id --output tsv`.',
            "tenants.sizes.small.quota.requestsCpu: `quota.requestsCpu` 6 is more than `quota.limitsCpu` 4: lower the first or raise the second.",
            'tenants.teams.payments.size: `size` is "huge", but tenants.sizes has small. Use one of them, or add it there.',
        ];

        it("of the schema and of the rules between settings, by key", () => {
            assert.deepEqual(problemsOf(faults), lines);
        });

        it("in the same order whatever the order of the file", () => {
            const settings = Object.fromEntries(Object.entries(settingsWith(faults)).reverse());
            assert.throws(() => parseConfig(rawConfig(settings)), {
                name: "ConfigurationError",
                message: [
                    "The configuration has 7 problems:",
                    ...lines.map((line) => `- aks-landing-zone:${line}`),
                ].join("\n"),
            });
        });

        it("and says so when there is one", () => {
            assert.throws(() => parse({ "cluster.tier": "Gold" }), {
                message:
                    'The configuration has a problem:\n- aks-landing-zone:cluster.tier: found "Gold", allowed is one of Free, Standard, Premium. ' +
                    "Choose one of them, spelt exactly so.",
            });
        });

        it("and shortens what is longer than 80 characters", () => {
            const found = (length: number) => {
                // Two of the characters are the quotes.
                const [line = ""] = problemsOf({ "cluster.tier": "x".repeat(length - 2) });
                return /found (.*), allowed/.exec(line)?.[1];
            };
            assert.equal(found(80), `"${"x".repeat(78)}"`);
            assert.equal(found(81), `"${"x".repeat(79)}...`);
        });

        it("and every required key when there is nothing at all", () => {
            const missing = (error: unknown) => {
                assert.ok(error instanceof ConfigurationError);
                const keys = error.problems.map((line) => line.split(": found nothing, allowed is ")[0]);
                assert.deepEqual(
                    keys,
                    [
                        "access",
                        "cluster",
                        "environment",
                        "monitoring",
                        "network",
                        "subscriptionId",
                        "tenantId",
                        "tenants",
                    ].map((key) => `aks-landing-zone:${key}`),
                );
                return true;
            };
            assert.throws(() => parseConfig({}), missing);
        });
    });

    describe("does not blame settings for what is wrong elsewhere", () => {
        it("where a rule needs a value of the wrong kind", () => {
            // Pods, services and the network could all overlap something; nobody knows.
            assert.deepEqual(problemsOf({ "cluster.podCidr": 10 }), [
                "cluster.podCidr: found 10, allowed is an IPv4 range in CIDR notation such as 10.20.0.0/16. Write the network address, a slash and the prefix length.",
            ]);
        });

        it("where the value is under a misspelt key", () => {
            // The default of minCount is 1, which is more than the maximum here is not.
            assert.deepEqual(problemsOf({ "cluster.systemPool": { minCont: 1, maxCount: 2 } }), [
                "cluster.systemPool.minCont: found a key that does not exist. Did you mean minCount?",
            ]);
        });

        it("where a section is missing", () => {
            assert.deepEqual(
                problemsOf({ access: undefined }).map((line) => line.split(":")[0]),
                ["access"],
            );
        });

        it("whatever single value is wrong", () => {
            for (const path of singleValues(validSettings())) {
                for (const wrong of [{ x: 1 }, -77, "~"]) {
                    const lines = problemsOfRaw(withWrong(path, wrong));
                    assert.equal(lines.length, 1, `${path.join(".")}: ${lines.join("\n")}`);
                }
            }
        });

        it("but reports what is wrong independently of it", () => {
            const independent = [
                "cluster.longTermSupport: `longTermSupport` is true but `tier` is Standard: AKS sells it with Premium only. Set `tier` to Premium.",
                'names.cluster: `names.cluster` is "-x": Azure allows letters, digits, underscores and hyphens, starting and ending with a letter or digit. Choose another name.',
                "network.trustedSources: `trustedSources` 0.0.0.0/0 is the whole Internet. List the ranges that really need access.",
                'tenants.teams.payments.size: `size` is "huge", but tenants.sizes has small. Use one of them, or add it there.',
            ];
            for (const path of singleValues(validSettings())) {
                const settings = withWrong(path, -77) as Record<string, Record<string, unknown>>;
                const team = (settings["tenants"]?.["teams"] as Record<string, Record<string, unknown>>)[
                    "payments"
                ];
                const isSize = path.join(".") === "tenants.teams.payments.size";
                Object.assign(settings["cluster"] ?? {}, { longTermSupport: true });
                Object.assign(settings["network"] ?? {}, { trustedSources: ["0.0.0.0/0"] });
                Object.assign(settings, { names: { cluster: "-x" } });
                Object.assign(team ?? {}, isSize ? {} : { size: "huge" });
                const lines = problemsOfRaw(settings);
                for (const line of isSize ? independent.slice(0, 3) : independent) {
                    assert.ok(lines.includes(line), `${path.join(".")} hides: ${line}\n${lines.join("\n")}`);
                }
            }
        });

        it("but still checks the siblings of what is wrong", () => {
            assert.deepEqual(
                problemsOf({
                    "nodePools.apps.minCount": "two",
                    "nodePools.other": { vmSize: "Standard_D4ds_v5", minCount: 9 },
                }).map((line) => line.split(":")[0]),
                ["nodePools.apps.minCount", "nodePools.other.minCount"],
            );
        });
    });

    describe("keeps secrets secret", () => {
        const withUrl = (notifyUrl: unknown): SettingChanges => ({
            "cluster.upgrades": { nodePatching: "Kured" },
            "kubernetes.kured": { ...kured, notifyUrl },
        });

        it("as secret outputs", async () => {
            const { notifyUrl } = parse(withUrl("slack://token@channel")).kubernetes.kured ?? {};
            assert.ok(notifyUrl);
            assert.equal(await pulumi.isSecret(notifyUrl), true);
            assert.equal(await valueOf(notifyUrl), "slack://token@channel");
        });

        it("also under a misspelt key", () => {
            const changes = {
                ...withUrl(undefined),
                "kubernetes.kured": { ...kured, notifyURL: "slack://token@channel" },
            };
            assert.deepEqual(problemsOf(changes), [
                "kubernetes.kured.notifyURL: found a key that does not exist. Did you mean notifyUrl?",
            ]);
        });

        it("also of the wrong kind", () => {
            const [line = ""] = problemsOf(withUrl({ url: "slack://token@channel" }));
            assert.ok(
                line.startsWith("kubernetes.kured.notifyUrl: found a secret that is not shown here"),
                line,
            );
            assert.ok(!line.includes("token"), line);
        });
    });

    describe("with placeholders", () => {
        const placeholders: SettingChanges = {
            subscriptionId: "<id of the subscription>",
            "access.groups.platform": "<id of the group>",
            "access.groups.developers": "<id of another group>",
            "monitoring.alertEmails": ["<mailbox>"],
            "network.peers": ["<range of the office>"],
        };

        it("refuses them, each with where to get the value", () => {
            assert.deepEqual(problemsOf(placeholders), [
                'access.groups.developers: found "<id of another group>", allowed is a GUID such as 0b1f6471-1bf0-4dda-aec3-cb9272f09590. Replace the placeholder. Read it with `az ad group show --group "<name>" --query id --output tsv`.',
                'access.groups.platform: found "<id of the group>", allowed is a GUID such as 0b1f6471-1bf0-4dda-aec3-cb9272f09590. Replace the placeholder. Read it with `az ad group show --group "<name>" --query id --output tsv`.',
                'monitoring.alertEmails[0]: found "<mailbox>", allowed is an e-mail address. Replace the placeholder. Name a mailbox that somebody reads.',
                'network.peers[0]: found "<range of the office>", allowed is an IPv4 range in CIDR notation such as 10.20.0.0/16. Replace the placeholder. Write the network address, a slash and the prefix length.',
                'subscriptionId: found "<id of the subscription>", allowed is a GUID such as 0b1f6471-1bf0-4dda-aec3-cb9272f09590. Replace the placeholder. Read it with `az account show --query id --output tsv`.',
            ]);
        });

        it("takes only a whole value for one", () => {
            const tags = { contact: "<team> in building 4", owner: "see <wiki>" };
            assert.deepEqual(parse({ tags }).tags, tags);
        });

        it("stands in for different placeholders with different values, for equal ones with the same", () => {
            const { peers } = parse(
                { "network.peers": ["<range of the office>", "<range of the depot>"] },
                { placeholders: "standIn" },
            ).network;
            assert.equal(new Set(peers).size, 2, peers.join(", "));
            for (const peer of peers) {
                assert.match(peer, /^203\.0\.113\.([1-9]\d*)\/32$/);
            }
            const again = parse({ "network.peers": ["<range of the depot>"] }, { placeholders: "standIn" });
            assert.equal(again.network.peers[0], peers[1]);
        });

        it("uses stand-ins for a plan and lists them", () => {
            const config = parse(placeholders, { placeholders: "standIn" });
            assert.deepEqual(
                config.unset.map(({ path, placeholder, standIn }) => [path, placeholder, standIn]),
                [
                    ["subscriptionId", "<id of the subscription>", config.subscriptionId],
                    ["network.peers[0]", "<range of the office>", config.network.peers[0]],
                    ["monitoring.alertEmails[0]", "<mailbox>", config.monitoring.alertEmails[0]],
                    ["access.groups.platform", "<id of the group>", config.access.groups["platform"]],
                    ["access.groups.developers", "<id of another group>", config.access.groups["developers"]],
                ],
            );
            assert.equal(config.subscriptionId, "00000000-0000-4000-8000-97c5b8ae9df0");
            assert.equal(config.unset[0]?.find, "Read it with `az account show --query id --output tsv`.");
        });

        it("gives the same placeholder the same stand-in, and different ones different ones", () => {
            const first = parse(placeholders, { placeholders: "standIn" });
            const second = parse(
                { ...placeholders, tenantId: "<id of the subscription>" },
                { placeholders: "standIn" },
            );
            assert.equal(first.subscriptionId, second.subscriptionId);
            assert.equal(second.tenantId, second.subscriptionId);
            assert.notEqual(first.access.groups["platform"], first.access.groups["developers"]);
        });

        it("refuses one that no stand-in can replace, in a plan too", () => {
            assert.deepEqual(
                problemsOf(
                    {
                        "registry.cacheRules": [
                            {
                                name: "docker",
                                sourceRepository: "mcr.microsoft.com/*",
                                targetRepository: "<where>",
                            },
                        ],
                    },
                    { placeholders: "standIn" },
                ),
                [
                    'registry.cacheRules[0].targetRepository: found "<where>", allowed is a text that is not empty. Replace the placeholder. Put it in quotes.',
                ],
            );
        });

        it("still reports what is wrong beside them", () => {
            const changes = { ...placeholders, "nodePools.apps.minCount": 9 };
            assert.deepEqual(problemsOf(changes, { placeholders: "standIn" }), [
                "nodePools.apps.minCount: `minCount` is 9, more than `maxCount`, which is 3. Raise `maxCount` or lower `minCount`.",
            ]);
            assert.equal(problemsOf(changes).length, 6);
        });
    });

    describe("whatever it is given", () => {
        it("fails with a ConfigurationError or not at all", () => {
            const paths = [
                "environment",
                "location",
                "tags",
                "network",
                "cluster",
                "nodePools",
                "tenants",
                "access",
                "kubernetes",
            ];
            const inner = [
                "cluster.systemPool",
                "network.egress",
                "nodePools.apps",
                "tenants.teams.payments",
                "tenants.sizes.small",
            ];
            const change = fc.tuple(fc.constantFrom(...paths, ...inner), fc.jsonValue());
            fc.assert(
                fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
                    const raw = validSettings();
                    for (const [path, value] of changes) {
                        const [top = "", ...rest] = path.split(".");
                        const holder = rest
                            .slice(0, -1)
                            .reduce<unknown>(
                                (at, key) => (at as Record<string, unknown> | null)?.[key],
                                raw[top],
                            );
                        if (rest.length === 0) {
                            raw[top] = value;
                        } else if (typeof holder === "object" && holder !== null) {
                            (holder as Record<string, unknown>)[rest.at(-1) ?? ""] = value;
                        }
                    }
                    try {
                        parseConfig(rawConfig(raw));
                    } catch (error) {
                        assert.ok(error instanceof ConfigurationError, String((error as Error).stack));
                    }
                }),
                { numRuns: 300 },
            );
        });

        it("suggests the key that one letter is missing from", () => {
            const sections = [
                "cluster",
                "cluster.apiServer",
                "cluster.systemPool",
                "network",
                "monitoring",
                "registry",
            ];
            const misspelt = fc.constantFrom(...sections).chain((section) => {
                const schema = schemaAt(settingsSchema, section.split("."));
                const keys = (schema && keysOf(schema)) ?? [];
                return fc
                    .constantFrom(...keys.filter((key) => key.length > 4))
                    .chain((key) =>
                        fc
                            .nat(key.length - 1)
                            .map(
                                (index) =>
                                    [section, key, key.slice(0, index) + key.slice(index + 1)] as const,
                            ),
                    );
            });
            fc.assert(
                fc.property(misspelt, ([section, key, typo]) => {
                    const lines = problemsOf({ [`${section}.${typo}`]: null });
                    assert.ok(
                        lines.includes(
                            `${section}.${typo}: found a key that does not exist. Did you mean ${key}?`,
                        ),
                        lines.join("\n"),
                    );
                }),
            );
        });
    });
});

describe("loadConfig", () => {
    const loaded = () => {
        // Pulumi itself hands the configuration over so; other tests set their own.
        pulumi.runtime.setAllConfig(rawConfig(validSettings()));
        return loadConfig();
    };

    it("reads the configuration of the running stack", () => {
        assert.equal(loaded().subscriptionId, testEnvironment.subscriptionId);
    });

    it("refuses placeholders unless it is asked for stand-ins", () => {
        pulumi.runtime.setAllConfig(rawConfig(settingsWith({ subscriptionId: "<id>" })));
        assert.throws(() => loadConfig(), ConfigurationError);
        assert.equal(loadConfig({ placeholders: "standIn" }).unset.length, 1);
    });
});
