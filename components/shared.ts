import type * as pulumi from "@pulumi/pulumi";

/** What kind of Entra principal an object id belongs to. Azure needs it to accept a principal that was created a moment ago. */
export const PrincipalType = {
    /** An application's service principal or a managed identity. */
    ServicePrincipal: "ServicePrincipal",
    /** A person. */
    User: "User",
    /** A security group. */
    Group: "Group",
} as const;
/** One of the values of the constant of the same name. */
export type PrincipalType = (typeof PrincipalType)[keyof typeof PrincipalType];

/** Where a service's private endpoint is placed and which zone resolves its name. */
export interface PrivateEndpointArgs {
    /** Id of the subnet that gets the endpoint's network interface. Changing this replaces the endpoint. */
    subnetId: pulumi.Input<string>;
    /** Id of the private DNS zone that the endpoint registers its address in. */
    privateDnsZoneId: pulumi.Input<string>;
}
