import type { ExistingResource } from "../azure/subscription";

/** An object to be in a cluster, with its path in the API. */
export interface ClusterObject {
    path: string;
    object: object;
}

interface ClusterInputs {
    aadProfile?: { adminGroupObjectIDs?: string[] };
    addonProfiles?: Record<string, { enabled?: boolean } | undefined>;
    azureMonitorProfile?: { metrics?: { enabled?: boolean } };
    networkProfile?: { serviceCidr?: string; dnsServiceIP?: string };
    storageProfile?: Record<string, { enabled?: boolean } | undefined>;
    agentPoolProfiles?: { availabilityZones?: string[] }[];
}

/** What the services of a cluster have for addresses. */
export interface ServiceNetwork {
    serviceCidr: string;
    dnsServiceIp: string;
}

/** The addresses of a cluster's services; the defaults are those of AKS (https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning). */
export function serviceNetwork({ inputs }: ExistingResource): ServiceNetwork {
    const { serviceCidr = "10.0.0.0/16", dnsServiceIP = "10.0.0.10" } =
        (inputs as ClusterInputs).networkProfile ?? {};
    return { serviceCidr, dnsServiceIp: dnsServiceIP };
}

/**
 * What AKS itself puts into a new cluster, as far as programs and people meet it: storage classes, cluster DNS and metrics
 * server, the binding of the administrators' groups, the namespace of the policy add-on. Left out: node agents, CSI
 * drivers, konnectivity, and whatever the containers would do: no metrics API is served.
 */
export function aksObjects(cluster: ExistingResource): ClusterObject[] {
    const inputs = cluster.inputs as ClusterInputs;
    return [
        ...storageClasses(inputs),
        ...clusterDns(serviceNetwork(cluster).dnsServiceIp),
        ...metricsServer(),
        ...administrators(inputs),
        ...(inputs.addonProfiles?.["azurepolicy"]?.enabled ? [gatekeeperNamespace] : []),
    ];
}

const scrapeGroup = "azmonitoring.coreos.com";

/**
 * The kinds by which managed Prometheus is told what to scrape; none where it is off. Its add-on brings them some time
 * after the cluster (Azure/prometheus-collector, `otelcollector/deploy/addon-chart`).
 */
export function scrapeDefinitions({ inputs }: ExistingResource): ClusterObject[] {
    return (inputs as ClusterInputs).azureMonitorProfile?.metrics?.enabled
        ? ["PodMonitor", "ServiceMonitor"].map(scrapeDefinition)
        : [];
}

const managedLabels = {
    "addonmanager.kubernetes.io/mode": "EnsureExists",
    "kubernetes.io/cluster-service": "true",
};

interface StorageRow {
    name: string;
    driver: "disk" | "file" | "blob";
    sku: string;
    isDefault?: boolean;
}

// https://learn.microsoft.com/azure/aks/concepts-storage#storage-classes, and the classes without `csi` in their names that
// a new cluster still has beside them, of which `default` is marked.
const storageRows: readonly StorageRow[] = [
    { name: "default", driver: "disk", sku: "StandardSSD", isDefault: true },
    { name: "managed", driver: "disk", sku: "StandardSSD" },
    { name: "managed-csi", driver: "disk", sku: "StandardSSD" },
    { name: "managed-premium", driver: "disk", sku: "Premium" },
    { name: "managed-csi-premium", driver: "disk", sku: "Premium" },
    { name: "azurefile", driver: "file", sku: "Standard" },
    { name: "azurefile-csi", driver: "file", sku: "Standard" },
    { name: "azurefile-premium", driver: "file", sku: "Premium" },
    { name: "azurefile-csi-premium", driver: "file", sku: "Premium" },
    { name: "azureblob-fuse-premium", driver: "blob", sku: "Premium" },
    { name: "azureblob-nfs-premium", driver: "blob", sku: "Premium" },
];

// https://learn.microsoft.com/azure/aks/csi-storage-drivers: disks and files are on where nothing is said, blobs are off.
const isOnByDefault = { disk: true, file: true, blob: false };

function storageClasses({ storageProfile, agentPoolProfiles = [] }: ClusterInputs): ClusterObject[] {
    // From 1.29 on disks are zone-redundant in clusters with nodes in several zones.
    const isZonal = agentPoolProfiles.some(({ availabilityZones = [] }) => availabilityZones.length > 1);
    return storageRows
        .filter(({ driver }) => storageProfile?.[`${driver}CSIDriver`]?.enabled ?? isOnByDefault[driver])
        .map(({ name, driver, sku, isDefault }) => ({
            path: `/apis/storage.k8s.io/v1/storageclasses/${name}`,
            object: {
                apiVersion: "storage.k8s.io/v1",
                kind: "StorageClass",
                metadata: {
                    name,
                    labels: managedLabels,
                    ...(isDefault
                        ? { annotations: { "storageclass.kubernetes.io/is-default-class": "true" } }
                        : {}),
                },
                provisioner: `${driver}.csi.azure.com`,
                parameters: { skuname: `${sku}_${driver === "disk" && isZonal ? "ZRS" : "LRS"}` },
                reclaimPolicy: "Delete",
                volumeBindingMode: driver === "disk" ? "WaitForFirstConsumer" : "Immediate",
                allowVolumeExpansion: true,
            },
        }));
}

