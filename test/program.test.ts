import * as assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import type { CapturedResource, Deployment } from "./support/harness";
import { deployStack, setting } from "./support/stacks";

const stacks = ["dev", "prod"];

const isSteady = ({ inputs }: CapturedResource) => inputs["scaleSetPriority"] !== "Spot";

/** One line of a golden file: what a reviewer wants to see change when the program changes. */
function goldenLine(deployment: Deployment, resource: CapturedResource): string {
    const parent = deployment.parentName(resource);
    const isTopLevel = parent === undefined || parent.startsWith("aks-landing-zone-");
    return [
        resource.type,
        resource.name,
        isTopLevel ? "" : `in ${parent}`,
        resource.options.protect ? "protected" : "",
    ]
        .filter((part) => part !== "")
        .join("  ");
}

function goldenList(deployment: Deployment): string[] {
    return deployment.resources
        .filter(({ type }) => type !== "pulumi:pulumi:Stack")
        .map((resource) => goldenLine(deployment, resource))
        .sort();
}

const typesAndNames = (deployment: Deployment) =>
    deployment.resources.map(({ type, name }) => `${type} ${name}`).sort();

for (const stack of stacks) {
    describe(`program, stack ${stack}`, function () {
        let deployment: Deployment;

        before(async () => {
            deployment = await deployStack(stack);
        });

        it("declares the resources of the golden list", () => {
            const file = path.join(__dirname, "golden", `${stack}.txt`);
            const actual = goldenList(deployment);
            if (process.env["UPDATE_GOLDEN"]) {
                mkdirSync(path.dirname(file), { recursive: true });
                writeFileSync(file, `${actual.join("\n")}\n`);
            }
            assert.ok(existsSync(file), `${file} is missing: run UPDATE_GOLDEN=1 npm test`);
            const expected = readFileSync(file, "utf8").trimEnd().split("\n");
            const gone = expected.filter((line) => !actual.includes(line)).map((line) => `- ${line}`);
            const added = actual.filter((line) => !expected.includes(line)).map((line) => `+ ${line}`);
            assert.deepEqual(
                [...gone, ...added],
                [],
                `resources differ from test/golden/${stack}.txt; if that is meant, run UPDATE_GOLDEN=1 npm test`,
            );
            assert.equal(actual.length, expected.length);
        });

        it("declares the same resources before the first deployment as after it", async () => {
            const preview = await deployStack(stack, "preview");
            assert.deepEqual(typesAndNames(preview), typesAndNames(deployment));
        });

        it("gives every resource an explicit provider", () => {
            const withDefault = deployment.resources
                .filter(({ custom, type }) => custom && !type.startsWith("pulumi:"))
                .filter(({ provider }) => !/::(azure|kubernetes)::/.test(provider))
                .map(({ name, provider }) => `${name}: ${provider}`);
            assert.deepEqual(withDefault, []);
        });

        it("has unique URNs and Azure ids", () => {
            const repeated = (values: string[]) =>
                values.filter((value, index) => values.indexOf(value) !== index);
            assert.deepEqual(repeated(deployment.resources.map(({ urn }) => urn)), []);
            const azureIds = deployment.resources.filter(({ type }) => type.startsWith("azure-native:"));
            assert.deepEqual(repeated(azureIds.map(({ id }) => (id ?? "").toLowerCase())), []);
        });

        it("keeps the kubeconfig secret and puts no secret into an output", () => {
            const provider = deployment.one("pulumi:providers:kubernetes");
            assert.deepEqual(provider.secretInputs, ["kubeconfig"]);
            assert.deepEqual(deployment.captured.secretOutputs, []);
            const kubeconfig = String(provider.inputs["kubeconfig"]);
            assert.match(kubeconfig, /"command":"kubelogin"/);
            assert.match(kubeconfig, /"--login","azurecli"/);
            assert.doesNotMatch(kubeconfig, /devicecode/);
            assert.ok(!JSON.stringify(deployment.outputs).includes("kubelogin"));
        });

        it("waits for the cluster identity's roles before it makes the cluster", () => {
            const waitsFor = deployment.dependencyNames(
                deployment.one("azure-native:containerservice:ManagedCluster"),
            );
            const roles = deployment
                .ofType("azure-native:authorization:RoleAssignment")
                .filter((resource) => deployment.parentName(resource) === "cluster-identity")
                .map(({ name }) => name);
            assert.ok(roles.length >= 4, roles.join(", "));
            assert.deepEqual(
                roles.filter((name) => !waitsFor.includes(name)),
                [],
            );
        });

        it("changes the cluster one operation at a time", () => {
            const [first, ...others] = deployment.ofType("azure-native:containerservice:AgentPool");
            assert.ok(first);
            const windows = deployment.ofType("azure-native:containerservice:MaintenanceConfiguration");
            const names = new Set(deployment.dependencyNames(first));
            assert.ok(
                windows.some(({ name }) => names.has(name)),
                `${first.name} waits for ${[...names].join(", ")}`,
            );
            let previous = first;
            for (const pool of others) {
                assert.ok(deployment.dependencyNames(pool).includes(previous.name), pool.name);
                previous = pool;
            }
        });

        it("starts nothing in the cluster before policies, roles and nodes are there", () => {
            const provider = deployment.dependencyNames(deployment.one("pulumi:providers:kubernetes"));
            const needed = [
                ...deployment.ofType("azure-native:authorization:PolicyAssignment"),
                ...deployment.ofType("azure-native:containerservice:AgentPool").filter(isSteady),
                ...deployment
                    .ofType("azure-native:authorization:RoleAssignment")
                    .filter(({ name }) => /AksRbacClusterAdmin-deployer|AcrPull-kubelet/i.test(name)),
            ].map(({ name }) => name);
            assert.ok(needed.length >= 4, needed.join(", "));
            assert.deepEqual(
                needed.filter((name) => !provider.includes(name)),
                [],
            );
        });

        it("waits with the cluster's inside for no pool whose nodes come and go", () => {
            const provider = deployment.dependencyNames(deployment.one("pulumi:providers:kubernetes"));
            const spot = deployment
                .ofType("azure-native:containerservice:AgentPool")
                .filter((pool) => !isSteady(pool))
                .map(({ name }) => name);
            assert.equal(spot.length, stack === "dev" ? 1 : 0);
            assert.deepEqual(
                spot.filter((name) => provider.includes(name)),
                [],
            );
        });

        it("has no component that waits for what only one of its children needs", () => {
            const waiting = deployment.resources.filter(
                ({ custom, type, inputs }) =>
                    !custom && type.startsWith("aks-landing-zone:") && Object.keys(inputs).length > 0,
            );
            assert.deepEqual(
                waiting.map(({ name }) => name),
                [],
            );
        });

        it("deletes what is in the cluster with the cluster", () => {
            const cluster = deployment.one("azure-native:containerservice:ManagedCluster");
            const left = deployment.resources
                .filter(({ type, custom }) => custom && type.startsWith("kubernetes:"))
                .filter(({ options }) => options.deletedWith !== cluster.urn)
                .map(({ name }) => name);
            assert.deepEqual(left, []);
        });

        it("leaves to the cluster's deletion nothing in Azure but what goes with it", () => {
            const cluster = deployment.one("azure-native:containerservice:ManagedCluster");
            const skipped = deployment.resources.filter(
                ({ type, options }) => !type.startsWith("kubernetes:") && options.deletedWith === cluster.urn,
            );
            const types = [...new Set(skipped.map(({ type }) => type))].sort();
            // Components hand the option down in the engine: those here have nothing but objects in the cluster, or pools.
            assert.deepEqual(types, [
                "aks-landing-zone:index:Ingress",
                "aks-landing-zone:index:Kured",
                "aks-landing-zone:index:NodePool",
                "aks-landing-zone:index:Platform",
                "aks-landing-zone:index:Tenant",
                "azure-native:containerservice:AgentPool",
                "azure-native:containerservice:MaintenanceConfiguration",
                "azure-native:monitor:DataCollectionRuleAssociation",
                "pulumi:providers:kubernetes",
            ]);
        });

        it("tags every Azure resource that takes tags", () => {
            const untagged = deployment.resources
                .filter(({ type }) => taggableTypes.includes(type))
                .filter(({ inputs }) => {
                    const tags = (inputs["tags"] ?? {}) as Record<string, string>;
                    return tags["managed-by"] !== "pulumi" || tags["environment"] !== stack;
                })
                .map(({ name }) => name);
            assert.deepEqual(untagged, []);
            const unknownTypes = deployment.resources
                .filter(({ type }) => type.startsWith("azure-native:"))
                .filter(({ type }) => !taggableTypes.includes(type) && !untaggableTypes.includes(type))
                .map(({ type }) => type);
            assert.deepEqual([...new Set(unknownTypes)], [], "say of each new type whether it takes tags");
        });

        it("exports the documented outputs", () => {
            const readme = readFileSync(path.join(__dirname, "..", "README.md"), "utf8");
            const documented = [...readme.matchAll(/^\| `(\w+)` +\|/gm)].map(([, name]) => name);
            const names = Object.keys(deployment.outputs);
            assert.deepEqual(
                names.filter((name) => !documented.includes(name)),
                [],
            );
            assert.deepEqual(names.sort(), expectedOutputs[stack]?.slice().sort());
        });
    });
}

