import { azureResourceTypes } from "../types";

const knownTypes = new Set(Object.values(azureResourceTypes).map(({ armType }) => armType.toLowerCase()));

/**
 * The resource of a type in the tables that an id is, or is within: `.../managedClusters/<name>/namespaces/<name>` names
 * a place inside a cluster that is no resource itself.
 */
export function knownResource(id: string): string | undefined {
    const start = id.lastIndexOf("/providers/");
    const [namespace = "", ...path] = id.slice(start + "/providers/".length).split("/");
    for (let length = path.length; start >= 0 && length > 0; length -= 2) {
        const types = path.slice(0, length).filter((_, index) => index % 2 === 0);
        if (knownTypes.has([namespace, ...types].join("/").toLowerCase())) {
            return `${id.slice(0, start)}/providers/${[namespace, ...path.slice(0, length)].join("/")}`;
        }
    }
    return undefined;
}
