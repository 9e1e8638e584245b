import { isDeepStrictEqual } from "node:util";
import { immutableProperties } from "../../components/internal/nodePoolName";
import { AzureError } from "./azureError";
import { poolName, poolsOf } from "./rules/clusters";
import { textsAt, valuesAt } from "./rules/ids";
import type { Operation, Rule, Subscription } from "./subscription";
import {
    agentPoolType,
    clusterType,
    natGatewayType,
    privateEndpointType,
    publicAddressType,
    roleAssignmentType,
    vaultType,
} from "./typeTokens";

type Inputs = Readonly<Record<string, unknown>>;

/**
 * Inputs whose change makes azure-native replace the resource, beside those that say which resource it is, by type. From
 * the provider's own list (https://github.com/pulumi/pulumi-azure-native/blob/master/provider/pkg/gen/replacement.go).
 */
const replacing: Readonly<Record<string, readonly string[]>> = {
    [agentPoolType]: ["gpuInstanceProfile", "networkProfile.nodePublicIPTags", "vmSize"],
    [clusterType]: [
        "agentPoolProfiles.networkProfile.nodePublicIPTags",
        "diskEncryptionSetID",
        "dnsPrefix",
        "fqdnSubdomain",
        "linuxProfile",
        "networkProfile.dnsServiceIP",
        "networkProfile.networkDataplane",
        "networkProfile.networkMode",
        "networkProfile.networkPlugin",
        "networkProfile.networkPluginMode",
        "networkProfile.networkPolicy",
        "networkProfile.outboundType",
        "networkProfile.podCidr",
        "networkProfile.serviceCidr",
        "networkProfile.serviceCidrs",
        "nodeResourceGroup",
        "windowsProfile",
    ],
    [privateEndpointType]: ["subnet"],
    [publicAddressType]: ["publicIPAddressVersion", "publicIPPrefix", "sku"],
    [roleAssignmentType]: ["principalId"],
};

/**
 * Paths of the inputs whose change makes another resource of it, beyond `identityInputs`. A path has no indices; what lies
 * below it counts too.
 */
export function replacingInputs(type: string): readonly string[] {
    return replacing[type] ?? [];
}

/** A property that Azure refuses to change, and how it says so. */
interface FixedProperty {
    readonly path: string;
    readonly refusal: (path: string, before: Inputs, wanted: Inputs, id: string) => AzureError;
    /** Judges by what was there whether the change is refused; it always is where this is absent. */
    readonly concerns?: (before: Inputs) => boolean;
}

// https://github.com/Azure/AKS/issues/409, https://github.com/kubernetes/autoscaler/issues/1051
const aksRefusal = (path: string) =>
    new AzureError("PropertyChangeNotAllowed", `Changing property '${path}' is not allowed.`);

const aks = (...paths: string[]): FixedProperty[] => paths.map((path) => ({ path, refusal: aksRefusal }));

// Zones of an address or a gateway: https://learn.microsoft.com/azure/reliability/reliability-nat-gateway
const zones: FixedProperty = {
    path: "zones",
    refusal: (_path, before, wanted, id) =>
        new AzureError(
            "ResourceAvailabilityZonesCannotBeModified",
            `Resource ${id} has an existing availability zone constraint ${zonesOf(before)} and the request has ` +
                `availability zone constraint ${zonesOf(wanted)}, which do not match. Zones cannot be ` +
                "added/updated/removed once the resource is created. The resource cannot be updated from regional to " +
                "zonal or vice-versa.",
        ),
};

