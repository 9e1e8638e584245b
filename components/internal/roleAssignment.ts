import type * as pulumi from "@pulumi/pulumi";
import { recreatable } from "./protection";
import { retryWhileAzureSettles } from "./retry";

/** Resource options of a role assignment. */
export function roleAssignmentOptions(parent?: pulumi.Resource): pulumi.CustomResourceOptions {
    return {
        parent,
        ...recreatable,
        // Azure refuses to change the role of an assignment; the provider knows this of scope and principal only.
        replaceOnChanges: ["roleDefinitionId"],
        // A principal that was created a moment ago is not known everywhere yet; groups take longest.
        hooks: retryWhileAzureSettles(),
    };
}
