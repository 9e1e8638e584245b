import * as authorization from "@pulumi/azure-native/authorization";
import * as containerservice from "@pulumi/azure-native/containerservice";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterArgs } from "./clusterArgs";
import { ClusterIdentity } from "./clusterIdentity";
import { clusterProblems } from "./internal/clusterChecks";
import {
    addonProfiles,
    apiServerAccessProfile,
    autoScalerProfile,
    httpProxyConfig,
    ignoredChanges,
    networkProfile,
    securityProfile,
    serviceMeshProfile,
    storageProfile,
    systemPoolProfile,
} from "./internal/clusterProfiles";
import { clusterSettings } from "./internal/clusterSettings";
import type { ClusterSettings } from "./internal/clusterSettings";
import { nodePatchingEffects } from "./internal/nodePatching";
import { after } from "./internal/ordering";
import { retryWhileAzureSettles } from "./internal/retry";
import { roleAssignmentOptions } from "./internal/roleAssignment";
import { roleDefinitionId } from "./internal/roles";
import { createMaintenanceWindows } from "./maintenanceWindows";

/**
 * An AKS cluster with its identities, its system node pool, its maintenance windows and the deployer's access: Azure
 * CNI overlay with Cilium, private unless told otherwise, sign-in and rights through Entra only. Workloads belong in
 * node pools of their own (NodePool).
 */
export class Cluster extends pulumi.ComponentResource {
    /** Id of the cluster. */
    public readonly id: pulumi.Output<string>;
    /** Id of the cluster, known once its maintenance windows exist too: AKS changes one thing at a time, so the first node pool waits for this. */
    public readonly readyId: pulumi.Output<string>;
    /** Name of the cluster. */
    public readonly name: pulumi.Output<string>;
    /** Public host name of the API server; absent for a Private one without `publicFqdn`. */
    public readonly fqdn?: pulumi.Output<string>;
    /** Private host name of the API server; absent for a PublicRestricted one. */
    public readonly privateFqdn?: pulumi.Output<string>;
    /** Address of the issuer of the cluster's service account tokens, for federated credentials. */
    public readonly oidcIssuerUrl: pulumi.Output<string>;
    /** Resource group that AKS keeps nodes, disks and load balancers in. */
    public readonly nodeResourceGroupName: pulumi.Output<string>;
    /** Object id of the control plane's identity. */
    public readonly controlPlanePrincipalId: pulumi.Output<string>;
    /** Id of the kubelet's identity. */
    public readonly kubeletIdentityId: pulumi.Output<string>;
    /** Object id of the kubelet's identity, known before the cluster exists, for roles such as pulling from a registry. */
    public readonly kubeletIdentityPrincipalId: pulumi.Output<string>;
    /** Client id of the kubelet's identity. */
    public readonly kubeletIdentityClientId: pulumi.Output<string>;
    /** Id of the role assignment by which the deployer may create Kubernetes resources; a Kubernetes provider waits for it. */
    public readonly deployerAccessId: pulumi.Output<string>;
    /**
     * The cluster resource itself, for options that take no id: `deletedWith`. An accessor, since a plain property would
     * be an output of the component package, and adding the package would then load the azure-native plugin.
     */
    public accessor resource: containerservice.ManagedCluster;

    constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("aks-landing-zone:index:Cluster", name, {}, opts);
        const settings = clusterSettings(args);
        const problems = clusterProblems(args, settings);
        if (problems.length > 0) {
            throw new pulumi.ResourceError(problems.join("\n"), this);
        }

        const identity = this.createIdentity(name, args, settings);
        const cluster = this.createCluster(name, args, settings, identity);
        const deployerAccess = new authorization.RoleAssignment(
            `${name}-aksRbacClusterAdmin-deployer`,
            {
                scope: cluster.id,
                principalId: args.access.deployerObjectId,
                principalType: settings.deployerPrincipalType,
                roleDefinitionId: roleDefinitionId(args.subscriptionId, "aksRbacClusterAdmin"),
            },
            roleAssignmentOptions(this),
        );

