import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as pulumi from "@pulumi/pulumi";
import { roles } from "../components/internal/roles";
import { loadConfig } from "../config";
import { readStackFile } from "../plan/stackFile";
import { landingZone } from "../program";
import { capture } from "../simulator/capture";
import { testEnvironment } from "./support/harness";
import type { CapturedResource, Deployment } from "./support/harness";
import { deployStack, projectFolder, withTypeScript, setting } from "./support/stacks";

/** The part of the engine's stand-in that calls of functions go through. */
interface Monitor {
    invoke(request: { getProvider(): string }, callback: unknown): unknown;
}

type Config = Record<string, string>;
type Change = (config: Config) => Config;

const subscriptionId = "44444444-4444-4444-8444-444444444444";
const tenantId = "55555555-5555-4555-8555-555555555555";
const hubId =
    "/subscriptions/66666666-6666-4666-8666-666666666666/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-hub";
const zoneId = (name: string) =>
    `/subscriptions/66666666-6666-4666-8666-666666666666/resourceGroups/rg-dns/providers/Microsoft.Network/privateDnsZones/${name}`;

/** The value at a path; undefined where there is none. */
function at(value: unknown, ...path: (string | number)[]): unknown {
    return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)?.[key], value);
}

/** The resource with that name. */
function resource(deployment: Deployment, name: string): CapturedResource {
    const found = deployment.resources.filter((each) => each.name === name && each.custom);
    assert.equal(found.length, 1, `${found.length} resources are called ${name}`);
    return found[0] as CapturedResource;
}

/** What an input of the resource with that name is. */
const input = (deployment: Deployment, name: string, ...path: (string | number)[]) =>
    at(resource(deployment, name).inputs, ...path);

/** The resource that an Azure id belongs to; the id itself where that is none of the stack's. */
const named = (deployment: Deployment, id: unknown) =>
    deployment.resources.find((each) => each.id !== undefined && each.id === id)?.name ?? id;

const exists = (deployment: Deployment, name: string) =>
    deployment.resources.some((each) => each.name === name);

const all = (...changes: Change[]): Change => {
    return (config) => changes.reduce((changed, change) => change(changed), config);
};
const scalar =
    (key: string, value: string): Change =>
    (config) => ({ ...config, [`aks-landing-zone:${key}`]: value });
/** Changes a setting that is a section or a list as a whole. */
const edit =
    (key: string, change: (value: Record<string, never>) => void): Change =>
    (config) => {
        const name = `aks-landing-zone:${key}`;
        const value = JSON.parse(config[name] ?? "{}") as Record<string, never>;
        change(value);
        return { ...config, [name]: JSON.stringify(value) };
    };

/** Production with whatever it leaves at its default set to something else. */
const everythingSet = all(
    scalar("subscriptionId", subscriptionId),
    scalar("tenantId", tenantId),
    setting("network", ["privateDns"], { keyVault: false, registry: false }),
    setting("network", ["hub"], { virtualNetworkId: hubId }),
    setting("network", ["trustedSources"], ["10.99.0.0/24"]),
    setting("keyVault", ["privateDnsZoneId"], zoneId("privatelink.vaultcore.azure.net")),
    setting("keyVault", ["roleAssignments"], [{ group: "support-engineers", role: "Reader" }]),
    setting("registry", ["privateDnsZoneId"], zoneId("privatelink.azurecr.io")),
    setting("monitoring", ["grafana", "privateDnsZoneId"], zoneId("privatelink.grafana.azure.com")),
    setting("monitoring", ["privateLinkOnly"], true),
    setting("monitoring", ["diagnosticCategories"], ["kube-audit"]),
    setting("cluster", ["defender"], true),
    setting("cluster", ["encryption"], { kms: true, customerManagedDisks: true }),
    setting("governance", ["policies", "excludedNamespaces"], ["legacy"]),
    setting("governance", ["policies", "internalLoadBalancersOnly"], false),
    setting("kubernetes", ["ingress", "exposure"], "Public"),
    setting("kubernetes", ["login"], "workloadidentity"),
    setting("kubernetes", ["chartMirror"], "oci://mirror.example.com/charts"),
    setting("kubernetes", ["imageRegistry"], "mirror.example.com"),
    setting("access", ["deployer", "principalType"], "User"),
    setting("access", ["createGroups"], { auditors: { displayName: "AKS auditors" } }),
    setting("tenants", ["teams", "payments", "podSecurityLevel"], "baseline"),
    setting("tenants", ["teams", "payments", "labels"], { "example.com/unit": "retail" }),
    setting("tenants", ["teams", "payments", "imagePullSecretName"], "mirror-login"),
    setting("tenants", ["teams", "payments", "serviceAccounts"], ["reports"]),
    setting("tenants", ["teams", "payments", "readers"], ["auditors"]),
    setting("tenants", ["teams", "payments", "network"], { allowSameNamespace: false }),
    setting("tenants", ["sizes", "large", "containerDefaults"], { requestCpu: "250m" }),
);