const commonOutputs = [
    "actionGroupId",
    "azureMonitorWorkspaceId",
    "clusterId",
    "clusterName",
    "clusterResourceGroupName",
    "controlPlanePrincipalId",
    "egressPublicIpAddresses",
    "ingressClassName",
    "keyVaultId",
    "keyVaultName",
    "keyVaultUri",
    "kubeletIdentityClientId",
    "logAnalyticsWorkspaceId",
    "nodePoolNames",
    "nodeResourceGroupName",
    "oidcIssuerUrl",
    "registryId",
    "registryLoginServer",
    "registryName",
    "tenantNamespaces",
    "virtualNetworkId",
    "workloadClientIds",
];
const expectedOutputs: Record<string, string[]> = {
    dev: [...commonOutputs, "clusterFqdn"],
    prod: [...commonOutputs, "clusterPrivateFqdn", "grafanaEndpoint"],
};

const taggableTypes = [
    "azure-native:alertsmanagement:PrometheusRuleGroup",
    "azure-native:containerregistry:Registry",
    "azure-native:containerregistry:Replication",
    "azure-native:containerservice:AgentPool",
    "azure-native:containerservice:ManagedCluster",
    "azure-native:dashboard:Grafana",
    "azure-native:keyvault:Vault",
    "azure-native:managedidentity:UserAssignedIdentity",
    "azure-native:monitor:ActionGroup",
    "azure-native:monitor:ActivityLogAlert",
    "azure-native:monitor:AzureMonitorWorkspace",
    "azure-native:monitor:DataCollectionEndpoint",
    "azure-native:monitor:DataCollectionRule",
    "azure-native:monitor:MetricAlert",
    "azure-native:monitor:ScheduledQueryRule",
    "azure-native:network:NatGateway",
    "azure-native:network:NetworkSecurityGroup",
    "azure-native:network:PrivateEndpoint",
    "azure-native:network:PublicIPAddress",
    "azure-native:network:VirtualNetwork",
    "azure-native:operationalinsights:Workspace",
    "azure-native:privatedns:PrivateZone",
    "azure-native:privatedns:VirtualNetworkLink",
    "azure-native:resources:Deployment",
    "azure-native:resources:ResourceGroup",
];
const untaggableTypes = [
    "azure-native:authorization:ManagementLockByScope",
    "azure-native:authorization:PolicyAssignment",
    "azure-native:authorization:RoleAssignment",
    "azure-native:consumption:Budget",
    "azure-native:containerservice:MaintenanceConfiguration",
    "azure-native:managedidentity:FederatedIdentityCredential",
    "azure-native:monitor:DataCollectionRuleAssociation",
    "azure-native:monitor:DiagnosticSetting",
    "azure-native:network:PrivateDnsZoneGroup",
    "azure-native:network:Subnet",
];

