import * as assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseConfig } from "../../config";
import type { LandingZoneConfig } from "../../config";
import { apiServerChecks } from "../../automation/doctor/apiServer";
import { neededNamespaces, subscriptionChecks } from "../../automation/doctor/azure";
import { AzureCliError } from "../../automation/doctor/azureCli";
import type { AzureCli } from "../../automation/doctor/azureCli";
import type { Check, Finding, Subject } from "../../automation/doctor/check";
import { checks, examine } from "../../automation/doctor/examine";
import { localChecks } from "../../automation/doctor/local";
import { demandsOf, machineChecks } from "../../automation/doctor/machines";
import { neededActions, roleChecks } from "../../automation/doctor/roles";
import { programArmTypes } from "../../automation/doctor/programTypes";
import { stackChecks } from "../../automation/doctor/stack";
import type { DoctorDocument } from "../../automation/commands/doctor";
import { readStackFile } from "../../plan/stackFile";
import { azureResourceTypes } from "../../simulator/azure/types";
import { deployStack, projectFolder } from "../support/stacks";
import { FakeStack, driver, project, removeProjects } from "./fixtures";

const file = readStackFile(projectFolder, "dev");
const withStandIns = parseConfig(file.values, { placeholders: "standIn", secretKeys: file.secretKeys });
/** As if every placeholder were filled in. */
const config: LandingZoneConfig = { ...withStandIns, unset: [] };
const { subscriptionId, tenantId } = config;

/** Answers of `az` by the beginning of the command. */
function azureSaying(answers: Record<string, unknown>): AzureCli {
    return (args) => {
        const command = args.join(" ");
        const key = Object.keys(answers).find((beginning) => command.startsWith(beginning));
        return key === undefined
            ? Promise.reject(new AzureCliError(`no answer to az ${command}`, "failed"))
            : Promise.resolve(answers[key]);
    };
}

const versions = { pulumi: "3.259.0" };

function subject(more: Partial<Subject> = {}): Subject {
    return {
        directory: projectFolder,
        stack: "dev",
        environment: {},
        nodeVersion: "v24.1.0",
        azure: azureSaying({}),
        tool: () => Promise.reject(new Error("no such program")),
        connect: () => Promise.resolve(),
        config: () => config,
        ...more,
    };
}

async function found(all: readonly Check[], id: string, more: Partial<Subject> = {}): Promise<Finding[]> {
    const check = all.find((candidate) => candidate.id === id) ?? assert.fail(`no check ${id}`);
    const [examined] = await examine(subject(more), [check]);
    return examined?.findings ?? assert.fail();
}

const outcomes = (findings: readonly Finding[]) => findings.map(({ outcome }) => outcome);
const mendOf = ([finding]: readonly Finding[]) =>
    finding !== undefined && finding.outcome !== "ok" ? finding.mend : assert.fail("nothing to mend");

const sku = (name: string, more: object = {}) => ({
    name,
    family: "standardDDSv5Family",
    capabilities: [{ name: "vCPUs", value: "4" }],
    locationInfo: [{ zones: ["3", "1", "2"] }],
    restrictions: [],
    ...more,
});
const sizes = [...new Set(demandsOf(config).map(({ vmSize }) => vmSize))];
const usage = (value: string, limit: number, currentValue = 0) => ({
    name: { value, localizedValue: value },
    limit: String(limit),
    currentValue,
});
const plenty = [usage("cores", 1000), usage("standardDDSv5Family", 1000), usage("lowPriorityCores", 1000)];

