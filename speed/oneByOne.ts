import type * as pulumi from "@pulumi/pulumi";
import { isSpedUp } from "./switches";

/** What Pulumi has and its types do not: what a component contains, and an output's value. */
interface Internals {
    __childResources: Set<pulumi.Resource>;
    promise: () => Promise<unknown>;
}

/**
 * Declares a component for each item, one at each turn of Node's event loop, and lets go of what is in it when that is
 * registered. What is declared in one go waits in memory to its end, about 100 KiB for each resource. What is registered
 * stays, 10 KiB for each, for resources that depend on the component as a whole: there must be none, outputs of the
 * component are all that others may use.
 */
export async function oneByOne<Item, Component extends pulumi.ComponentResource>(
    items: readonly Item[],
    declare: (item: Item) => Component,
): Promise<Component[]> {
    const isOneByOne = isSpedUp("one-by-one");
    const declared: Component[] = [];
    for (const item of items) {
        if (isOneByOne && declared.length > 0) {
            // Not for an output: in a preview, one that is not known yet never comes.
            await new Promise((resolve) => setImmediate(resolve));
        }
        const component = declare(item);
        declared.push(component);
        if (isOneByOne) {
            void letGoWhenRegistered(component);
        }
    }
    return declared;
}

async function letGoWhenRegistered(component: pulumi.ComponentResource): Promise<void> {
    const { __childResources: children } = component as unknown as Internals;
    const urns = [...children].map(({ urn }) => (urn as unknown as Internals).promise());
    // What fails fails the program by itself.
    if ((await Promise.allSettled(urns)).every(({ status }) => status === "fulfilled")) {
        children.clear();
    }
}
