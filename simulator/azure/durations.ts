import { UnknownTokenError } from "../resourceType";
import { isRecord } from "../records";

type Values = Readonly<Record<string, unknown>>;
type Kind = "create" | "update" | "delete";

/** How long Azure, Entra ID or a cluster typically takes for one type, in seconds: a median, no guarantee. */
export interface TypicalDuration {
    create: number;
    update: number;
    delete: number;
    /** Where the numbers come from; `runs` are distinct recorded runs of a creation. */
    source: string;
    /** True where nothing was measured, or too little to be called so. */
    isEstimate?: true;
}

// Most numbers are medians of the HTTP recordings of live tests that the Azure CLI and its extensions publish
// (Azure/azure-cli src/azure-cli/azure/cli/command_modules/<m>/tests/latest/recordings and Azure/azure-cli-extensions
// src/<x>/azext_<x>/tests/latest/recordings, runs of 2018 to 2025), each distinct run counted once.
const cli = (module: string, runs: number) => `Azure/azure-cli recordings of ${module}, ${runs} runs`;
const extension = (name: string, runs: number) =>
    `Azure/azure-cli-extensions recordings of ${name}, ${runs} runs`;

const measured = (create: number, update: number, deletion: number, source: string): TypicalDuration => ({
    create,
    update,
    delete: deletion,
    source,
});
const estimated = (create: number, update: number, deletion: number, source: string): TypicalDuration => ({
    ...measured(create, update, deletion, source),
    isEstimate: true,
});

// An update without a number of its own is a PUT like the creation, and taken to last as long.
const azure: Readonly<Record<string, TypicalDuration>> = {
    "alertsmanagement:PrometheusRuleGroup": measured(2, 2, 1, extension("alertsmanagement", 35)),
    "authorization:ManagementLockByScope": measured(1, 1, 0, cli("resource", 168)),
    "authorization:PolicyAssignment": measured(1, 1, 1, cli("resource and policyinsights", 94)),
    "authorization:RoleAssignment": measured(3, 3, 2, cli("role", 359)),
    "authorization:RoleDefinition": estimated(3, 3, 2, "as a role assignment, which the same service keeps"),
    "compute:DiskEncryptionSet": estimated(11, 11, 11, "one poll of 10 s, as for other small resources"),
    "consumption:Budget": estimated(5, 5, 2, "a synchronous PUT like that of other small resources"),
    "containerregistry:CacheRule": estimated(5, 5, 5, "as a registry of SKU Basic"),
    "containerregistry:Registry": measured(5, 5, 10, cli("acr, SKU Basic", 4)),
    "containerregistry:Replication": measured(11, 11, 11, cli("acr", 22)),
    "containerservice:AgentPool": measured(199, 8, 50, extension("aks-preview, and CLI acs", 102)),
    "containerservice:MaintenanceConfiguration": measured(1, 1, 1, extension("aks-preview", 7)),
    "containerservice:ManagedCluster": measured(302, 103, 193, extension("aks-preview, and CLI acs", 541)),
    "dashboard:Grafana": measured(144, 1, 416, extension("amg", 43)),
    "keyvault:Key": estimated(2, 2, 1, "a synchronous PUT like that of other small resources"),
    "keyvault:Vault": measured(30, 30, 6, `${cli("keyvault", 129)}; 30 is one poll`),
    "managedidentity:FederatedIdentityCredential": measured(1, 1, 1, cli("identity", 3)),
    "managedidentity:UserAssignedIdentity": measured(3, 3, 5, `${cli("identity", 127)}; deletion estimated`),
    "monitor:ActionGroup": measured(5, 5, 4, cli("monitor", 89)),
    "monitor:ActivityLogAlert": estimated(5, 5, 4, "as an action group"),
    "monitor:AzureMonitorWorkspace": measured(16, 16, 16, `${extension("amg", 3)}; deletion estimated`),
    "monitor:DataCollectionEndpoint": measured(4, 4, 5, extension("monitor-control-service", 21)),
    "monitor:DataCollectionRule": measured(2, 2, 2, extension("monitor-control-service", 14)),
    "monitor:DataCollectionRuleAssociation": measured(1, 1, 1, extension("monitor-control-service", 11)),
    "monitor:DiagnosticSetting": measured(6, 6, 4, cli("monitor", 44)),
    "monitor:MetricAlert": measured(12, 12, 5, cli("monitor", 108)),
    "monitor:ScheduledQueryRule": estimated(12, 12, 5, "as a metric alert"),
    "network:NatGateway": measured(11, 10, 10, cli("natgateway", 9)),
    "network:NetworkSecurityGroup": measured(3, 3, 10, cli("network", 106)),
    "network:PrivateDnsZoneGroup": measured(6, 6, 6, cli("network", 4)),
    "network:PrivateEndpoint": measured(32, 32, 12, `${cli("network", 207)}; depends on the target`),
    "network:PublicIPAddress": measured(1, 1, 11, cli("network", 519)),
    "network:RouteTable": measured(3, 10, 3, cli("network", 9)),
    "network:Subnet": measured(3, 3, 10, cli("network", 465)),
    "network:VirtualNetwork": measured(4, 4, 10, cli("network", 861)),
    "network:VirtualNetworkPeering": measured(11, 11, 11, cli("network", 29)),
    "operationalinsights:Table": measured(1, 1, 1, cli("monitor", 14)),
    "operationalinsights:Workspace": measured(30, 30, 6, `${cli("monitor", 152)}; 30 is one poll`),
    "privatedns:PrivateZone": measured(30, 30, 31, cli("privatedns", 330)),
    "privatedns:VirtualNetworkLink": measured(46, 46, 30, cli("privatedns", 114)),
    "resources:Deployment": estimated(10, 10, 1, "one poll of 10 s, for a template without resources"),
    // Deleting a group also takes what deleting its contents takes; this is the rest.
    "resources:ResourceGroup": measured(2, 2, 76, cli("resource", 32)),
    "storage:BlobContainer": estimated(1, 1, 1, "a synchronous PUT like that of other small resources"),
    "storage:BlobServiceProperties": estimated(1, 1, 1, "a synchronous PUT, as of a container"),
    "storage:ManagementPolicy": estimated(1, 1, 1, "a synchronous PUT, as of a container"),
    "storage:StorageAccount": estimated(
        20,
        2,
        5,
        "one poll of 17 s, which the service asks for, and two requests",
    ),
};

