import * as pulumi from "@pulumi/pulumi";

/**
 * A `dependsOn` value that waits for whatever the given values come from, without using the values themselves. It lets
 * a component take "create this after that" as ordinary inputs, which cross package boundaries; resources do not.
 */
export function after(...values: pulumi.Input<unknown>[]): pulumi.Output<pulumi.Resource[]> {
    return pulumi.all(values).apply(() => []);
}
