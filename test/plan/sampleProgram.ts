import * as alertsmanagement from "@pulumi/azure-native/alertsmanagement";
import * as authorization from "@pulumi/azure-native/authorization";
import * as containerregistry from "@pulumi/azure-native/containerregistry";
import * as containerservice from "@pulumi/azure-native/containerservice";
import * as keyvault from "@pulumi/azure-native/keyvault";
import * as managedidentity from "@pulumi/azure-native/managedidentity";
import * as monitor from "@pulumi/azure-native/monitor";
import * as network from "@pulumi/azure-native/network";
import * as operationalinsights from "@pulumi/azure-native/operationalinsights";
import * as privatedns from "@pulumi/azure-native/privatedns";
import { Provider } from "@pulumi/azure-native/provider";
import * as resources from "@pulumi/azure-native/resources";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { roleDefinitionId } from "../../components/internal/roles";
import type { RoleKey } from "../../components/internal/roles";
import type { PlannedConfig } from "../../plan/runProgram";

/** Configuration of the sample. */
export const sampleConfig: PlannedConfig & Record<string, unknown> = {
    location: "westeurope",
    subscriptionId: "11111111-1111-4111-8111-111111111111",
    tenantId: "22222222-2222-4222-8222-222222222222",
    access: {
        deployer: { objectId: "33333333-3333-4333-8333-333333333333" },
        groups: {
            platform: "44444444-4444-4444-8444-444444444444",
            "shop-developers": "55555555-5555-4555-8555-555555555555",
        },
    } as PlannedConfig["access"],
    network: { peers: ["10.0.0.0/16"] },
    unset: [],
};

const { location, subscriptionId, tenantId } = sampleConfig;
const adminGroupId = "44444444-4444-4444-8444-444444444444";
const developerGroupId = "55555555-5555-4555-8555-555555555555";

/** A component that groups resources and decides nothing, under the type token of a real one. */
class Group extends pulumi.ComponentResource {
    constructor(
        kind: string,
        name: string,
        build: (parent: Group) => void,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super(`aks-landing-zone:index:${kind}`, name, {}, opts);
        build(this);
        this.registerOutputs({});
    }
}

/**
 * A small landing zone with one of everything that the cost estimate looks at; the rules of sampleRules.ts hold in it.
 * It is made of provider resources, so that it depends on no component.
 */
export function sampleProgram(): Record<string, unknown> {
    const azure = new Provider("azure", { subscriptionId, tenantId });
    const options = { providers: [azure], protect: true };
    const group = new resources.ResourceGroup(
        "group",
        { resourceGroupName: "rg-sample", location },
        { provider: azure },
    );
    const placed = { resourceGroupName: group.name, location };

    const { workspace, actionGroup } = monitoringOf(placed, options);
    const { subnets, endpointSubnet, zone, virtualNetworkId } = networkOf(placed, options);
    const { cluster, kubeletPrincipalId } = clusterOf(placed, subnets, options);
    dataOf(placed, { workspace, endpointSubnet, zone, kubeletPrincipalId }, options);
    watched(placed, cluster, workspace, actionGroup, options);

    const inCluster = new k8s.Provider("cluster", {
        kubeconfig: pulumi.secret(pulumi.interpolate`kubeconfig of ${cluster.name}`),
        clusterIdentifier: cluster.id,
    });
    workloadsOf(placed, cluster, { providers: [azure, inCluster] });
    return { virtualNetworkId, token: pulumi.secret("output that is secret") };
}

type Placed = { resourceGroupName: pulumi.Output<string>; location: string };

function assign(
    parent: pulumi.Resource,
    name: string,
    role: RoleKey,
    principalId: pulumi.Input<string>,
    principalType: string,
    scope: pulumi.Input<string>,
) {
    new authorization.RoleAssignment(
        name,
        { scope, principalId, principalType, roleDefinitionId: roleDefinitionId(subscriptionId, role) },
        { parent },
    );
}