/**
 * Time from the creation of a role assignment until it is in effect everywhere, in seconds. An estimate: 1 to 2 minutes
 * (MicrosoftDocs/azure-docs#80953), 30 s often enough (hashicorp/terraform-provider-azurerm#11434); Microsoft says "up to
 * 10 minutes".
 */
export const rolePropagation = 60;

const others: Readonly<Record<string, TypicalDuration>> = {
    "azuread:index/group:Group": estimated(
        14,
        5,
        5,
        "one Terraform log of an AKS course: waits for replication",
    ),
    "kubernetes:core/v1:Namespace": estimated(0.2, 0.2, 20, "grace period of pods, and finalizers"),
    "kubernetes:helm.sh/v3:Release": estimated(
        67,
        67,
        20,
        "one Terraform log of an AKS tutorial, ingress controller; 48 on k3d",
    ),
};

const loadBalancer = estimated(45, 0.2, 45, "AKS tutorials: pending at 6 s, an address at 55 s and 104 s");
const kubernetesObject = estimated(0.2, 0.2, 0.2, "a few requests to the API server");

/** The row of a Pulumi type token; an unknown Azure type is an error that names it. */
export function typicalDuration(type: string): TypicalDuration {
    const row = type.startsWith("azure-native:") ? azure[type.slice("azure-native:".length)] : others[type];
    if (row) {
        return row;
    }
    if (type.startsWith("kubernetes:")) {
        return kubernetesObject;
    }
    throw new UnknownTokenError("resource type", type, "simulator/azure/durations.ts");
}

/**
 * What the creation of such a resource usually takes, in seconds, to show beside one that goes on; undefined of what is
 * not Azure's, which depends on the cluster.
 */
