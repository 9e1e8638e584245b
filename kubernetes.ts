import * as containerservice from "@pulumi/azure-native/containerservice";
import type { Provider as AzureProvider } from "@pulumi/azure-native/provider";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import {
    Ingress,
    IngressController,
    Kured,
    NodePatching,
    Platform,
    Tenant,
    WorkloadIdentity,
} from "./components";
import type { Cluster, KeyVault } from "./components";
import { toKubelogin } from "./components/internal/kubeconfig";
import { after } from "./components/internal/ordering";
import { roleDefinitionId } from "./components/internal/roles";
import type { TagMap } from "./components/internal/tags";
import type { LandingZoneConfig } from "./config";

/** What the Kubernetes half takes from the Azure half. */
export interface InsideClusterArgs {
    config: LandingZoneConfig;
    azureProvider: AzureProvider;
    cluster: Cluster;
    keyVault: KeyVault;
    ingressSubnetName: pulumi.Input<string>;
    diskEncryptionSetId?: pulumi.Input<string>;
    /** Object id of a group, by its key in the configuration. */
    objectIdOf: (key: string) => pulumi.Input<string>;
    /** Resource group of the cluster, which the workloads' identities share. */
    clusterGroupName: pulumi.Input<string>;
    tags: TagMap;
    /** What must be there before anything runs in the cluster. */
    ready: pulumi.Input<unknown>[];
}

/** What the rest of the program needs of the Kubernetes half. */
export interface InsideCluster {
    ingress: Ingress;
    /** Client id of each workload's identity, by `<team>-<workload>`. */
    workloadClientIds: pulumi.Output<{ [name: string]: string }>;
}

// The tenants' network policies let this namespace in.
const ingressNamespace = "ingress";

/** Namespace of kured, which the pod-security policies leave out. */
export const kuredNamespace = "kured";

/** True where nodes patch themselves and kured restarts them. */
export function usesKured({ cluster }: LandingZoneConfig): boolean {
    return cluster.upgrades.nodePatching === NodePatching.Kured;
}

/** Wires what is installed inside the cluster: platform, kured, ingress, tenants, and the workloads' identities. */
export function insideCluster(args: InsideClusterArgs): InsideCluster {
    const { config, cluster } = args;
    const { kubernetes } = config;
    const provider = kubernetesProvider(args);
    // Everything in a cluster goes with it: no calls into a cluster that is being deleted.
    const inside = { providers: [provider], deletedWith: cluster.resource };

    const platform = new Platform(
        "platform",
        { ...kubernetes.platform, diskEncryptionSetId: args.diskEncryptionSetId },
        inside,
    );
    const { chartMirror, imageRegistry } = kubernetes;
    const addon = {
        chartMirror,
        imageRegistry,
        priorityClassName: platform.criticalPriorityClassName,
        // The kind of object that asks to be scraped comes with the managed Prometheus add-on.
        scrape: config.monitoring.prometheus,
    };

    if (usesKured(config) && kubernetes.kured) {
        new Kured("kured", { ...kubernetes.kured, ...addon, namespace: kuredNamespace }, inside);
    }

    const ingress = new Ingress(
        "ingress",
        {
            ...kubernetes.ingress,
            ...addon,
            namespace: ingressNamespace,
            internalSubnetName: args.ingressSubnetName,
        },
        inside,
    );

    const hasIngress = kubernetes.ingress.controller !== IngressController.None;
    const tenants = config.namespaces.map(
        ({ namespace, team, environment, size, settings }) =>
            new Tenant(
                `tenant-${namespace}`,
                {
                    namespace,
                    tenant: team,
                    environment,
                    podSecurityLevel: settings.podSecurityLevel,
                    quota: size.quota,
                    containerDefaults: size.containerDefaults,
                    network: {
                        ...settings.network,
                        ingressNamespace: hasIngress ? ingressNamespace : undefined,
                    },
                    developerGroupObjectIds: settings.developers.map(args.objectIdOf),
                    readerGroupObjectIds: settings.readers.map(args.objectIdOf),
                    serviceAccounts: settings.serviceAccounts,
                    imagePullSecretName: settings.imagePullSecretName,
                    priorityClassName: settings.priorityClassName,
                    labels: settings.labels,
                    waitFor: [platform.criticalPriorityClassName],
                },
                { ...inside, protect: config.protection.protect },
            ),
    );

    const identities = config.workloads.map(
        ({ name, keyVaultSecrets, subjects }) =>
            new WorkloadIdentity(
                `workload-${name}`,
                {
                    resourceGroupName: args.clusterGroupName,
                    location: config.location,
                    baseName: config.baseName,
                    tags: args.tags,
                    identityName: name,
                    subscriptionId: config.subscriptionId,
                    issuerUrl: cluster.oidcIssuerUrl,
                    subjects,
                    roleAssignments: keyVaultSecrets
                        ? [
                              {
                                  key: "vault-secrets",
                                  scope: args.keyVault.id,
                                  roleDefinitionId: roleDefinitionId(
                                      config.subscriptionId,
                                      "keyVaultSecretsUser",
                                  ),
                              },
                          ]
                        : [],
                    namespacesReady: tenants.map(({ namespace }) => namespace),
                },
                { providers: [args.azureProvider, provider], deletedWith: cluster.resource },
            ),
    );

    return {
        ingress,
        workloadClientIds: pulumi
            .all(identities.map(({ clientId }) => clientId))
            .apply((ids) =>
                Object.fromEntries(config.workloads.map(({ name }, index) => [name, ids[index] ?? ""])),
            ),
    };
}

/** The one way into the cluster: AKS's own kubeconfig, with kubelogin signing in as the configuration says. */
function kubernetesProvider({
    config,
    azureProvider,
    cluster,
    clusterGroupName,
    ready,
}: InsideClusterArgs): k8s.Provider {
    // Not marked secret by the provider, though it may hold credentials; wrapped before anything reads it.
    const credentials = pulumi.secret(
        containerservice.listManagedClusterUserCredentialsOutput(
            { resourceGroupName: clusterGroupName, resourceName: cluster.name, format: "exec" },
            { provider: azureProvider },
        ),
    );
    const kubeconfig = credentials.apply(({ kubeconfigs }) =>
        toKubelogin(
            Buffer.from(kubeconfigs[0]?.value ?? "", "base64").toString("utf8"),
            config.kubernetes.login,
        ),
    );
    return new k8s.Provider(
        "kubernetes",
        {
            kubeconfig,
            // Without it, any change of the kubeconfig would replace the provider and with it everything in the cluster.
            clusterIdentifier: cluster.id,
            enableServerSideApply: true,
        },
        {
            // The deployer may do nothing in the cluster before its role is there.
            dependsOn: after(cluster.deployerAccessId, ...ready),
            // A provider for a cluster that is gone has nothing left to delete with.
            deletedWith: cluster.resource,
        },
    );
}
