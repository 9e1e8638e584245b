import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ConfigurationError, parseConfig } from "../../config";
import type { LandingZoneConfig } from "../../config";
import { settingsSchema } from "../../config/schema";
import { metaOf, schemaAt } from "../../config/schemaTree";
import { readStackFile } from "../../plan/stackFile";

const folder = join(__dirname, "..", "..");
const load = (stack: string): LandingZoneConfig =>
    parseConfig(readStackFile(folder, stack).values, { placeholders: "standIn" });

const groups = [
    "analytics-developers",
    "payments-developers",
    "platform-engineers",
    "storefront-developers",
    "support-engineers",
];
const common = [
    "access.deployer.objectId",
    ...groups.map((group) => `access.groups.${group}`),
    "governance.budget.contactEmails[0]",
    "monitoring.alertEmails[0]",
    "subscriptionId",
    "tenantId",
];
const placeholders: Record<string, string[]> = {
    dev: [...common, "cluster.apiServer.authorizedIpRanges[0]"].sort(),
    prod: [...common, "access.groups.storefront-on-call"].sort(),
};

describe("stack files", () => {
    for (const stack of ["dev", "prod"]) {
        describe(stack, () => {
            it("is accepted with stand-ins, and lists what is unset", () => {
                const unset = load(stack).unset.map(({ path }) => path);
                assert.deepEqual(unset.sort(), placeholders[stack]);
            });

            it("is refused for a deployment, with every placeholder named and nothing else", () => {
                const { values } = readStackFile(folder, stack);
                assert.throws(
                    () => parseConfig(values),
                    (error) => {
                        assert.ok(error instanceof ConfigurationError);
                        const unset = error.problems.filter((line) =>
                            line.includes(" Replace the placeholder. "),
                        );
                        assert.deepEqual(unset, error.problems);
                        const keys = unset.map(
                            (line) => line.replace("aks-landing-zone:", "").split(": found ")[0],
                        );
                        assert.deepEqual(keys, placeholders[stack]);
                        return true;
                    },
                );
            });

            it("is checked by editors, and lets no resource use a default provider", () => {
                const text = readFileSync(join(folder, `Pulumi.${stack}.yaml`), "utf8");
                assert.ok(
                    text.startsWith("# yaml-language-server: $schema=./schema/pulumi-stack.schema.json\n"),
                );
                const { config } = parse(text) as { config: Record<string, unknown> };
                assert.deepEqual(config["pulumi:disable-default-providers"], ["*"]);
            });

            it("has at least three teams, a workload that reads secrets, kured and Kubernetes 1.36", () => {
                const { tenants, workloads, cluster, kubernetes } = load(stack);
                assert.deepEqual(Object.keys(tenants.teams), ["analytics", "payments", "storefront"]);
                assert.ok(workloads.some(({ keyVaultSecrets }) => keyVaultSecrets));
                assert.equal(cluster.upgrades.nodePatching, "Kured");
                assert.ok(kubernetes.kured);
                assert.equal(cluster.kubernetesVersion, "1.36");
            });
        });
    }

    it("dev is public for listed ranges, unprotected, with a Spot pool and two environments of each team", () => {
        const dev = load("dev");
        assert.equal(dev.cluster.apiServer.exposure, "PublicRestricted");
        assert.deepEqual(dev.protection, { protect: false, locks: false });
        assert.ok(dev.nodePools["spot"]?.spot);
        assert.deepEqual(
            dev.namespaces.map(({ namespace }) => namespace),
            [
                "analytics-dev",
                "analytics-stage",
                "payments-dev",
                "payments-stage",
                "storefront-dev",
                "storefront-stage",
            ],
        );
        assert.equal(dev.monitoring.grafana, undefined);
    });

    it("prod is private in a zone of its own, over three zones, replicated, protected and with Grafana", () => {
        const prod = load("prod");
        const { apiServer, tier, systemPool } = prod.cluster;
        assert.deepEqual(
            [apiServer.exposure, apiServer.vnetIntegration, prod.apiServerZoneName, tier],
            ["Private", true, "private.westeurope.azmk8s.io", "Standard"],
        );
        const pools = [systemPool, ...Object.values(prod.nodePools)];
        assert.deepEqual(
            pools.map(({ zones }) => zones),
            pools.map(() => ["1", "2", "3"]),
        );
        assert.deepEqual([prod.registry.sku, prod.registry.replicaLocations], ["Premium", ["northeurope"]]);
        assert.deepEqual(prod.protection, { protect: true, locks: true });
        assert.ok(prod.monitoring.grafana);
        assert.deepEqual(
            prod.namespaces.map(({ namespace }) => namespace),
            ["analytics-prod", "payments-prod", "storefront-prod"],
        );
    });

    it("name the same group by the same key", () => {
        assert.deepEqual(
            groups.map((group) => load("dev").access.groups[group]),
            groups.map((group) => load("prod").access.groups[group]),
        );
    });
});

describe("Pulumi.yaml", () => {
    const project = parse(readFileSync(join(folder, "Pulumi.yaml"), "utf8")) as {
        name: string;
        main?: string;
        runtime: { name: string; options: Record<string, unknown> };
        config: Record<string, { type: string; description: string; default?: unknown }>;
    };

    it("runs TypeScript through esbuild and leaves main to package.json", () => {
        assert.deepEqual(project.runtime, {
            name: "nodejs",
            options: { typescript: false, nodeargs: "--require ./speed/register.cjs" },
        });
        assert.equal(project.main, undefined);
        assert.equal(project.name, "aks-landing-zone");
    });

    it("declares the scalars as the schema has them", () => {
        const scalars = ["environment", "workload", "location", "subscriptionId", "tenantId"];
        assert.deepEqual(Object.keys(project.config), scalars);
        for (const key of scalars) {
            const schema = schemaAt(settingsSchema, [key]);
            assert.ok(schema);
            const { description = "", change = "" } = metaOf(schema);
            const declared = project.config[key];
            assert.equal(declared?.type, "string");
            assert.equal(declared?.description, `${description} Changing it ${change}.`);
            const parsed = (schema as unknown as { safeParse(value: unknown): { data?: unknown } }).safeParse(
                undefined,
            );
            assert.equal(declared?.default, parsed.data);
        }
    });
});
