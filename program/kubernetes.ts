import * as containerservice from "@pulumi/azure-native/containerservice";
import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import { Ingress, IngressController, Kured, Platform, Tenant, WorkloadIdentity } from "../components";
import type { Cluster, KeyVault } from "../components";
import { retryUntilAccessWorks } from "../components/internal/accessRetry";
import { toKubelogin } from "../components/internal/kubeconfig";
import { after } from "../components/internal/ordering";
import { roleDefinitionId } from "../components/internal/roles";
import { oneByOne } from "../speed/oneByOne";
import type { Foundation } from "./foundation";
import { kuredNamespace, usesKured } from "./nodePatching";

/** What the Kubernetes half takes from the Azure half. */
export interface InsideClusterArgs {
    foundation: Foundation;
    cluster: Cluster;
    keyVault: KeyVault;
    ingressSubnetName: pulumi.Input<string>;
    diskEncryptionSetId?: pulumi.Input<string>;
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

/** Wires what is installed inside the cluster: platform, kured, ingress, tenants, and the workloads' identities. */
export async function insideCluster(args: InsideClusterArgs): Promise<InsideCluster> {
    const { cluster, diskEncryptionSetId } = args;
    const { config } = args.foundation;
    const { kubernetes } = config;
    const provider = kubernetesProvider(args);
    const inside = {
        providers: [provider],
        // Everything in a cluster goes with it: no calls into a cluster that is being deleted.
        deletedWith: cluster.resource,
        // The deployer's role on the cluster is a few seconds old at most when the first of these is made.
        transformations: [retryUntilAccessWorks],
    };

    const platform = new Platform("platform", { ...kubernetes.platform, diskEncryptionSetId }, inside);
    const addon = {
        chartMirror: kubernetes.chartMirror,
        imageRegistry: kubernetes.imageRegistry,
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
    const tenants = await createTenants(args.foundation, platform, {
        ...inside,
        protect: config.protection.protect,
    });
    return { ingress, workloadClientIds: createWorkloadIdentities(args, provider, tenants) };
}

/** A fenced namespace for each team in each environment. */
async function createTenants(
    { config, objectIdOf }: Foundation,
    platform: Platform,
    options: pulumi.ComponentResourceOptions,
): Promise<Tenant[]> {
    const hasIngress = config.kubernetes.ingress.controller !== IngressController.None;
    return oneByOne(
        config.namespaces,
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
                    developerGroupObjectIds: settings.developers.map(objectIdOf),
                    readerGroupObjectIds: settings.readers.map(objectIdOf),
                    serviceAccounts: settings.serviceAccounts,
                    imagePullSecretName: settings.imagePullSecretName,
                    priorityClassName: settings.priorityClassName,
                    labels: settings.labels,
                    // Pods name priority classes, and are refused while these do not exist.
                    waitFor: [platform.criticalPriorityClassName],
                },
                options,
            ),
    );
}

/** An Azure identity for each workload; returns their client ids by name. */
function createWorkloadIdentities(
    { foundation, cluster, keyVault }: InsideClusterArgs,
    provider: Provider,
    tenants: Tenant[],
): pulumi.Output<{ [name: string]: string }> {
    const { config, groups, placedIn } = foundation;
    const { subscriptionId, workloads } = config;
    const readsVault = {
        key: "vault-secrets",
        scope: keyVault.id,
        roleDefinitionId: roleDefinitionId(subscriptionId, "keyVaultSecretsUser"),
    };
    const clientIds = workloads.map(
        ({ name, keyVaultSecrets, subjects }) =>
            new WorkloadIdentity(
                `workload-${name}`,
                {
                    ...placedIn(groups.cluster),
                    identityName: name,
                    subscriptionId,
                    issuerUrl: cluster.oidcIssuerUrl,
                    subjects,
                    roleAssignments: keyVaultSecrets ? [readsVault] : [],
                    namespacesReady: tenants.map(({ namespace }) => namespace),
                },
                {
                    providers: [foundation.provider, provider],
                    deletedWith: cluster.resource,
                    transformations: [retryUntilAccessWorks],
                },
            ).clientId,
    );
    return pulumi
        .all(clientIds)
        .apply((ids) => Object.fromEntries(workloads.map(({ name }, index) => [name, ids[index] ?? ""])));
}

/** The one way into the cluster: AKS's own kubeconfig, with kubelogin signing in as the configuration says. */
function kubernetesProvider({ foundation, cluster, ready }: InsideClusterArgs): Provider {
    const { config, groups, provider } = foundation;
    // Not marked secret by the provider, though it may hold credentials; wrapped before anything reads it.
    const credentials = pulumi.secret(
        containerservice.listManagedClusterUserCredentialsOutput(
            { resourceGroupName: groups.cluster.name, resourceName: cluster.name, format: "exec" },
            { provider },
        ),
    );
    const kubeconfig = credentials.apply(({ kubeconfigs }) =>
        toKubelogin(
            Buffer.from(kubeconfigs[0]?.value ?? "", "base64").toString("utf8"),
            config.kubernetes.login,
        ),
    );
    return new Provider(
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