export function usualCreation(type: string): number | undefined {
    return type.startsWith("azure-native:") ? typicalDuration(type).create : undefined;
}

/**
 * How long an operation typically takes, in seconds.
 * @param inputs The wanted inputs, without secret envelopes; of a deletion, those that the resource had.
 * @param before The inputs before an update: what changes decides how long it takes.
 */
export function durationOf(kind: Kind, type: string, inputs: Values, before: Values = inputs): number {
    return variants[type]?.(kind, inputs, before) ?? typicalDuration(type)[kind];
}

type Variant = (kind: Kind, inputs: Values, before: Values) => number | undefined;

const variants: Readonly<Record<string, Variant>> = {
    "azure-native:containerservice:ManagedCluster": (kind, inputs, before) =>
        kind === "create"
            ? clusterCreation(inputs)
            : kind === "update"
              ? clusterUpdate(inputs, before)
              : undefined,
    "azure-native:containerservice:AgentPool": (kind, inputs, before) =>
        kind === "create" && inputs["osType"] === "Windows"
            ? poolDurations.windows
            : kind === "update"
              ? poolUpdate(inputs, before)
              : undefined,
    // SKU Premium: median of 74 recorded runs of the CLI's acr tests.
    "azure-native:containerregistry:Registry": (kind, inputs) =>
        kind === "create" && inside(inputs, "sku", "name") === "Premium" ? 9 : undefined,
    "kubernetes:core/v1:Service": (kind, inputs) =>
        inside(inputs, "spec", "type") === "LoadBalancer" ? loadBalancer[kind] : undefined,
};

// Medians of the service's own start and end times in the aks-preview and acs recordings; runs in brackets.
const clusterDurations = {
    /** SKU Automatic (3). */
    automatic: 530,
    /** The API server in the virtual network, private or not (5). */
    vnetIntegration: 424,
    /** Private link (12). */
    privateLink: 580,
    /** Control plane and one to three nodes (6). */
    upgrade: 845,
    /** Network policy, overlay, SSH key: the nodes are made anew (41). */
    reimage: 747,
};

const poolDurations = {
    /** Creation of a Windows pool (32). */
    windows: 316,
    /** Another number of nodes (53). */
    scale: 176,
    /** Other images on the nodes: surge node, drain, reimage (12). */
    reimage: 477,
};

/** Inline pools are made with the cluster, and cost next to nothing: 292 s with one node, 316 s with three. */
function clusterCreation(inputs: Values): number | undefined {
    if (inside(inputs, "sku", "name") === "Automatic") {
        return clusterDurations.automatic;
    }
    if (inside(inputs, "apiServerAccessProfile", "enableVnetIntegration") === true) {
        return clusterDurations.vnetIntegration;
    }
    const isPrivate = inside(inputs, "apiServerAccessProfile", "enablePrivateCluster") === true;
    return isPrivate ? clusterDurations.privateLink : undefined;
}

function clusterUpdate(inputs: Values, before: Values): number | undefined {
    const changes = (...path: string[]) => differs(inside(inputs, ...path), inside(before, ...path));
    if (changes("kubernetesVersion")) {
        return clusterDurations.upgrade;
    }
    const isReimaged =
        changes("networkProfile", "networkPolicy") ||
        changes("networkProfile", "networkPluginMode") ||
        changes("linuxProfile");
    return isReimaged ? clusterDurations.reimage : undefined;
}

function poolUpdate(inputs: Values, before: Values): number | undefined {
    const changes = (...properties: string[]) =>
        properties.some((property) => differs(inputs[property], before[property]));
    if (changes("orchestratorVersion", "osSKU", "enableFIPS", "kubeletConfig", "linuxOSConfig")) {
        return poolDurations.reimage;
    }
    return changes("count") ? poolDurations.scale : undefined;
}

function inside(value: unknown, ...path: string[]): unknown {
    return path.reduce<unknown>((at, property) => (isRecord(at) ? at[property] : undefined), value);
}

function differs(one: unknown, other: unknown): boolean {
    return JSON.stringify(one) !== JSON.stringify(other);
}
