import type { ManagementLockByScopeArgs } from "@pulumi/azure-native/authorization";
import type * as pulumi from "@pulumi/pulumi";

/**
 * Resource option for children of a protected component that hold nothing: they must come and go while the component
 * stays protected, above all access, which has to be revocable at any time.
 */
export const recreatable = { protect: false };

/** A lock with which Azure refuses to delete a resource, and what is in it; `reason` is for whoever meets it. */
export function deletionLock(
    baseName: string,
    resourceId: pulumi.Input<string>,
    reason: string,
): ManagementLockByScopeArgs {
    return {
        scope: resourceId,
        lockName: `${baseName}-do-not-delete`,
        level: "CanNotDelete",
        notes: reason,
    };
}