const fixed: Readonly<Record<string, readonly FixedProperty[]>> = {
    [agentPoolType]: immutableProperties.map((path) => ({
        path,
        refusal: () => aksRefusal(`properties.${path}`),
    })),
    [clusterType]: [
        ...aks(
            "diskEncryptionSetID",
            "dnsPrefix",
            "enableRBAC",
            "fqdnSubdomain",
            "networkProfile.dnsServiceIP",
            "networkProfile.networkMode",
            "networkProfile.networkPlugin",
            "networkProfile.serviceCidr",
            "networkProfile.serviceCidrs",
            "nodeResourceGroup",
            "apiServerAccessProfile.subnetId",
        ),
        {
            // Only with an API server in the cluster's own network: https://learn.microsoft.com/azure/aks/api-server-vnet-integration
            path: "apiServerAccessProfile.enablePrivateCluster",
            refusal: aksRefusal,
            concerns: (before) =>
                valuesAt(before, "apiServerAccessProfile.enableVnetIntegration")[0] !== true,
        },
        {
            // https://learn.microsoft.com/azure/aks/use-oidc-issuer
            path: "oidcIssuerProfile.enabled",
            refusal: () =>
                new AzureError(
                    "OIDCIssuerFeatureCannotBeDisabled",
                    "OIDC issuer feature cannot be disabled.",
                ),
            concerns: (before) => valuesAt(before, "oidcIssuerProfile.enabled")[0] === true,
        },
    ],
    [natGatewayType]: [zones],
    [publicAddressType]: [zones],
    // https://github.com/Azure/Azure-Landing-Zones/issues/2040
    [roleAssignmentType]: ["principalId", "roleDefinitionId", "scope"].map((path) => ({
        path,
        refusal: () =>
            new AzureError(
                "RoleAssignmentUpdateNotPermitted",
                "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
            ),
    })),
    [vaultType]: [
        {
            // https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview
            path: "properties.softDeleteRetentionInDays",
            refusal: () =>
                new AzureError(
                    "BadRequest",
                    'The property "softDeleteRetentionInDays" has been set already and it can\'t be modified.',
                ),
        },
    ],
};

/** Refuses to change what stays as it was made. A property that is not sent again stays as it is, and is not refused. */
export const unchangeableProperties: Rule = (operation, azure) => {
    const before = operation.kind === "update" ? inputsBefore(operation, azure) : undefined;
    if (!before) {
        return undefined;
    }
    const { id, type, inputs } = operation;
    const property = fixed[type]?.find(
        ({ path, concerns }) => differs(before, inputs, path) && (concerns?.(before) ?? true),
    );
    return property?.refusal(property.path, before, inputs, id) ?? inlinePoolChange(operation, before, azure);
};

/** Purge protection once on stays on, and Azure takes `false` for the attempt to switch it off: https://github.com/Azure/azure-cli/issues/29115. */
export const purgeProtectionIsNeverFalse: Rule = ({ kind, type, inputs }) =>
    kind !== "delete" &&
    type === vaultType &&
    valuesAt(inputs, "properties.enablePurgeProtection")[0] === false
        ? new AzureError(
              "BadRequest",
              'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is ' +
                  "an irreversible action.",
          )
        : undefined;

/**
 * Pools in the cluster's own list: their fixed properties, in the words of
 * https://github.com/hashicorp/terraform-provider-azurerm/issues/10951, and new ones, which must be resources of their own
 * (https://github.com/pulumi/pulumi-azure-nextgen/issues/168).
 */
function inlinePoolChange(
    { id, type, inputs }: Operation,
    before: Inputs,
    azure: Subscription,
): AzureError | undefined {
    if (type !== clusterType) {
        return undefined;
    }
    const pools = poolsOf(type, before);
    for (const pool of poolsOf(type, inputs)) {
        const old = pools.find((candidate) => poolName(candidate) === poolName(pool));
        if (!old && !azure.find(`${id}/agentPools/${poolName(pool)}`)) {
            return new AzureError(
                "BadRequest",
                "A new agent pool was introduced. Adding agent pools to an existing cluster is not allowed through managed " +
                    "cluster operations. For agent pool specific change, please use per agent pool operations: " +
                    "https://aka.ms/agent-pool-rest-api",
            );
        }
        const property = old && immutableProperties.find((path) => differs(old, pool, path));
        if (property !== undefined) {
            return aksRefusal(`agentPoolProfile.${property}`);
        }
    }
    return undefined;
}

function inputsBefore({ id, before }: Operation, azure: Subscription): Inputs | undefined {
    return (before ?? azure.find(id))?.inputs;
}

function differs(before: Inputs, wanted: Inputs, path: string): boolean {
    const values = valuesAt(wanted, path);
    return values.length > 0 && !isDeepStrictEqual(values, valuesAt(before, path));
}

function zonesOf(inputs: Inputs): string {
    return textsAt(inputs, "zones[*]").join(", ") || "NoZone";
}