function monitoringOf(placed: Placed, options: pulumi.ComponentResourceOptions) {
    let made: { workspace: operationalinsights.Workspace; actionGroup: monitor.ActionGroup } | undefined;
    new Group(
        "Monitoring",
        "monitoring",
        (parent) => {
            made = {
                workspace: new operationalinsights.Workspace(
                    "monitoring-workspace",
                    { ...placed, workspaceName: "log-sample", workspaceCapping: { dailyQuotaGb: 5 } },
                    { parent },
                ),
                actionGroup: new monitor.ActionGroup(
                    "monitoring-people",
                    {
                        ...placed,
                        location: "Global",
                        actionGroupName: "ag-sample",
                        groupShortName: "sample",
                        enabled: true,
                        emailReceivers: [{ name: "team", emailAddress: "team@example.com" }],
                    },
                    { parent },
                ),
            };
        },
        options,
    );
    if (!made) {
        throw new Error("not made");
    }
    return made;
}

function networkOf(placed: Placed, options: pulumi.ComponentResourceOptions) {
    let made:
        | {
              subnets: network.Subnet[];
              endpointSubnet: network.Subnet;
              zone: privatedns.PrivateZone;
              virtualNetworkId: pulumi.Output<string>;
          }
        | undefined;
    new Group(
        "Network",
        "network",
        (parent) => {
            const virtualNetwork = new network.VirtualNetwork(
                "network-vnet",
                {
                    ...placed,
                    virtualNetworkName: "vnet-sample",
                    addressSpace: { addressPrefixes: ["10.10.0.0/16"] },
                },
                { parent },
            );
            const address = new network.PublicIPAddress(
                "network-nat-address",
                { ...placed, publicIpAddressName: "pip-sample", sku: { name: "Standard" } },
                { parent },
            );
            const gateway = new network.NatGateway(
                "network-nat",
                {
                    ...placed,
                    natGatewayName: "ng-sample",
                    sku: { name: "Standard" },
                    publicIpAddresses: [{ id: address.id }],
                },
                { parent },
            );
            const rules = new network.NetworkSecurityGroup(
                "network-rules",
                {
                    ...placed,
                    networkSecurityGroupName: "nsg-sample",
                    securityRules: [
                        {
                            name: "allow-https",
                            priority: 100,
                            direction: "Inbound",
                            access: "Allow",
                            protocol: "Tcp",
                            sourceAddressPrefix: "Internet",
                            sourcePortRange: "*",
                            destinationAddressPrefix: "*",
                            destinationPortRange: "443",
                        },
                        {
                            name: "deny-the-rest",
                            priority: 4096,
                            direction: "Inbound",
                            access: "Deny",
                            protocol: "*",
                            sourceAddressPrefix: "*",
                            sourcePortRange: "*",
                            destinationAddressPrefix: "*",
                            destinationPortRange: "*",
                        },
                    ],
                },
                { parent },
            );
            const subnet = (role: string, addressPrefix: string, hasEgress: boolean) =>
                new network.Subnet(
                    `network-${role}-subnet`,
                    {
                        resourceGroupName: placed.resourceGroupName,
                        virtualNetworkName: virtualNetwork.name,
                        subnetName: `snet-sample-${role}`,
                        addressPrefix,
                        defaultOutboundAccess: false,
                        networkSecurityGroup: { id: rules.id },
                        natGateway: hasEgress ? { id: gateway.id } : undefined,
                    },
                    { parent },
                );
            const zone = new privatedns.PrivateZone(
                "network-vault-zone",
                { ...placed, location: "Global", privateZoneName: "privatelink.vaultcore.azure.net" },
                { parent },
            );
            new privatedns.VirtualNetworkLink(
                "network-vault-zone-link",
                {
                    resourceGroupName: placed.resourceGroupName,
                    location: "Global",
                    privateZoneName: zone.name,
                    virtualNetworkLinkName: "link",
                    virtualNetwork: { id: virtualNetwork.id },
                },
                { parent },
            );
            made = {
                subnets: [
                    subnet("system-nodes", "10.10.1.0/24", true),
                    subnet("user-nodes", "10.10.2.0/24", true),
                ],
                endpointSubnet: subnet("private-endpoints", "10.10.0.0/26", false),
                zone,
                virtualNetworkId: virtualNetwork.id,
            };
        },
        options,
    );
    if (!made) {
        throw new Error("not made");
    }
    return made;
}