describe("program, differences between the stacks", () => {
    let dev: Deployment;
    let prod: Deployment;
    const cluster = (deployment: Deployment) =>
        deployment.one("azure-native:containerservice:ManagedCluster").inputs;

    before(async () => {
        dev = await deployStack("dev");
        prod = await deployStack("prod");
    });

    it("keeps production's API server private, with a zone of its own", () => {
        const access = cluster(prod)["apiServerAccessProfile"] as Record<string, unknown>;
        assert.equal(access["enablePrivateCluster"], true);
        assert.equal(access["enableVnetIntegration"], true);
        assert.match(String(access["privateDNSZone"]), /privateDnsZones\/private\.westeurope\.azmk8s\.io$/);
        assert.equal(access["disableRunCommand"], true);
    });

    it("opens dev's API server to the listed ranges only", () => {
        const access = cluster(dev)["apiServerAccessProfile"] as Record<string, unknown>;
        assert.equal(access["enablePrivateCluster"], false);
        const ranges = access["authorizedIPRanges"] as string[];
        assert.ok(ranges.length > 0 && !ranges.includes("0.0.0.0/0"), ranges.join(", "));
    });

    it("gives dev a dev and a stage namespace for each team, prod one", () => {
        const namespaces = (deployment: Deployment) => deployment.outputs["tenantNamespaces"];
        assert.deepEqual(namespaces(dev), [
            "analytics-dev",
            "analytics-stage",
            "payments-dev",
            "payments-stage",
            "storefront-dev",
            "storefront-stage",
        ]);
        assert.deepEqual(namespaces(prod), ["analytics-prod", "payments-prod", "storefront-prod"]);
    });

    it("protects and locks production only", () => {
        const protectedTypes = (deployment: Deployment) =>
            new Set(deployment.resources.filter(({ options }) => options.protect).map(({ type }) => type));
        assert.equal(protectedTypes(dev).size, 0);
        for (const type of [
            "azure-native:containerservice:ManagedCluster",
            "azure-native:containerregistry:Registry",
            "azure-native:keyvault:Vault",
            "azure-native:network:VirtualNetwork",
            "azure-native:operationalinsights:Workspace",
            "kubernetes:core/v1:Namespace",
        ]) {
            assert.ok(protectedTypes(prod).has(type), type);
        }
        const locks = "azure-native:authorization:ManagementLockByScope";
        assert.equal(dev.ofType(locks).length, 0);
        assert.equal(prod.ofType(locks).length, 3);
    });

    it("does not protect what must come and go: pools, role assignments, network policies", () => {
        for (const type of [
            "azure-native:containerservice:AgentPool",
            "azure-native:authorization:RoleAssignment",
            "kubernetes:networking.k8s.io/v1:NetworkPolicy",
            "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
        ]) {
            const protectedOnes = prod.ofType(type).filter(({ options }) => options.protect);
            assert.deepEqual(
                protectedOnes.map(({ name }) => name),
                [],
            );
        }
    });

    it("spreads production over three zones and replicates its images", () => {
        const pools = cluster(prod)["agentPoolProfiles"] as { availabilityZones: string[] }[];
        assert.deepEqual(
            pools.map(({ availabilityZones }) => availabilityZones),
            [["1", "2", "3"]],
        );
        for (const { inputs } of prod.ofType("azure-native:containerservice:AgentPool")) {
            assert.deepEqual(inputs["availabilityZones"], ["1", "2", "3"]);
        }
        assert.equal(
            prod.one("azure-native:containerregistry:Replication").inputs["location"],
            "northeurope",
        );
    });

    it("lets nodes patch themselves exactly where kured restarts them", async () => {
        const channel = (deployment: Deployment) =>
            (cluster(deployment)["autoUpgradeProfile"] as Record<string, unknown>)["nodeOSUpgradeChannel"];
        const hasKured = (deployment: Deployment) =>
            deployment
                .ofType("kubernetes:helm.sh/v3:Release")
                .some(({ inputs }) => inputs["name"] === "kured");
        for (const deployment of [dev, prod]) {
            assert.equal(channel(deployment), "Unmanaged");
            assert.ok(hasKured(deployment));
        }
        const change = (config: Record<string, string>) => {
            const kubernetes = JSON.parse(config["aks-landing-zone:kubernetes"] ?? "{}") as Record<
                string,
                unknown
            >;
            delete kubernetes["kured"];
            return setting(
                "cluster",
                ["upgrades", "nodePatching"],
                "NodeImage",
            )({
                ...config,
                "aks-landing-zone:kubernetes": JSON.stringify(kubernetes),
            });
        };
        const imaged = await deployStack("dev", "update", change);
        assert.equal(channel(imaged), "NodeImage");
        assert.ok(!hasKured(imaged));
    });

    it("routes through a hub's firewall when the stack says so", async () => {
        const egress = { type: "Firewall", firewallPrivateIpAddress: "10.0.0.4" };
        const routed = await deployStack("dev", "update", setting("network", ["egress"], egress));
        assert.equal(
            (cluster(routed)["networkProfile"] as Record<string, unknown>)["outboundType"],
            "userDefinedRouting",
        );
        assert.equal(routed.ofType("azure-native:network:NatGateway").length, 0);
        assert.equal(routed.ofType("azure-native:network:RouteTable").length, 1);
    });

    it("creates Entra groups when the stack says so, and hands their ids on", async () => {
        const change = (config: Record<string, string>) => {
            const access = JSON.parse(config["aks-landing-zone:access"] ?? "{}") as {
                groups: Record<string, string>;
                createGroups?: Record<string, object>;
            };
            delete access.groups["platform-engineers"];
            access.createGroups = { "platform-engineers": { displayName: "AKS platform engineers" } };
            return { ...config, "aks-landing-zone:access": JSON.stringify(access) };
        };
        const created = await deployStack("dev", "update", change);
        const group = created.one("azuread:index/group:Group");
        const aad = cluster(created)["aadProfile"] as Record<string, unknown>;
        assert.deepEqual(aad["adminGroupObjectIDs"], [group.state["objectId"]]);
        assert.equal(dev.ofType("azuread:index/group:Group").length, 0);
    });

    it("encrypts secrets and disks with the vault's keys when the stack says so", async () => {
        const encrypted = await deployStack(
            "prod",
            "update",
            setting("cluster", ["encryption"], { kms: true, customerManagedDisks: true }),
        );
        const security = cluster(encrypted)["securityProfile"] as {
            azureKeyVaultKms: Record<string, unknown>;
        };
        assert.equal(security.azureKeyVaultKms["enabled"], true);
        assert.match(String(security.azureKeyVaultKms["keyId"]), /\/keys\/kubernetes-secrets\//);
        assert.match(String(cluster(encrypted)["diskEncryptionSetID"]), /diskEncryptionSets\//);
        assert.equal(encrypted.ofType("azure-native:keyvault:Key").length, 2);
        assert.equal(prod.ofType("azure-native:keyvault:Key").length, 0);
    });
});
