/** Something published that a rule follows. */
export interface Source {
    title: string;
    url: string;
}

const learn = "https://learn.microsoft.com/en-us";
const kubernetes = "https://kubernetes.io/docs";
const pulumi = "https://www.pulumi.com/docs/iac/concepts";

/** What the rules go back to, each address once. */
export const sources = {
    wellArchitected: {
        title: "Azure Well-Architected: AKS",
        url: `${learn}/azure/well-architected/service-guides/azure-kubernetes-service`,
    },
    aksBaseline: {
        title: "Azure security baseline for AKS",
        url: `${learn}/security/benchmark/azure/baselines/aks-security-baseline`,
    },
    keyVaultBaseline: {
        title: "Azure security baseline for Key Vault",
        url: `${learn}/security/benchmark/azure/baselines/key-vault-security-baseline`,
    },
    registryBaseline: {
        title: "Azure security baseline for Container Registry",
        url: `${learn}/security/benchmark/azure/baselines/container-registry-security-baseline`,
    },
    podSecurity: {
        title: "Kubernetes pod security standards",
        url: `${kubernetes}/concepts/security/pod-security-standards/`,
    },
    rbacPractices: {
        title: "Kubernetes RBAC good practices",
        url: `${kubernetes}/concepts/security/rbac-good-practices/`,
    },
    serviceAccounts: {
        title: "Kubernetes service accounts",
        url: `${kubernetes}/concepts/security/service-accounts/`,
    },
    networkPolicies: {
        title: "Kubernetes network policies",
        url: `${kubernetes}/concepts/services-networking/network-policies/`,
    },
    resourceQuotas: {
        title: "Kubernetes resource quotas",
        url: `${kubernetes}/concepts/policy/resource-quotas/`,
    },
    limitRanges: { title: "Kubernetes limit ranges", url: `${kubernetes}/concepts/policy/limit-range/` },
    images: { title: "Kubernetes images", url: `${kubernetes}/concepts/containers/images/` },
    plannedMaintenance: { title: "AKS planned maintenance", url: `${learn}/azure/aks/planned-maintenance` },
    nodeOsUpgrades: { title: "AKS node OS upgrades", url: `${learn}/azure/aks/auto-upgrade-node-os-image` },
    clusterUpgrades: { title: "AKS cluster auto-upgrade", url: `${learn}/azure/aks/auto-upgrade-cluster` },
    upgradeOptions: { title: "AKS upgrades and surge", url: `${learn}/azure/aks/upgrade-aks-cluster` },
    supportedVersions: {
        title: "AKS supported versions",
        url: `${learn}/azure/aks/supported-kubernetes-versions`,
    },
    kured: { title: "AKS node updates with kured", url: `${learn}/azure/aks/node-updates-kured` },
    systemPools: { title: "AKS system node pools", url: `${learn}/azure/aks/use-system-pools` },
    spotPools: { title: "AKS Spot node pools", url: `${learn}/azure/aks/spot-node-pool` },
    trustedLaunch: { title: "AKS trusted launch", url: `${learn}/azure/aks/use-trusted-launch` },
    hostEncryption: { title: "AKS host encryption", url: `${learn}/azure/aks/enable-host-encryption` },
    overlay: { title: "AKS overlay networking", url: `${learn}/azure/aks/azure-cni-overlay` },
    apiServerInNetwork: {
        title: "AKS API server in the network",
        url: `${learn}/azure/aks/api-server-vnet-integration`,
    },
    internalLoadBalancer: { title: "AKS internal load balancers", url: `${learn}/azure/aks/internal-lb` },
    imageCleaner: { title: "AKS image cleaner", url: `${learn}/azure/aks/image-cleaner` },
    nodeGroupLockdown: {
        title: "AKS node resource group lockdown",
        url: `${learn}/azure/aks/node-resource-group-lockdown`,
    },
    secretsDriver: { title: "AKS secrets store driver", url: `${learn}/azure/aks/csi-secrets-store-driver` },
    storage: { title: "AKS storage", url: `${learn}/azure/aks/concepts-storage` },
    natGateway: { title: "AKS and NAT gateways", url: `${learn}/azure/aks/nat-gateway` },
    managedIdentity: { title: "AKS managed identities", url: `${learn}/azure/aks/use-managed-identity` },
    workloadIdentity: {
        title: "AKS workload identity",
        url: `${learn}/azure/aks/workload-identity-overview`,
    },
    aksMonitoring: { title: "AKS monitoring", url: `${learn}/azure/aks/monitor-aks` },
    aksCost: { title: "AKS cost analysis", url: `${learn}/azure/aks/cost-analysis` },
    schedulerPractices: {
        title: "AKS scheduler best practices",
        url: `${learn}/azure/aks/operator-best-practices-scheduler`,
    },
    azurePolicy: {
        title: "Azure Policy for Kubernetes",
        url: `${learn}/azure/governance/policy/concepts/policy-for-kubernetes`,
    },
    defaultOutbound: {
        title: "Azure default outbound access",
        url: `${learn}/azure/virtual-network/ip-services/default-outbound-access`,
    },
    nsg: {
        title: "Azure network security groups",
        url: `${learn}/azure/virtual-network/network-security-groups-overview`,
    },
    privateDns: {
        title: "Azure private endpoint DNS",
        url: `${learn}/azure/private-link/private-endpoint-dns`,
    },
    endpointPolicies: {
        title: "Azure private endpoint network policies",
        url: `${learn}/azure/private-link/disable-private-endpoint-network-policy`,
    },
    roleTroubles: {
        title: "Azure role assignment troubleshooting",
        url: `${learn}/azure/role-based-access-control/troubleshooting`,
    },
    rolePractices: {
        title: "Azure RBAC best practices",
        url: `${learn}/azure/role-based-access-control/best-practices`,
    },
    locks: {
        title: "Azure resource locks",
        url: `${learn}/azure/azure-resource-manager/management/lock-resources`,
    },
    serviceHealth: {
        title: "Azure service health alerts",
        url: `${learn}/azure/service-health/alerts-activity-log-service-notifications-portal`,
    },
    dailyCap: { title: "Azure Monitor daily cap", url: `${learn}/azure/azure-monitor/logs/daily-cap` },
    budgets: {
        title: "Azure budgets",
        url: `${learn}/azure/cost-management-billing/costs/tutorial-acm-create-budgets`,
    },
    tagging: {
        title: "Azure tagging strategy",
        url: `${learn}/azure/cloud-adoption-framework/ready/azure-best-practices/resource-tagging`,
    },
    storageKeys: {
        title: "Azure Storage without account keys",
        url: `${learn}/azure/storage/common/shared-key-authorization-prevent`,
    },
    pulumiProtect: { title: "Pulumi protect", url: `${pulumi}/resources/options/protect/` },
    pulumiNames: { title: "Pulumi names and URNs", url: `${pulumi}/resources/names/` },
    pulumiProviders: { title: "Pulumi providers", url: `${pulumi}/resources/providers/` },
    pulumiOutputs: { title: "Pulumi inputs and outputs", url: `${pulumi}/inputs-outputs/` },
    pulumiSecrets: { title: "Pulumi secrets", url: `${pulumi}/secrets/` },
} as const satisfies Record<string, Source>;
