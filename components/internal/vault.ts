import type * as pulumi from "@pulumi/pulumi";

/** What every vault has that is made here: access by Azure roles alone, and what is deleted comes back. */
export const vaultBasics = {
    sku: { family: "A", name: "standard" },
    enableRbacAuthorization: true,
    enableSoftDelete: true,
    enabledForDeployment: false,
    enabledForDiskEncryption: false,
    enabledForTemplateDeployment: false,
} as const;

/** Resource options of a key in a vault. */
export function vaultKeyOptions(parent: pulumi.Resource): pulumi.CustomResourceOptions {
    return {
        parent,
        // What a deleted key has encrypted nobody can read again, and its name stays taken for the retention time.
        retainOnDelete: true,
        // Azure returns an existing key unchanged when it is written again: a difference could never be applied.
        ignoreChanges: ["properties", "tags"],
    };
}