function clusterOf(
    placed: Placed,
    [systemSubnet, userSubnet]: network.Subnet[],
    options: pulumi.ComponentResourceOptions,
) {
    let made:
        { cluster: containerservice.ManagedCluster; kubeletPrincipalId: pulumi.Output<string> } | undefined;
    new Group(
        "Cluster",
        "cluster",
        (parent) => {
            const identity = (role: string) =>
                new managedidentity.UserAssignedIdentity(
                    `cluster-${role}-identity`,
                    { ...placed, resourceName: `id-sample-${role}` },
                    { parent },
                );
            const controlPlane = identity("control-plane");
            const kubelet = identity("kubelet");
            const pool = (subnet: network.Subnet | undefined) => ({
                vmSize: "Standard_D4ds_v5",
                vnetSubnetID: subnet?.id,
                availabilityZones: ["1", "2", "3"],
                osDiskType: "Ephemeral",
                enableAutoScaling: true,
                count: 2,
                minCount: 2,
                maxCount: 5,
            });
            const cluster = new containerservice.ManagedCluster(
                "cluster-cluster",
                {
                    ...placed,
                    resourceName: "aks-sample",
                    dnsPrefix: "aks-sample",
                    kubernetesVersion: "1.36",
                    sku: { name: "Base", tier: "Standard" },
                    disableLocalAccounts: true,
                    aadProfile: { managed: true, enableAzureRBAC: true },
                    apiServerAccessProfile: { authorizedIPRanges: ["203.0.113.0/24"] },
                    oidcIssuerProfile: { enabled: true },
                    securityProfile: { workloadIdentity: { enabled: true } },
                    identity: { type: "UserAssigned", userAssignedIdentities: [controlPlane.id] },
                    identityProfile: {
                        kubeletidentity: {
                            resourceId: kubelet.id,
                            clientId: kubelet.clientId,
                            objectId: kubelet.principalId,
                        },
                    },
                    networkProfile: {
                        networkPlugin: "azure",
                        networkPluginMode: "overlay",
                        networkDataplane: "cilium",
                        networkPolicy: "cilium",
                        podCidr: "10.244.0.0/16",
                        serviceCidr: "10.96.0.0/16",
                        dnsServiceIP: "10.96.0.10",
                        outboundType: "userAssignedNATGateway",
                    },
                    autoUpgradeProfile: { upgradeChannel: "patch", nodeOSUpgradeChannel: "Unmanaged" },
                    addonProfiles: { azurepolicy: { enabled: true } },
                    agentPoolProfiles: [{ name: "system", mode: "System", ...pool(systemSubnet) }],
                },
                { parent },
            );
            for (const configName of ["aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule"]) {
                new containerservice.MaintenanceConfiguration(
                    `cluster-${configName}`,
                    {
                        resourceGroupName: placed.resourceGroupName,
                        resourceName: cluster.name,
                        configName,
                        maintenanceWindow: {
                            durationHours: 4,
                            startTime: "01:00",
                            schedule: { weekly: { dayOfWeek: "Sunday", intervalWeeks: 1 } },
                        },
                    },
                    { parent },
                );
            }
            new containerservice.AgentPool(
                "cluster-apps-pool",
                {
                    resourceGroupName: placed.resourceGroupName,
                    resourceName: cluster.name,
                    agentPoolName: "apps",
                    mode: "User",
                    ...pool(userSubnet),
                },
                { parent },
            );
            assign(
                parent,
                "cluster-networkContributor-system",
                "networkContributor",
                controlPlane.principalId,
                "ServicePrincipal",
                systemSubnet?.id ?? "",
            );
            assign(
                parent,
                "cluster-managedIdentityOperator",
                "managedIdentityOperator",
                controlPlane.principalId,
                "ServicePrincipal",
                kubelet.id,
            );
            assign(parent, "cluster-admins", "aksRbacClusterAdmin", adminGroupId, "Group", cluster.id);
            assign(
                parent,
                "cluster-shop-dev",
                "aksRbacWriter",
                developerGroupId,
                "Group",
                pulumi.interpolate`${cluster.id}/namespaces/shop-dev`,
            );
            made = { cluster, kubeletPrincipalId: kubelet.principalId };
        },
        options,
    );
    if (!made) {
        throw new Error("not made");
    }
    return made;
}

