import type * as containerservice from "@pulumi/azure-native/containerservice";
import type * as pulumi from "@pulumi/pulumi";
import type { AzureResourceType, ComputeContext } from "../../resourceType";
import { deterministicGuid } from "../deterministicGuid";
import { clientIdOf, principalIdOf } from "../identityIds";
import { define } from "./define";

type ClusterContext = ComputeContext<pulumi.Unwrap<containerservice.ManagedClusterArgs>>;

// Newest patch that AKS had of each minor version on 2026-09-04 (releases.aks.azure.com); other minors are shown as new.
const newestPatch: Readonly<Record<string, string>> = {
    "1.34": "1.34.10",
    "1.35": "1.35.7",
    "1.36": "1.36.3",
};

// Add-ons that sign in to Azure get an identity in the node resource group, named after add-on and cluster.
const addonsWithIdentity = ["azureKeyvaultSecretsProvider", "azurepolicy", "omsagent"];

const running = { provisioningState: "Succeeded", powerState: { code: "Running" } };

/** Microsoft.ContainerService: clusters, their node pools and maintenance windows. */
export const containerServiceTypes: Readonly<Record<string, AzureResourceType>> = {
    "azure-native:containerservice:ManagedCluster": define<containerservice.ManagedClusterArgs>({
        armType: "Microsoft.ContainerService/managedClusters",
        nameInputs: ["resourceName"],
        scope: "resourceGroup",
        compute: clusterState,
    }),
    "azure-native:containerservice:AgentPool": define<containerservice.AgentPoolArgs>({
        armType: "Microsoft.ContainerService/managedClusters/agentPools",
        nameInputs: ["resourceName", "agentPoolName"],
        scope: "resourceGroup",
        compute: ({ id }) => ({ ...running, eTag: deterministicGuid(`etag ${id}`) }),
    }),
    "azure-native:containerservice:MaintenanceConfiguration":
        define<containerservice.MaintenanceConfigurationArgs>({
            armType: "Microsoft.ContainerService/managedClusters/maintenanceConfigurations",
            nameInputs: ["resourceName", "configName"],
            scope: "resourceGroup",
        }),
};

function clusterState(context: ClusterContext): Record<string, unknown> {
    const { inputs, id, environment } = context;
    const currentKubernetesVersion = currentVersion(inputs.kubernetesVersion ?? "1.36");
    return {
        ...running,
        ...hostNames(context),
        currentKubernetesVersion,
        nodeResourceGroup: nodeResourceGroup(context),
        oidcIssuerProfile: inputs.oidcIssuerProfile?.enabled
            ? {
                  enabled: true,
                  issuerURL: `https://${region(inputs.location)}.oic.prod-aks.azure.com/${environment.tenantId}/${deterministicGuid(`issuer ${id}`)}/`,
              }
            : inputs.oidcIssuerProfile,
        addonProfiles: addonProfiles(context),
        agentPoolProfiles: inputs.agentPoolProfiles?.map((pool) => ({
            ...pool,
            ...running,
            currentOrchestratorVersion: currentKubernetesVersion,
        })),
        identityProfile: inputs.identityProfile ?? {
            kubeletidentity: identity(context, `${context.name}-agentpool`),
        },
        maxAgentPools: 100,
        resourceUID: deterministicGuid(`uid ${id}`).replaceAll("-", "").slice(0, 24),
        eTag: deterministicGuid(`etag ${id}`),
    };
}

/** Public and private host names. A private cluster has a public one only where it asks for it. */
function hostNames({ inputs, id }: ClusterContext): Record<string, string> {
    const access = inputs.apiServerAccessProfile ?? {};
    const host = `${inputs.dnsPrefix ?? "aks"}-${deterministicGuid(`host ${id}`).slice(0, 8)}`;
    const domain = `${region(inputs.location)}.azmk8s.io`;
    const isPublic = !access.enablePrivateCluster || access.enablePrivateClusterPublicFQDN;
    const publicNames = {
        fqdn: `${host}.hcp.${domain}`,
        azurePortalFQDN: `${host}.portal.hcp.${domain}`,
    };
    return {
        ...(isPublic ? publicNames : {}),
        ...(access.enablePrivateCluster ? { privateFQDN: `${host}.${privateZone(access, domain, id)}` } : {}),
    };
}

function privateZone(
    access: { privateDNSZone?: string; enableVnetIntegration?: boolean },
    domain: string,
    id: string,
): string {
    const { privateDNSZone = "system", enableVnetIntegration } = access;
    if (privateDNSZone.includes("/")) {
        return privateDNSZone.split("/").at(-1) ?? "";
    }
    return `${deterministicGuid(`zone ${id}`)}.${enableVnetIntegration ? "private" : "privatelink"}.${domain}`;
}

function addonProfiles(context: ClusterContext): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(context.inputs.addonProfiles ?? {}).map(([addon, profile]) => [
            addon,
            profile.enabled && addonsWithIdentity.includes(addon)
                ? { ...profile, identity: identity(context, `${addon.toLowerCase()}-${context.name}`) }
                : profile,
        ]),
    );
}

function identity(context: ClusterContext, name: string): Record<string, string> {
    const resourceId = `/subscriptions/${context.environment.subscriptionId}/resourceGroups/${nodeResourceGroup(context)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
    return {
        resourceId,
        clientId: clientIdOf(resourceId),
        objectId: principalIdOf(resourceId),
    };
}

function nodeResourceGroup({ inputs, name }: ClusterContext): string {
    return inputs.nodeResourceGroup ?? `MC_${inputs.resourceGroupName}_${name}_${region(inputs.location)}`;
}

/** A full version stands as it is; for a minor version AKS takes its newest patch. */
function currentVersion(version: string): string {
    return version.split(".").length > 2 ? version : (newestPatch[version] ?? `${version}.0`);
}

/** `West Europe` and `westeurope` are the same region; host names have the second form. */
function region(location = ""): string {
    return location.toLowerCase().replaceAll(" ", "");
}
