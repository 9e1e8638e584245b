import type * as pulumi from "@pulumi/pulumi";
import type { AzureResourceType, ComputeContext } from "../../resourceType";

/** A table row whose `compute` sees the resource's own argument type, resolved: no Outputs in it. */
export interface TypedRow<Args> extends Omit<AzureResourceType, "compute"> {
    compute?(context: ComputeContext<pulumi.Unwrap<Args>>): Record<string, unknown>;
}

/** Types one row by the azure-native argument class it stands for: `define<ManagedClusterArgs>({...})`. */
export function define<Args>(row: TypedRow<Args>): AzureResourceType {
    return row as AzureResourceType;
}