        this.resource = cluster;
        this.id = cluster.id;
        this.readyId = createMaintenanceWindows(this, name, args, cluster);
        this.name = cluster.name;
        if (settings.exposure === "PublicRestricted" || settings.publicFqdn) {
            this.fqdn = cluster.fqdn;
        }
        if (settings.exposure === "Private") {
            this.privateFqdn = cluster.privateFQDN;
        }
        this.oidcIssuerUrl = this.issuerUrlOf(cluster);
        this.nodeResourceGroupName = cluster.nodeResourceGroup.apply(
            (group) => group ?? settings.nodeResourceGroupName,
        );
        this.controlPlanePrincipalId = identity.controlPlanePrincipalId;
        this.kubeletIdentityId = identity.kubeletId;
        this.kubeletIdentityPrincipalId = identity.kubeletPrincipalId;
        this.kubeletIdentityClientId = identity.kubeletClientId;
        this.deployerAccessId = deployerAccess.id;
        this.registerOutputs({
            id: this.id,
            readyId: this.readyId,
            name: this.name,
            fqdn: this.fqdn,
            privateFqdn: this.privateFqdn,
            oidcIssuerUrl: this.oidcIssuerUrl,
            nodeResourceGroupName: this.nodeResourceGroupName,
            controlPlanePrincipalId: this.controlPlanePrincipalId,
            kubeletIdentityId: this.kubeletIdentityId,
            kubeletIdentityPrincipalId: this.kubeletIdentityPrincipalId,
            kubeletIdentityClientId: this.kubeletIdentityClientId,
            deployerAccessId: this.deployerAccessId,
        });
    }

    private createIdentity(name: string, args: ClusterArgs, settings: ClusterSettings): ClusterIdentity {
        const { apiServer = {}, encryption = {}, network } = args;
        // Rights on the whole network only where AKS needs them; the subnets are enough otherwise.
        const needsNetwork = apiServer.privateDnsZoneId !== undefined || settings.nodeAutoProvisioning;
        return new ClusterIdentity(
            `${name}-identity`,
            {
                resourceGroupName: args.resourceGroupName,
                location: args.location,
                baseName: args.baseName,
                subscriptionId: args.subscriptionId,
                subnets: network.nodeSubnets,
                apiServerSubnetId: apiServer.subnetId,
                routeTableId: network.routeTableId,
                virtualNetworkId: needsNetwork ? network.virtualNetworkId : undefined,
                privateDnsZoneId: apiServer.privateDnsZoneId,
                kmsKeyVaultId: encryption.kmsKeyVaultId,
                kmsPrivateVault: settings.kmsPrivateVault,
                diskEncryptionSetId: encryption.diskEncryptionSetId,
                fileShareResourceGroupId: args.storage?.fileShareResourceGroupId,
                tags: args.tags,
            },
            { parent: this },
        );
    }

    private createCluster(
        name: string,
        args: ClusterArgs,
        settings: ClusterSettings,
        identity: ClusterIdentity,
    ): containerservice.ManagedCluster {
        const { apiServer = {}, addons = {}, encryption = {}, monitoring = {} } = args;
        return new containerservice.ManagedCluster(
            `${name}-managed-cluster`,
            {
                resourceGroupName: args.resourceGroupName,
                resourceName: args.clusterName,
                location: args.location,
                tags: args.tags,
                sku: { name: "Base", tier: settings.tier },
                supportPlan: settings.longTermSupport ? "AKSLongTermSupport" : "KubernetesOfficial",
                kubernetesVersion: args.kubernetesVersion,
                dnsPrefix: settings.dnsPrefix,
                nodeResourceGroup: settings.nodeResourceGroupName,
                nodeResourceGroupProfile: {
                    restrictionLevel: settings.nodeResourceGroupLockdown ? "ReadOnly" : "Unrestricted",
                },
                identity: { type: "UserAssigned", userAssignedIdentities: [identity.controlPlaneId] },
                identityProfile: {
                    kubeletidentity: {
                        resourceId: identity.kubeletId,
                        clientId: identity.kubeletClientId,
                        objectId: identity.kubeletPrincipalId,
                    },
                },
                // Entra decides who somebody is and Azure what they may do; there is no other way in.
                enableRBAC: true,
                disableLocalAccounts: true,
                aadProfile: {
                    managed: true,
                    enableAzureRBAC: true,
                    tenantID: args.tenantId,
                    adminGroupObjectIDs: args.access.adminGroupObjectIds,
                },
                oidcIssuerProfile: { enabled: true },
                apiServerAccessProfile: apiServerAccessProfile(apiServer, settings),
                networkProfile: networkProfile(args.network, settings),
                agentPoolProfiles: [systemPoolProfile(args.systemPool, settings, args.tags)],
                autoScalerProfile: autoScalerProfile(args.autoscaler ?? {}, settings),
                nodeProvisioningProfile: { mode: settings.nodeAutoProvisioning ? "Auto" : "Manual" },
                autoUpgradeProfile: {
                    upgradeChannel: settings.channel,
                    nodeOSUpgradeChannel: nodePatchingEffects[settings.nodePatching].nodeOsUpgradeChannel,
                },
                addonProfiles: addonProfiles(monitoring, settings),
                azureMonitorProfile: {
                    metrics: settings.prometheus
                        ? { enabled: true, kubeStateMetrics: {} }
                        : { enabled: false },
                },
                metricsProfile: { costAnalysis: { enabled: settings.costAnalysis } },
                securityProfile: securityProfile(encryption, monitoring, settings),
                diskEncryptionSetID: encryption.diskEncryptionSetId,
                serviceMeshProfile: serviceMeshProfile(addons.istioRevision),
                storageProfile: storageProfile(args.storage ?? {}),
                workloadAutoScalerProfile: {
                    keda: { enabled: settings.keda },
                    verticalPodAutoscaler: { enabled: settings.verticalPodAutoscaler },
                },
                httpProxyConfig: httpProxyConfig(addons.httpProxy),
                // No `linuxProfile`: without a key there is no SSH, and changing it replaces the cluster.
            },
            {
                parent: this,
                // AKS tries the identity's rights while it creates the cluster; no input of the cluster names the assignments.
                dependsOn: after(identity.roleAssignmentIds, ...(args.waitFor ?? [])),
                // The autoscaler owns the size of the system pool and, with most channels, AKS the version.
                ignoreChanges: ignoredChanges(settings),
                // Creation takes about ten minutes, an upgrade of a cluster with many nodes far more than the provider waits for.
                customTimeouts: { create: "60m", update: "90m", delete: "60m" },
                // A role takes minutes to work everywhere; AKS refuses the cluster until it does.
                hooks: retryWhileAzureSettles(),
            },
        );
    }

    private issuerUrlOf(cluster: containerservice.ManagedCluster): pulumi.Output<string> {
        // Together with the id, which is unknown until the cluster exists: Azure names the issuer only then.
        return pulumi.all([cluster.oidcIssuerProfile, cluster.id]).apply(([profile]) => {
            if (!profile?.issuerURL) {
                throw new pulumi.ResourceError(
                    "Azure reports no OIDC issuer for the cluster although it is switched on",
                    this,
                );
            }
            return profile.issuerURL;
        });
    }
}