/** Non-production without what it may do without. */
const everythingOff = all(
    setting("cluster", ["upgrades", "nodePatching"], "NodeImage"),
    setting("cluster", ["dataplane"], "Azure"),
    setting("cluster", ["apiServer", "vnetIntegration"], false),
    edit("kubernetes", (value) => delete value["kured"]),
    edit("nodePools", (value) =>
        Object.assign(value, {
            win: { vmSize: "Standard_D4ds_v5", osType: "Windows", minCount: 1, maxCount: 2 },
        }),
    ),
    setting("kubernetes", ["ingress"], { controller: "None" }),
    setting("kubernetes", ["platform", "fileShareEndpoint"], "None"),
    setting("monitoring", ["prometheus"], false),
    setting("tenants", ["teams", "storefront", "workloads", "web", "keyVaultSecrets"], false),
);

describe("program, what is wired to what", function () {
    let prod: Deployment;
    let dev: Deployment;
    let full: Deployment;
    let bare: Deployment;
    const cluster = "cluster-managed-cluster";

    before(async () => {
        prod = await deployStack("prod");
        dev = await deployStack("dev");
        full = await deployStack("prod", "update", everythingSet);
        bare = await deployStack("dev", "update", everythingOff);
    });

    it("signs in to the stack's subscription and tenant", () => {
        assert.deepEqual(
            [input(full, "azure", "subscriptionId"), input(full, "azure", "tenantId")],
            [subscriptionId, tenantId],
        );
        assert.equal(input(full, "entra", "tenantId"), tenantId);
        assert.equal(input(full, "network-hub", "tenantId"), tenantId);
    });

    it("places network, cluster and what they share in the resource group of each", () => {
        const groupOf = (name: string) =>
            prod.resources.find(
                ({ type, inputs }) =>
                    type === "azure-native:resources:ResourceGroup" &&
                    inputs["resourceGroupName"] === input(prod, name, "resourceGroupName"),
            )?.name;
        const groups = {
            "network-vnet": "group-network",
            [cluster]: "group-cluster",
            "pool-apps-agent-pool": "group-cluster",
            "workload-payments-api-identity": "group-cluster",
            "vault-vault": "group-shared",
            "registry-registry": "group-shared",
            "monitoring-logs": "group-shared",
            "grafana-workspace": "group-shared",
        };
        assert.deepEqual(
            Object.fromEntries(Object.keys(groups).map((name) => [name, groupOf(name)])),
            groups,
        );
    });

    it("puts system nodes, other nodes, the API server and private endpoints into their own subnets", () => {
        assert.equal(
            named(prod, input(prod, cluster, "agentPoolProfiles", 0, "vnetSubnetID")),
            "network-system-nodes-subnet",
        );
        assert.equal(
            named(prod, input(prod, "pool-apps-agent-pool", "vnetSubnetID")),
            "network-user-nodes-subnet",
        );
        assert.equal(
            named(prod, input(prod, cluster, "apiServerAccessProfile", "subnetId")),
            "network-api-server-subnet",
        );
        const endpoints = full.ofType("azure-native:network:PrivateEndpoint");
        assert.deepEqual(
            endpoints.map(({ name, inputs }) => [name, named(full, at(inputs, "subnet", "id"))]).sort(),
            [
                ["grafana-private-link-endpoint", "network-private-endpoints-subnet"],
                ["registry-private-link-endpoint", "network-private-endpoints-subnet"],
                ["vault-private-link-endpoint", "network-private-endpoints-subnet"],
            ],
        );
    });

    it("gives the control plane each right at the resource that it is for, and nothing to the kubelet", () => {
        const rights = prod
            .ofType("azure-native:authorization:RoleAssignment")
            .filter((each) => prod.parentName(each) === "cluster-identity");
        const start = "cluster-identity-control-plane-";
        assert.deepEqual(
            Object.fromEntries(
                rights.map(({ name, inputs }) => [name.replace(start, ""), named(prod, inputs["scope"])]),
            ),
            {
                "managedIdentityOperator-kubelet": "cluster-identity-kubelet",
                "networkContributor-system": "network-system-nodes-subnet",
                "networkContributor-user": "network-user-nodes-subnet",
                "networkContributor-ingress": "network-ingress-subnet",
                "networkContributor-api-server": "network-api-server-subnet",
                "networkContributor-virtual-network": "network-vnet",
                "networkContributor-file-shares": "group-network",
                "privateDnsZoneContributor-api-server-zone": "network-api-server-zone",
                "privateDnsZoneContributor-file-shares": "group-network",
            },
        );
        const controlPlane = resource(prod, "cluster-identity-control-plane").state["principalId"];
        assert.deepEqual([...new Set(rights.map(({ inputs }) => inputs["principalId"]))], [controlPlane]);
        const scopes = dev.resources.map(({ name }) => name).filter((name) => name.endsWith("file-shares"));
        assert.equal(scopes.length, 2);
        assert.ok(!bare.resources.some(({ name }) => name.endsWith("file-shares")));
    });

    it("registers private endpoints in the stack's zones, or in those that the configuration names", () => {
        const zoneOf = (deployment: Deployment, service: string) =>
            named(
                deployment,
                input(
                    deployment,
                    `${service}-private-link-dns`,
                    "privateDnsZoneConfigs",
                    0,
                    "privateDnsZoneId",
                ),
            );
        assert.equal(zoneOf(prod, "vault"), "network-key-vault-zone");
        assert.equal(zoneOf(prod, "registry"), "network-registry-zone");
        assert.equal(zoneOf(full, "vault"), zoneId("privatelink.vaultcore.azure.net"));
        assert.equal(zoneOf(full, "registry"), zoneId("privatelink.azurecr.io"));
        assert.equal(zoneOf(full, "grafana"), zoneId("privatelink.grafana.azure.com"));
    });

    it("lets the kubelet pull from the registry", () => {
        assert.equal(
            input(prod, "registry-acrPull-kubelet", "principalId"),
            resource(prod, "cluster-identity-kubelet").state["principalId"],
        );
        assert.equal(named(prod, input(prod, "registry-acrPull-kubelet", "scope")), "registry-registry");
    });

    it("says what kind of principal deploys, and gives it the cluster", () => {
        const deployer = "cluster-aksRbacClusterAdmin-deployer";
        assert.equal(input(prod, deployer, "principalType"), "ServicePrincipal");
        assert.equal(input(full, deployer, "principalType"), "User");
        assert.equal(named(prod, input(prod, deployer, "scope")), cluster);
    });

    it("opens the network to the pods' range, trusted ranges and a public API server's own", () => {
        const ruleOf = (deployment: Deployment, subnet: string, rule: string) =>
            (input(deployment, `network-${subnet}-nsg`, "securityRules") as Record<string, unknown>[]).find(
                ({ name }) => name === rule,
            );
        assert.equal(
            ruleOf(prod, "user-nodes", "AllowPodsToPods")?.["sourceAddressPrefix"],
            input(prod, cluster, "networkProfile", "podCidr"),
        );
        assert.equal(ruleOf(prod, "api-server", "AllowTrustedSources"), undefined);
        assert.equal(
            ruleOf(full, "api-server", "AllowTrustedSources")?.["sourceAddressPrefix"],
            "10.99.0.0/24",
        );
        const authorized = input(dev, cluster, "apiServerAccessProfile", "authorizedIPRanges") as string[];
        assert.equal(authorized.length, 1);
        assert.equal(
            ruleOf(dev, "api-server", "AllowTrustedSources")?.["sourceAddressPrefix"],
            authorized[0],
        );
        // Without a subnet of its own the API server is not behind the network's rules.
        assert.equal(ruleOf(bare, "private-endpoints", "AllowTrustedSources"), undefined);
        assert.equal(ruleOf(prod, "user-nodes", "AllowPublicIngress"), undefined);
        assert.equal(ruleOf(full, "user-nodes", "AllowPublicIngress")?.["sourceAddressPrefix"], "Internet");
    });

    it("assigns the policies to the cluster's group, without kured's namespace only where kured runs", () => {
        const excluded = (deployment: Deployment) =>
            input(deployment, "governance-pod-security", "parameters", "excludedNamespaces", "value") as
                string[] | undefined;
        const namespaces = excluded(full) ?? [];
        assert.ok(namespaces.includes("legacy") && namespaces.includes("kured"), namespaces.join(", "));
        assert.ok(excluded(dev)?.includes("kured"));
        assert.ok(!excluded(bare)?.includes("kured"));
        for (const { inputs } of prod.ofType("azure-native:authorization:PolicyAssignment")) {
            assert.equal(named(prod, inputs["scope"]), "group-cluster");
        }
    });

    it("refuses public load balancers where the configuration says so, whatever the ingress is", async () => {
        assert.ok(exists(prod, "governance-internal-load-balancers"));
        assert.ok(!exists(full, "governance-internal-load-balancers"));
        const withoutPolicy = await deployStack(
            "dev",
            "update",
            setting("governance", ["policies", "internalLoadBalancersOnly"], false),
        );
        assert.ok(!exists(withoutPolicy, "governance-internal-load-balancers"));
        const publicIngress = await deployStack(
            "dev",
            "update",
            setting("kubernetes", ["ingress", "exposure"], "Public"),
        );
        assert.ok(exists(publicIngress, "governance-internal-load-balancers"));
    });

    it("names each trusted range once where one lies in another", async () => {
        const widely = setting("network", ["trustedSources"], ["198.51.100.0/24"]);
        const narrowly = setting(
            "cluster",
            ["apiServer", "authorizedIpRanges"],
            ["198.51.100.0/25", "203.0.113.0/24"],
        );
        const deployment = await deployStack("dev", "update", (config) => widely(narrowly(config)));
        const rules = input(deployment, "network-api-server-nsg", "securityRules") as Record<
            string,
            unknown
        >[];
        const trusted = rules.find((rule) => rule["name"] === "AllowTrustedSources");
        assert.deepEqual(trusted?.["sourceAddressPrefixes"], ["198.51.100.0/24", "203.0.113.0/24"]);
    });

    it("watches the spending of the subscription", () => {
        assert.equal(input(full, "governance-budget", "scope"), `/subscriptions/${subscriptionId}`);
    });

    it("locks vault, registry and logs, each by its own lock", () => {
        const locks = ["vault", "registry", "logs"].map((key) =>
            named(prod, input(prod, `governance-lock-${key}`, "scope")),
        );
        assert.deepEqual(locks, ["vault-vault", "registry-registry", "monitoring-logs"]);
    });

    it("gives groups their roles in the vault", () => {
        const assignment = resource(full, "vault-keyVaultReader-support-engineers").inputs;
        assert.equal(assignment["principalType"], "Group");
        assert.equal(
            assignment["principalId"],
            input(full, "grafana-grafanaViewer-support-engineers", "principalId"),
        );
    });

    it("encrypts secrets with one key and disks with the other, and lets only disk encryption past the firewall", () => {
        const kms = input(full, cluster, "securityProfile", "azureKeyVaultKms");
        assert.equal(at(kms, "keyVaultNetworkAccess"), "Private");
        assert.equal(named(full, at(kms, "keyVaultResourceId")), "vault-vault");
        assert.match(String(at(kms, "keyId")), /\/keys\/kubernetes-secrets\/[0-9a-f]{32}$/);
        assert.match(
            String(input(full, "disk-encryption-set", "activeKey", "keyUrl")),
            /\/keys\/disks\/[0-9a-f]{32}$/,
        );
        assert.equal(
            named(
                full,
                input(full, "platform-storage-class-disk-premium-zrs", "parameters", "diskEncryptionSetID"),
            ),
            "disk-encryption-set",
        );
        assert.equal(input(full, "vault-vault", "properties", "networkAcls", "bypass"), "AzureServices");
        assert.equal(input(prod, "vault-vault", "properties", "networkAcls", "bypass"), "None");
    });

    it("hands the configuration's choices about logs and metrics to all who need them", () => {
        const endpoint = "cluster-monitoring-prometheus-endpoint";
        assert.equal(input(prod, endpoint, "networkAcls", "publicNetworkAccess"), "Enabled");
        assert.equal(input(full, endpoint, "networkAcls", "publicNetworkAccess"), "Disabled");
        assert.equal(input(full, "monitoring-logs", "publicNetworkAccessForQuery"), "Disabled");
        assert.deepEqual(input(full, "cluster-monitoring-control-plane-logs", "logs"), [
            { category: "kube-audit", enabled: true },
        ]);
        assert.equal(
            input(full, cluster, "securityProfile", "defender", "securityMonitoring", "enabled"),
            true,
        );
        assert.equal(input(prod, cluster, "securityProfile", "defender"), undefined);
        assert.equal(
            named(prod, input(prod, "cluster-monitoring-node-cpu", "actions", 0, "actionGroupId")),
            "monitoring-action-group",
        );
        const settings = prod.ofType("azure-native:monitor:DiagnosticSetting");
        assert.deepEqual(
            [...new Set(settings.map(({ inputs }) => named(prod, inputs["workspaceId"])))],
            ["monitoring-logs"],
        );
        assert.deepEqual(
            settings
                .filter(({ name }) => !name.startsWith("network-"))
                .map(({ inputs }) => named(prod, inputs["resourceUri"]))
                .sort(),
            [cluster, "registry-registry", "vault-vault"],
        );
    });

    it("lets the cluster's administrators administer Grafana, and the others look", () => {
        assert.equal(
            input(prod, "grafana-grafanaAdmin-platform-engineers", "principalId"),
            input(prod, cluster, "aadProfile", "adminGroupObjectIDs", 0),
        );
        assert.ok(exists(prod, "grafana-grafanaViewer-support-engineers"));
        assert.ok(!exists(prod, "grafana-grafanaAdmin-support-engineers"));
    });

    it("lets Grafana read the stack's three resource groups", () => {
        for (const group of ["network", "cluster", "shared"]) {
            assert.equal(
                named(prod, input(prod, `grafana-monitoringReader-${group}`, "scope")),
                `group-${group}`,
            );
        }
    });

    it("hands the dataplane to cluster and pools", () => {
        assert.equal(input(bare, cluster, "networkProfile", "networkDataplane"), "azure");
        assert.equal(input(bare, "pool-win-agent-pool", "osType"), "Windows");
        assert.equal(input(prod, cluster, "networkProfile", "networkDataplane"), "cilium");
    });

    it("lets AKS delete the node pools with the cluster", () => {
        const { urn } = resource(dev, cluster);
        const pools = dev.ofType("azure-native:containerservice:AgentPool");
        assert.deepEqual(
            pools.map(({ options }) => options.deletedWith),
            [urn, urn],
        );
    });

    it("binds the Kubernetes provider to its cluster and waits for everybody's access", () => {
        const provider = resource(prod, "kubernetes");
        assert.equal(named(prod, provider.inputs["clusterIdentifier"]), cluster);
        assert.equal(provider.inputs["enableServerSideApply"], "true");
        assert.equal(provider.options.deletedWith, resource(prod, cluster).urn);
        const waitsFor = prod.dependencyNames(provider);
        const access = prod.resources
            .map(({ name, custom }) => (custom ? name : ""))
            .filter((name) => name.startsWith("access-"));
        assert.ok(access.length > 10, access.join(", "));
        assert.deepEqual(
            access.filter((name) => !waitsFor.includes(name)),
            [],
        );
        assert.match(String(input(full, "kubernetes", "kubeconfig")), /"--login","workloadidentity"/);
    });

    it("lets everything inside the cluster wait until the deployer's role works there", () => {
        const inside = prod.resources.filter(({ custom, type }) => custom && type.startsWith("kubernetes:"));
        assert.ok(inside.length > 50, `${inside.length} Kubernetes resources`);
        assert.deepEqual(
            inside
                .filter(({ options }) => !options.errorHooks.includes("retry-until-access-works"))
                .map(({ name }) => name),
            [],
        );
    });

    it("hands mirror, image registry, priority and subnet to what it installs", () => {
        for (const addon of ["ingress", "kured"]) {
            const release = `${addon}-release`;
            assert.match(String(input(full, release, "chart")), /^oci:\/\/mirror\.example\.com\/charts\//);
            assert.match(JSON.stringify(input(full, release, "values")), /"mirror\.example\.com/);
            assert.equal(input(prod, release, "values", "priorityClassName"), "platform-critical");
        }
        assert.equal(input(prod, "kured-namespace", "metadata", "name"), "kured");
        assert.equal(
            input(
                prod,
                "ingress-release",
                "values",
                "service",
                "annotations",
                "service.beta.kubernetes.io/azure-load-balancer-internal-subnet",
            ),
            input(prod, "network-ingress-subnet", "subnetName"),
        );
    });

    it("asks for scraping only where there is managed Prometheus to do it", async () => {
        const quiet = await deployStack("dev", "update", setting("monitoring", ["prometheus"], false));
        for (const addon of ["ingress", "kured"]) {
            assert.ok(exists(quiet, `${addon}-release`));
            assert.ok(!exists(quiet, `${addon}-pod-monitor`));
            assert.ok(exists(dev, `${addon}-pod-monitor`));
        }
    });

    it("lets the ingress controller's namespace into the tenants', where there is one", () => {
        const policy = "tenant-payments-prod-allow-ingress-controller";
        const selector = input(
            prod,
            policy,
            "spec",
            "ingress",
            0,
            "from",
            0,
            "namespaceSelector",
            "matchLabels",
        );
        assert.deepEqual(selector, {
            "kubernetes.io/metadata.name": input(prod, "ingress-namespace", "metadata", "name"),
        });
        assert.ok(exists(dev, "tenant-payments-dev-allow-ingress-controller"));
        assert.ok(!exists(bare, "tenant-payments-dev-allow-ingress-controller"));
    });

    it("hands a team's settings to its namespaces", () => {
        const tenant = "tenant-payments-prod";
        const labels = input(full, `${tenant}-namespace`, "metadata", "labels") as Record<string, string>;
        assert.equal(labels["example.com/unit"], "retail");
        assert.equal(labels["pod-security.kubernetes.io/enforce"], "baseline");
        assert.equal(labels["aks-landing-zone/tenant"], "payments");
        assert.equal(labels["aks-landing-zone/environment"], "prod");
        assert.deepEqual(input(full, `${tenant}-default-service-account`, "imagePullSecrets"), [
            { name: "mirror-login" },
        ]);
        assert.ok(exists(full, `${tenant}-service-account-reports`));
        assert.ok(!exists(full, `${tenant}-allow-same-namespace`));
        assert.equal(input(full, `${tenant}-limits`, "spec", "limits", 0, "defaultRequest", "cpu"), "250m");
        assert.equal(input(full, `${tenant}-quota`, "spec", "hard", "pods"), "200");
        assert.deepEqual(
            input(full, `${tenant}-priority-quota`, "spec", "scopeSelector", "matchExpressions", 1, "values"),
            ["tenant-high"],
        );
        assert.ok(
            full
                .dependencyNames(resource(full, `${tenant}-namespace`))
                .includes("platform-priority-class-platform-critical"),
        );
    });

    it("gives developers and readers the same rights in Kubernetes as in Azure", () => {
        const subjects = (deployment: Deployment, binding: string) =>
            (input(deployment, binding, "subjects") as { name: string }[]).map(({ name }) => name);
        const groupsWith = (deployment: Deployment, role: string, namespace: string) =>
            deployment.resources
                .filter(({ name }) => name.startsWith(`access-${role}-${namespace}.`))
                .map(({ inputs }) => inputs["principalId"]);
        for (const namespace of ["payments-prod", "storefront-prod"]) {
            for (const [role, binding] of [
                ["aksRbacWriter", "developers"],
                ["aksRbacReader", "readers"],
            ] as const) {
                const groups = groupsWith(prod, role, namespace);
                assert.ok(groups.length > 0);
                assert.deepEqual(subjects(prod, `tenant-${namespace}-${binding}`).sort(), groups.sort());
            }
        }
        assert.deepEqual(subjects(full, "tenant-payments-prod-readers"), [
            resource(full, "groups-auditors").state["objectId"],
        ]);
    });

    it("lets a workload read the vault's secrets where its team says so, and nothing else", () => {
        const assignment = resource(prod, "workload-payments-api-role-vault-secrets").inputs;
        assert.equal(named(prod, assignment["scope"]), "vault-vault");
        assert.ok(String(assignment["roleDefinitionId"]).endsWith(roles.keyVaultSecretsUser.id));
        assert.equal(
            assignment["principalId"],
            resource(prod, "workload-payments-api-identity").state["principalId"],
        );
        assert.ok(exists(bare, "workload-payments-api-role-vault-secrets"));
        assert.ok(!exists(bare, "workload-storefront-web-role-vault-secrets"));
    });

    it("makes a workload's service accounts once their namespaces exist, trusted by the cluster's issuer", () => {
        const account = "workload-payments-api-account-payments-prod.payments-api";
        assert.ok(prod.dependencyNames(resource(prod, account)).includes("tenant-payments-prod-namespace"));
        assert.equal(
            input(prod, "workload-payments-api-credential-payments-prod.payments-api", "issuer"),
            at(resource(prod, cluster).state, "oidcIssuerProfile", "issuerURL"),
        );
    });

    it("exports what the outputs' names say", () => {
        const { outputs } = prod;
        const ids = {
            clusterId: cluster,
            virtualNetworkId: "network-vnet",
            keyVaultId: "vault-vault",
            registryId: "registry-registry",
            logAnalyticsWorkspaceId: "monitoring-logs",
            azureMonitorWorkspaceId: "monitoring-metrics",
            actionGroupId: "monitoring-action-group",
        };
        for (const [output, name] of Object.entries(ids)) {
            assert.equal(named(prod, outputs[output]), name, output);
        }
        const states: Record<string, [string, ...(string | number)[]]> = {
            clusterName: [cluster, "name"],
            clusterResourceGroupName: ["group-cluster", "name"],
            clusterPrivateFqdn: [cluster, "privateFQDN"],
            oidcIssuerUrl: [cluster, "oidcIssuerProfile", "issuerURL"],
            nodeResourceGroupName: [cluster, "nodeResourceGroup"],
            controlPlanePrincipalId: ["cluster-identity-control-plane", "principalId"],
            kubeletIdentityClientId: ["cluster-identity-kubelet", "clientId"],
            keyVaultName: ["vault-vault", "name"],
            keyVaultUri: ["vault-vault", "properties", "vaultUri"],
            registryName: ["registry-registry", "name"],
            registryLoginServer: ["registry-registry", "loginServer"],
            grafanaEndpoint: ["grafana-workspace", "properties", "endpoint"],
        };
        for (const [output, [name, ...path]] of Object.entries(states)) {
            assert.ok(outputs[output], output);
            assert.equal(outputs[output], at(resource(prod, name).state, ...path), output);
        }
        assert.equal(dev.outputs["clusterFqdn"], resource(dev, cluster).state["fqdn"]);
        assert.equal(outputs["ingressClassName"], "traefik");
        assert.deepEqual(outputs["nodePoolNames"], [input(prod, "pool-apps-agent-pool", "agentPoolName")]);
        assert.deepEqual(
            outputs["egressPublicIpAddresses"],
            ["network-egress-1-ip", "network-egress-2-ip"].map(
                (name) => resource(prod, name).state["ipAddress"],
            ),
        );
        assert.deepEqual(
            outputs["workloadClientIds"],
            Object.fromEntries(
                ["payments-api", "storefront-web"].map((name) => [
                    name,
                    resource(prod, `workload-${name}-identity`).state["clientId"],
                ]),
            ),
        );
    });
});

describe("program, calls of functions", () => {
    it("go through a provider of the program, never through one that is logged in by chance", async () => {
        const { project, values, secretKeys } = readStackFile(projectFolder, "dev");
        const providers: string[] = [];
        await capture(
            () => {
                const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
                const invoke = monitor.invoke.bind(monitor);
                monitor.invoke = (request, callback) => {
                    providers.push(request.getProvider());
                    return invoke(request, callback);
                };
                return landingZone(loadConfig({ placeholders: "standIn" }));
            },
            {
                project,
                stack: "dev",
                phase: "update",
                config: values,
                secretKeys,
                environment: testEnvironment,
            },
        );
        assert.equal(providers.length, 1);
        assert.match(providers[0] ?? "", /::pulumi:providers:azure-native::azure::/);
    });
});

describe("program, entry point", () => {
    it("refuses to deploy while placeholders are left, and says which", function () {
        const { values } = readStackFile(projectFolder, "dev");
        const { status, stderr } = spawnSync(
            process.execPath,
            [...withTypeScript, "--eval", 'require("./index.ts")'],
            {
                cwd: projectFolder,
                encoding: "utf8",
                env: { ...process.env, PULUMI_CONFIG: JSON.stringify(values) },
            },
        );
        assert.equal(status, 1);
        assert.match(
            stderr,
            /aks-landing-zone:subscriptionId: found "<id of the non-production subscription>", allowed is .* Replace the placeholder\./,
        );
    });
});