function dataOf(
    placed: Placed,
    {
        workspace,
        endpointSubnet,
        zone,
        kubeletPrincipalId,
    }: {
        workspace: operationalinsights.Workspace;
        endpointSubnet: network.Subnet;
        zone: privatedns.PrivateZone;
        kubeletPrincipalId: pulumi.Output<string>;
    },
    options: pulumi.ComponentResourceOptions,
) {
    const logs = [{ categoryGroup: "audit", enabled: true }];
    new Group(
        "KeyVault",
        "vault",
        (parent) => {
            const vault = new keyvault.Vault(
                "vault-vault",
                {
                    ...placed,
                    vaultName: "kv-sample",
                    properties: {
                        tenantId,
                        sku: { family: "A", name: "standard" },
                        enablePurgeProtection: true,
                        enableRbacAuthorization: true,
                        publicNetworkAccess: "Disabled",
                    },
                },
                { parent },
            );
            const endpoint = new network.PrivateEndpoint(
                "vault-endpoint",
                { ...placed, privateEndpointName: "pep-sample-vault", subnet: { id: endpointSubnet.id } },
                { parent },
            );
            new network.PrivateDnsZoneGroup(
                "vault-endpoint-zones",
                {
                    resourceGroupName: placed.resourceGroupName,
                    privateEndpointName: endpoint.name,
                    privateDnsZoneGroupName: "default",
                    privateDnsZoneConfigs: [{ name: "vault", privateDnsZoneId: zone.id }],
                },
                { parent },
            );
            new monitor.DiagnosticSetting(
                "vault-logs",
                { name: "logs", resourceUri: vault.id, workspaceId: workspace.id, logs },
                { parent },
            );
        },
        options,
    );
    new Group(
        "Registry",
        "registry",
        (parent) => {
            const registry = new containerregistry.Registry(
                "registry-registry",
                {
                    ...placed,
                    registryName: "crsample",
                    sku: { name: "Premium" },
                    adminUserEnabled: false,
                    anonymousPullEnabled: false,
                    publicNetworkAccess: "Disabled",
                },
                { parent },
            );
            assign(
                parent,
                "registry-acrPull-kubelet",
                "acrPull",
                kubeletPrincipalId,
                "ServicePrincipal",
                registry.id,
            );
            new monitor.DiagnosticSetting(
                "registry-logs",
                { name: "logs", resourceUri: registry.id, workspaceId: workspace.id, logs },
                { parent },
            );
        },
        options,
    );
}

function watched(
    placed: Placed,
    cluster: containerservice.ManagedCluster,
    workspace: operationalinsights.Workspace,
    actionGroup: monitor.ActionGroup,
    options: pulumi.ComponentResourceOptions,
) {
    new Group(
        "ClusterMonitoring",
        "watch",
        (parent) => {
            new monitor.DiagnosticSetting(
                "watch-logs",
                {
                    name: "logs",
                    resourceUri: cluster.id,
                    workspaceId: workspace.id,
                    logs: [{ category: "kube-audit-admin", enabled: true }],
                },
                { parent },
            );
            new monitor.MetricAlert(
                "watch-node-cpu",
                {
                    ...placed,
                    location: "global",
                    ruleName: "node-cpu",
                    enabled: true,
                    severity: 2,
                    evaluationFrequency: "PT5M",
                    windowSize: "PT5M",
                    scopes: [cluster.id],
                    criteria: {
                        odataType: "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
                        allOf: [
                            {
                                criterionType: "StaticThresholdCriterion",
                                name: "cpu",
                                metricName: "node_cpu_usage_percentage",
                                operator: "GreaterThan",
                                threshold: 90,
                                timeAggregation: "Average",
                            },
                        ],
                    },
                    actions: [{ actionGroupId: actionGroup.id }],
                },
                { parent },
            );
            new monitor.ActivityLogAlert(
                "watch-deletion",
                {
                    resourceGroupName: placed.resourceGroupName,
                    location: "Global",
                    activityLogAlertName: "deletion",
                    scopes: [cluster.id],
                    condition: { allOf: [{ field: "category", equals: "Administrative" }] },
                    actions: { actionGroups: [{ actionGroupId: actionGroup.id }] },
                },
                { parent },
            );
            new alertsmanagement.PrometheusRuleGroup(
                "watch-rules",
                {
                    ...placed,
                    ruleGroupName: "rules",
                    scopes: [cluster.id],
                    rules: [
                        { record: "node:cpu", expression: "sum(cpu)" },
                        {
                            alert: "PodsCrash",
                            expression: "up == 0",
                            actions: [{ actionGroupId: actionGroup.id }],
                        },
                    ],
                },
                { parent },
            );
        },
        options,
    );
}

