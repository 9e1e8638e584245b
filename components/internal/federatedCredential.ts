import type * as pulumi from "@pulumi/pulumi";

/** What Entra expects in tokens of other issuers, in the public Azure cloud. */
export const tokenAudience = "api://AzureADTokenExchange";

/** Resource options of a federated credential of an identity; `previous` are those of the same identity before it. */
export function federatedCredentialOptions(
    parent: pulumi.Resource,
    identity: pulumi.Resource,
    previous: pulumi.Resource[],
): pulumi.CustomResourceOptions {
    return {
        parent,
        // Azure refuses two credential writes on one identity at the same time.
        dependsOn: previous,
        // Azure removes the credentials with their identity.
        deletedWith: identity,
    };
}