const systemPath = "/api/v1/namespaces/kube-system";

/** CoreDNS and its service (https://learn.microsoft.com/azure/aks/coredns-custom). */
function clusterDns(address: string): ClusterObject[] {
    const labels = { "k8s-app": "kube-dns", "kubernetes.io/cluster-service": "true" };
    const ports = ["UDP", "TCP"].map((protocol) => ({
        name: protocol === "UDP" ? "dns" : "dns-tcp",
        port: 53,
        targetPort: 53,
        protocol,
    }));
    return [
        ...systemDeployment("coredns", "kube-dns", { cpu: "100m", memory: "70Mi" }),
        {
            path: `${systemPath}/services/kube-dns`,
            object: {
                apiVersion: "v1",
                kind: "Service",
                metadata: {
                    name: "kube-dns",
                    namespace: "kube-system",
                    labels: { ...labels, "kubernetes.io/name": "CoreDNS" },
                },
                spec: { clusterIP: address, selector: { "k8s-app": "kube-dns" }, ports },
            },
        },
    ];
}

function metricsServer(): ClusterObject[] {
    return systemDeployment("metrics-server", "metrics-server", { cpu: "44m", memory: "55Mi" });
}

/** Two pods that system nodes take, with the account that they run as. */
function systemDeployment(name: string, app: string, requests: Record<string, string>): ClusterObject[] {
    const metadata = {
        name,
        namespace: "kube-system",
        labels: { "k8s-app": app, "kubernetes.azure.com/managedby": "aks", ...managedLabels },
    };
    const matchLabels = { "k8s-app": app };
    return [
        {
            path: `${systemPath}/serviceaccounts/${name}`,
            object: { apiVersion: "v1", kind: "ServiceAccount", metadata },
        },
        {
            path: `/apis/apps/v1/namespaces/kube-system/deployments/${name}`,
            object: {
                apiVersion: "apps/v1",
                kind: "Deployment",
                metadata,
                spec: {
                    replicas: 2,
                    selector: { matchLabels },
                    template: {
                        metadata: { labels: { ...matchLabels, "kubernetes.azure.com/managedby": "aks" } },
                        spec: {
                            serviceAccountName: name,
                            priorityClassName: "system-cluster-critical",
                            tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
                            nodeSelector: { "kubernetes.io/os": "linux" },
                            containers: [
                                {
                                    name,
                                    image: `mcr.microsoft.com/oss/v2/kubernetes/${name}:simulated`,
                                    resources: { requests },
                                },
                            ],
                        },
                    },
                },
            },
        },
    ];
}

/**
 * The groups that the cluster names as its administrators, bound to `cluster-admin` under the name that AKS gives this
 * binding (shown in many descriptions of AKS clusters; no page of Microsoft's lists it).
 */
function administrators({ aadProfile }: ClusterInputs): ClusterObject[] {
    const groups = aadProfile?.adminGroupObjectIDs ?? [];
    if (groups.length === 0) {
        return [];
    }
    const name = "aks-cluster-admin-binding-aad";
    const apiGroup = "rbac.authorization.k8s.io";
    return [
        {
            path: `/apis/${apiGroup}/v1/clusterrolebindings/${name}`,
            object: {
                apiVersion: `${apiGroup}/v1`,
                kind: "ClusterRoleBinding",
                metadata: {
                    name,
                    labels: { ...managedLabels, "addonmanager.kubernetes.io/mode": "Reconcile" },
                },
                roleRef: { apiGroup, kind: "ClusterRole", name: "cluster-admin" },
                subjects: groups.map((group) => ({ apiGroup, kind: "Group", name: group })),
            },
        },
    ];
}

/** Where the policy add-on runs (https://learn.microsoft.com/azure/governance/policy/concepts/policy-for-kubernetes). */
const gatekeeperNamespace: ClusterObject = {
    path: "/api/v1/namespaces/gatekeeper-system",
    object: { apiVersion: "v1", kind: "Namespace", metadata: { name: "gatekeeper-system" } },
};

function scrapeDefinition(kind: string): ClusterObject {
    const plural = `${kind.toLowerCase()}s`;
    const name = `${plural}.${scrapeGroup}`;
    const schema = {
        openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
    };
    return {
        path: `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`,
        object: {
            apiVersion: "apiextensions.k8s.io/v1",
            kind: "CustomResourceDefinition",
            metadata: { name },
            spec: {
                group: scrapeGroup,
                scope: "Namespaced",
                names: { kind, plural },
                versions: [{ name: "v1", served: true, storage: true, schema }],
            },
        },
    };
}