function workloadsOf(
    placed: Placed,
    cluster: containerservice.ManagedCluster,
    options: pulumi.ComponentResourceOptions,
) {
    const release = { atomic: true, timeout: 600, namespace: "apps" };
    new Group(
        "Kured",
        "kured",
        (parent) => {
            new k8s.helm.v3.Release(
                "kured-release",
                { ...release, name: "kured", chart: "oci://registry.example.com/kured", version: "6.1.0" },
                { parent },
            );
        },
        options,
    );
    new Group(
        "Ingress",
        "ingress",
        (parent) => {
            new k8s.helm.v3.Release(
                "ingress-release",
                {
                    ...release,
                    name: "traefik",
                    chart: "oci://registry.example.com/traefik",
                    version: "41.3.0",
                    values: {
                        service: {
                            annotations: {
                                "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
                            },
                        },
                    },
                },
                { parent },
            );
        },
        options,
    );
    for (const environment of ["dev", "stage"]) {
        new Group(
            "Tenant",
            `shop-${environment}`,
            (parent) => tenantOf(parent, `shop-${environment}`),
            options,
        );
    }
    new Group(
        "WorkloadIdentity",
        "shop-api",
        (parent) => {
            const identity = new managedidentity.UserAssignedIdentity(
                "shop-api-identity",
                { ...placed, resourceName: "id-shop-api" },
                { parent },
            );
            let previous: pulumi.Resource | undefined;
            for (const namespace of ["shop-dev", "shop-stage"]) {
                previous = new managedidentity.FederatedIdentityCredential(
                    `shop-api-${namespace}`,
                    {
                        resourceGroupName: placed.resourceGroupName,
                        resourceName: identity.name,
                        federatedIdentityCredentialResourceName: namespace,
                        issuer: pulumi.interpolate`https://issuer.example.com/${cluster.name}`,
                        subject: `system:serviceaccount:${namespace}:api`,
                        audiences: ["api://AzureADTokenExchange"],
                    },
                    { parent, dependsOn: previous ? [previous] : [] },
                );
                new k8s.core.v1.ServiceAccount(
                    `shop-api-${namespace}-account`,
                    {
                        metadata: {
                            name: "api",
                            namespace,
                            annotations: { "azure.workload.identity/client-id": identity.clientId },
                        },
                    },
                    { parent },
                );
            }
        },
        options,
    );
}

function tenantOf(parent: pulumi.Resource, name: string) {
    const namespace = new k8s.core.v1.Namespace(
        `${name}-namespace`,
        { metadata: { name, labels: { "pod-security.kubernetes.io/enforce": "restricted" } } },
        { parent },
    );
    const named = (objectName: string) => ({ name: objectName, namespace: namespace.metadata.name });
    new k8s.core.v1.ResourceQuota(
        `${name}-quota`,
        {
            metadata: named("quota"),
            spec: {
                hard: {
                    "limits.cpu": "4",
                    "limits.memory": "8Gi",
                    pods: "20",
                    "services.loadbalancers": "0",
                    "services.nodeports": "0",
                },
            },
        },
        { parent },
    );
    new k8s.core.v1.LimitRange(
        `${name}-limits`,
        { metadata: named("limits"), spec: { limits: [{ type: "Container", default: { cpu: "500m" } }] } },
        { parent },
    );
    new k8s.networking.v1.NetworkPolicy(
        `${name}-deny`,
        { metadata: named("deny"), spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } },
        { parent },
    );
    new k8s.rbac.v1.RoleBinding(
        `${name}-developers`,
        {
            metadata: named("developers"),
            roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "edit" },
            subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: developerGroupId }],
        },
        { parent },
    );
}