describe("doctor", () => {
    after(removeProjects);

    it("has a name of its own for each check", () => {
        const ids = checks.map(({ id }) => id);
        assert.deepEqual([...new Set(ids)], ids);
    });

    describe("on this machine", () => {
        it("knows the least Node.js", async () => {
            assert.deepEqual(outcomes(await found(localChecks, "node")), ["ok"]);
            const old = await found(localChecks, "node", { nodeVersion: "v22.11.9" });
            assert.equal(old[0]?.detail, "Node.js v22.11.9, needed is 22.12 or later");
        });

        it("wants the CLI of the SDK's version", async () => {
            const tool = (version: string) => ({ tool: () => Promise.resolve(`v${version}\n`) });
            assert.deepEqual(outcomes(await found(localChecks, "pulumi-cli", tool(versions.pulumi))), ["ok"]);
            const other = await found(localChecks, "pulumi-cli", tool("3.100.0"));
            assert.equal(mendOf(other), "curl -fsSL https://get.pulumi.com | sh -s -- --version 3.259.0");
            assert.deepEqual(outcomes(await found(localChecks, "pulumi-cli")), ["problem"]);
        });

        it("wants plugins only where none is downloaded", async () => {
            const tool = () =>
                Promise.resolve('[{"name":"kubernetes","kind":"resource","version":"4.32.0"}]');
            const online = await found(localChecks, "provider-plugins", { tool });
            assert.deepEqual(outcomes(online), ["ok", "ok", "ok"]);
            const environment = { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true" };
            const offline = await found(localChecks, "provider-plugins", { tool, environment });
            assert.deepEqual(outcomes(offline), ["problem", "problem", "ok"]);
            assert.equal(mendOf(offline), "pulumi plugin install resource azure-native 3.28.0");
        });

        it("tells a program that is missing from one that does not run", async () => {
            const missing = Object.assign(new Error("spawn ENOENT"), { code: "ENOENT" });
            for (const [id, program] of [
                ["pulumi-cli", "pulumi"],
                ["kubelogin", "kubelogin"],
            ] as const) {
                const detailOf = async (error: Error) =>
                    (await found(localChecks, id, { tool: () => Promise.reject(error) }))[0]?.detail;
                assert.equal(await detailOf(missing), `there is no \`${program}\` on the PATH`);
                assert.equal(
                    await detailOf(new Error("bad ELF\nmore")),
                    `\`${program}\` does not run: bad ELF`,
                );
            }
            const [backend] = await found(stackChecks, "backend", { tool: () => Promise.reject(missing) });
            assert.deepEqual(backend, {
                outcome: "unknown",
                detail: "there is no `pulumi` on the PATH",
                mend: "see the check pulumi-cli",
            });
        });

        it("wants kubelogin", async () => {
            assert.equal(mendOf(await found(localChecks, "kubelogin")), "az aks install-cli");
            const tool = () => Promise.resolve("kubelogin version\ngit hash: v0.2.10/abc\n");
            assert.deepEqual(await found(localChecks, "kubelogin", { tool }), [
                { outcome: "ok", detail: "kubelogin v0.2.10" },
            ]);
        });
    });

    describe("of the stack", () => {
        it("lists every placeholder that is not filled in", async () => {
            const findings = await found(stackChecks, "stack-file", { config: () => withStandIns });
            assert.equal(findings.length, withStandIns.unset.length);
            assert.match(findings[0]?.detail ?? "", /^subscriptionId is still <id of/);
            assert.equal(mendOf(findings), "Read it with `az account show --query id --output tsv`.");
        });

        it("tells what is wrong with the stack file", async () => {
            const broken = () => parseConfig({ ...file.values, "aks-landing-zone:workload": "X" });
            const findings = await found(stackChecks, "stack-file", { config: broken });
            assert.match(findings[0]?.detail ?? "", /aks-landing-zone:workload: found "X"/);
        });

        it("wants a login, and the stack in the backend", async () => {
            const nobody = await found(stackChecks, "backend");
            assert.match(
                mendOf(nobody),
                /^pulumi login 'azblob:\/\/<container>\?storage_account=<account>'; /,
            );
            const tool = (_: string, [command]: readonly string[]) =>
                Promise.resolve(
                    command === "whoami" ? '{"user":"ada","url":"azblob://x"}' : '[{"name":"prod"}]',
                );
            const other = await found(stackChecks, "backend", { tool });
            assert.deepEqual(outcomes(other), ["ok", "problem"]);
            assert.deepEqual(outcomes(await found(stackChecks, "backend", { tool, stack: "prod" })), [
                "ok",
                "ok",
            ]);
        });

        it("looks at the secrets provider that the stack file names", async () => {
            const directory = project();
            const stackFile = (text: string) => writeFileSync(join(directory, "Pulumi.dev.yaml"), text);
            const check = (more: Partial<Subject>) =>
                found(stackChecks, "secrets-provider", { directory, ...more });
            stackFile("config: {}\n");
            assert.deepEqual(outcomes(await check({})), ["unknown"]);
            stackFile("encryptionsalt: v1:x\n");
            assert.deepEqual(outcomes(await check({})), ["problem"]);
            assert.deepEqual(outcomes(await check({ environment: { PULUMI_CONFIG_PASSPHRASE: "" } })), [
                "ok",
            ]);
            stackFile('secretsprovider: "azurekeyvault://kv-state.vault.azure.net/keys/pulumi"\n');
            const azure = azureSaying({ "keyvault key show --vault-name kv-state --name pulumi": {} });
            assert.deepEqual(outcomes(await check({ azure })), ["ok"]);
            assert.match(mendOf(await check({})), /Key Vault Crypto User/);
        });
    });

    describe("of the subscription", () => {
        it("wants the right tenant and subscription", async () => {
            const as = (id: string, tenant: string) => ({
                azure: azureSaying({ "account show": { id, tenantId: tenant, user: { name: "ada" } } }),
            });
            assert.deepEqual(
                outcomes(await found(subscriptionChecks, "azure-sign-in", as(subscriptionId, tenantId))),
                ["ok"],
            );
            assert.equal(
                mendOf(await found(subscriptionChecks, "azure-sign-in", as("other", tenantId))),
                `az account set --subscription ${subscriptionId}`,
            );
            assert.equal(
                mendOf(await found(subscriptionChecks, "azure-sign-in", as(subscriptionId, "other"))),
                `az login --tenant ${tenantId}`,
            );
        });

        it("passes nothing in silence: no az, no sign-in, no setting", async () => {
            for (const [reason, mend] of [
                ["missing", /install-azure-cli/],
                ["signed-out", /^az login$/],
                ["failed", /az account show/],
            ] as const) {
                const azure = () => Promise.reject(new AzureCliError("no", reason));
                for (const check of [
                    ...subscriptionChecks,
                    ...machineChecks,
                    ...roleChecks,
                    ...apiServerChecks,
                ]) {
                    const findings = await found([check], check.id, { azure });
                    // Where no setting needs a feature, Azure need not be asked.
                    if (check.id !== "features") {
                        assert.deepEqual(outcomes(findings), ["unknown"], check.id);
                        assert.match(mendOf(findings), mend, check.id);
                    }
                    const unset = await found([check], check.id, { config: () => withStandIns });
                    assert.deepEqual(outcomes(unset), ["unknown"], check.id);
                }
            }
        });

        it("names each resource provider that is not registered", async () => {
            assert.ok(neededNamespaces().includes("Microsoft.ContainerService"));
            const states = neededNamespaces().map((namespace) => ({
                // Azure is not sure of its capitals.
                namespace: namespace.toLowerCase(),
                registrationState: namespace === "Microsoft.Dashboard" ? "NotRegistered" : "Registered",
            }));
            const azure = azureSaying({ "provider list": states });
            const findings = await found(subscriptionChecks, "resource-providers", { azure });
            assert.deepEqual(findings, [
                {
                    outcome: "problem",
                    detail: "Microsoft.Dashboard is not registered",
                    mend: `az provider register --namespace Microsoft.Dashboard --subscription ${subscriptionId} --wait`,
                },
            ]);
        });

        it("asks for the features that settings need, and no others", async () => {
            assert.deepEqual(outcomes(await found(subscriptionChecks, "features")), ["ok"]);
            const { cluster } = config;
            const encrypted: LandingZoneConfig = {
                ...config,
                cluster: { ...cluster, systemPool: { ...cluster.systemPool, encryptionAtHost: true } },
            };
            const azure = azureSaying({ "feature show": { properties: { state: "NotRegistered" } } });
            const findings = await found(subscriptionChecks, "features", { azure, config: () => encrypted });
            assert.match(
                mendOf(findings),
                /^az feature register --namespace Microsoft\.Compute --name EncryptionAtHost/,
            );
        });
    });

    describe("of machines", () => {
        const skus = sizes.map((name) => sku(name));
        const machines = (list: object[], usages: object[] = plenty) => ({
            azure: azureSaying({ "vm list-skus": list, "vm list-usage": usages }),
        });

        it("pass where region, zones and quota are enough", async () => {
            assert.deepEqual(
                new Set(outcomes(await found(machineChecks, "vm-sizes", machines(skus)))),
                new Set(["ok"]),
            );
            assert.deepEqual(
                new Set(outcomes(await found(machineChecks, "vm-quota", machines(skus)))),
                new Set(["ok"]),
            );
        });

        it("name the zone that a size is not to be had in", async () => {
            const restricted = sizes.map((name) =>
                sku(name, { restrictions: [{ type: "Zone", restrictionInfo: { zones: ["2"] } }] }),
            );
            const [finding] = await found(machineChecks, "vm-sizes", machines(restricted));
            assert.match(finding?.detail ?? "", /is not to be had in zone 2 of westeurope$/);
        });

        it("name a size that is closed to the subscription, or does not exist", async () => {
            const restrictions = [{ type: "Location", reasonCode: "NotAvailableForSubscription" }];
            const closed = await found(
                machineChecks,
                "vm-sizes",
                machines(sizes.map((name) => sku(name, { restrictions }))),
            );
            assert.match(closed[0]?.detail ?? "", /closed to this subscription.*NotAvailableForSubscription/);
            const none = await found(machineChecks, "vm-sizes", machines([]));
            assert.match(none[0]?.detail ?? "", /does not exist in westeurope/);
        });

        it("count every pool at its largest with the nodes of an upgrade, spot apart", async () => {
            const demands = demandsOf(config);
            const cores = (spot: boolean) =>
                demands
                    .filter((demand) => demand.spot === spot)
                    .reduce((sum, { nodes }) => sum + 4 * nodes, 0);
            // System: 3 and a surge of 1; apps: 6 and a surge of 2; spot: 5.
            assert.deepEqual([cores(false), cores(true)], [48, 20]);
            const quota = (normal: number, spot: number) => [
                usage("cores", 1000),
                usage("standardDDSv5Family", normal + 2, 2),
                usage("lowPriorityCores", spot),
            ];
            const enough = await found(machineChecks, "vm-quota", machines(skus, quota(48, 20)));
            assert.deepEqual(outcomes(enough), ["ok", "ok", "ok"]);
            const short = await found(machineChecks, "vm-quota", machines(skus, quota(47, 19)));
            assert.deepEqual(
                short.filter(({ outcome }) => outcome === "problem").map(({ detail }) => detail),
                [
                    "standardDDSv5Family: the pools at their largest take 48 cores, 47 of 49 are free (what runs already counts as taken)",
                    "lowPriorityCores: the pools at their largest take 20 cores, 19 of 19 are free",
                ],
            );
            assert.match(
                mendOf(short.filter(({ outcome }) => outcome === "problem")),
                /az quota update --resource-name standardDDSv5Family/,
            );
        });
    });

    it("asks for nothing that only the bootstrap has, and for all that the program has", async () => {
        const armTypes = programArmTypes();
        assert.ok(!armTypes.some((type) => /Microsoft\.Storage|roleDefinitions/.test(type)));
        const { resources } = await deployStack("prod");
        const used = resources.flatMap(({ type }) => azureResourceTypes[type]?.armType ?? []);
        assert.ok(used.length > 50);
        assert.deepEqual(
            used.filter((type) => !armTypes.includes(type)),
            [],
        );
    });

    describe("of roles", () => {
        const granted = (actions: string[], notActions: string[] = []) => ({
            azure: azureSaying({
                "role assignment list": [{ roleDefinitionName: "Some role" }],
                [`role definition list --name Some role --scope /subscriptions/${subscriptionId}`]: [
                    { permissions: [{ actions, notActions }] },
                ],
            }),
        });

        it("pass where every type may be written", async () => {
            assert.deepEqual(outcomes(await found(roleChecks, "deployer-roles", granted(["*"]))), ["ok"]);
            assert.deepEqual(outcomes(await found(roleChecks, "deployer-roles", granted(neededActions()))), [
                "ok",
            ]);
        });

        it("name what Contributor may not do", async () => {
            const contributor = granted(
                ["*"],
                ["Microsoft.Authorization/*/Write", "Microsoft.Authorization/*/Delete"],
            );
            const [finding] = await found(roleChecks, "deployer-roles", contributor);
            assert.match(
                finding?.detail ?? "",
                /may not: .*Microsoft\.Authorization\/roleAssignments\/write/,
            );
        });
    });

    describe("of the API server", () => {
        const cluster = (enablePrivateCluster: boolean) => ({
            "aks list": [
                {
                    name: config.names.cluster,
                    fqdn: "public.example",
                    privateFqdn: "private.example",
                    apiServerAccessProfile: { enablePrivateCluster },
                },
            ],
        });
        const refuse = (host: string) =>
            Promise.reject(Object.assign(new Error(`getaddrinfo ${host}`), { code: "ENOTFOUND" }));

        it("waits for the cluster to be there", async () => {
            const findings = await found(apiServerChecks, "api-server", {
                azure: azureSaying({ "aks list": [] }),
            });
            assert.match(findings[0]?.detail ?? "", /does not exist yet/);
        });

        it("connects to the private name of a private cluster", async () => {
            const hosts: string[] = [];
            const connect = (host: string) => Promise.resolve(void hosts.push(host));
            await found(apiServerChecks, "api-server", { azure: azureSaying(cluster(true)), connect });
            await found(apiServerChecks, "api-server", { azure: azureSaying(cluster(false)), connect });
            assert.deepEqual(hosts, ["private.example", "public.example"]);
        });

        it("says from where a private API server is reached", async () => {
            const azure = azureSaying(cluster(true));
            const findings = await found(apiServerChecks, "api-server", { azure, connect: refuse });
            assert.equal(findings[0]?.detail, "private.example cannot be reached from here (ENOTFOUND)");
            assert.match(mendOf(findings), /A private API server/);
        });
    });

    it("ends with 1 where there is a problem, as a table and as a document", async () => {
        const azure = () =>
            Promise.reject(new AzureCliError("the Azure CLI `az` is not on the PATH", "missing"));
        const more = { directory: projectFolder, azure, environment: process.env };
        const text = await driver(["doctor", "dev"], new FakeStack(), more);
        assert.equal(text.code, 1);
        assert.match(text.stdout, /^stack-file +PROBLEM +subscriptionId is still <id of/m);
        assert.match(text.stdout, /^azure-sign-in +not checked /m);
        const document = JSON.parse(
            (await driver(["doctor", "dev", "--json"], new FakeStack(), more)).stdout,
        ) as DoctorDocument;
        assert.equal(document.healthy, false);
        assert.deepEqual(
            document.checks.map(({ id }) => id),
            checks.map(({ id }) => id),
        );
    });
});
