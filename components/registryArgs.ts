import type * as pulumi from "@pulumi/pulumi";
import type { PrivateEndpointArgs } from "./shared";

/** Service tier of a container registry. */
export const RegistrySku = {
    /** 10 GiB, for trials. Reachable from the Internet. */
    Basic: "Basic",
    /** 100 GiB. Reachable from the Internet. */
    Standard: "Standard",
    /** 500 GiB; private endpoint, firewall, replicas, availability zones and retention. */
    Premium: "Premium",
} as const;
/** One of the values of the constant of the same name. */
export type RegistrySku = (typeof RegistrySku)[keyof typeof RegistrySku];

/** A principal that may pull images. */
export interface RegistryPullArgs {
    /** Short name of the principal within the program, for example `kubelet`. Changing this replaces the assignment. */
    key: string;
    /** Object id of a managed identity: the cluster's kubelet identity, not its control plane's. Changing this replaces the assignment. */
    principalId: pulumi.Input<string>;
}

/** A rule by which the registry fetches images from another registry on first pull and keeps them. */
export interface CacheRuleArgs {
    /** Name of the rule: 5 to 50 letters, digits and hyphens. Changing this replaces the rule. */
    name: string;
    /** Where images come from, for example `mcr.microsoft.com/oss/*`. Changing this replaces the rule. */
    sourceRepository: string;
    /** Where they appear in the registry, for example `mcr/oss/*`. Changing this replaces the rule. */
    targetRepository: string;
    /** Id of the registry's credential set for the source. Docker Hub needs one. Defaults to none. */
    credentialSetId?: pulumi.Input<string>;
}

/** Arguments of a container registry. */
export interface RegistryArgs {
    /** Resource group of the registry. Changing this replaces the registry. */
    resourceGroupName: pulumi.Input<string>;
    /** Region of the registry and its private endpoint. Changing this replaces the registry. */
    location: pulumi.Input<string>;
    /** Common part of Azure names, for example `lz-dev-weu`; names the private endpoint. */
    baseName: string;
    /** Name of the registry: 5 to 50 letters and digits, unique in all of Azure. Changing this replaces the registry. */
    registryName: string;
    /** Subscription that the role definitions are read from, a GUID. */
    subscriptionId: string;
    /** Service tier. Defaults to Premium, the only one that can be private. */
    sku?: RegistrySku;
    /** Spreads the registry and its replicas over availability zones; Premium only. Azure refuses a change later. Defaults to true on Premium. */
    zoneRedundant?: boolean;
    /** Further regions that hold a copy, for example `northeurope`; Premium only. Defaults to none. */
    replicaLocations?: string[];
    /** Serves image layers from a host name of the registry's own, so that firewalls need no wildcard; Premium only. Defaults to true on Premium. */
    dataEndpoint?: boolean;
    /** Makes the registry reachable from the Internet: on Premium for `allowedIpRanges`, on Basic and Standard, which require it, for all. Defaults to false. */
    publicNetworkAccess?: boolean;
    /** Public IPv4 addresses or ranges that may connect; Premium only, needs `publicNetworkAccess`. Defaults to none. */
    allowedIpRanges?: string[];
    /** Lets services that Microsoft trusts pass the firewall; Defender needs it to scan images. Premium only. Defaults to false. */
    trustedServicesBypass?: boolean;
    /** Days that a manifest without a tag is kept, 1 to 365; 0 keeps it for ever. Premium only. Defaults to 7 on Premium. */
    untaggedRetentionInDays?: number;
    /** Lets images be copied to other registries; to switch it off takes Premium without public access. Defaults to false on Premium. */
    exportEnabled?: boolean;
    /** Private endpoint of the registry; Premium only. Defaults to none, which leaves only what the firewall admits. */
    privateEndpoint?: PrivateEndpointArgs;
    /** Who may pull images. Defaults to nobody. */
    pullPrincipals?: RegistryPullArgs[];
    /** Pull-through cache rules. Defaults to none. */
    cacheRules?: CacheRuleArgs[];
    /** Id of the Log Analytics workspace that gets the logs of logins, pushes and pulls. Defaults to none. */
    logAnalyticsWorkspaceId?: pulumi.Input<string>;
    /** Tags of the registry, its replicas and its endpoint. Defaults to none. */
    tags?: { [key: string]: pulumi.Input<string> };
}
