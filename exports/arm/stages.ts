import { ExportError } from "../exportError";
import { homeOf, isGroup } from "./armAddress";
import type { ArmResource } from "./armResource";

/** A resource with the part of the template that it is deployed by. */
export interface StagedResource {
    resource: ArmResource;
    /** `<subscription>/<group>`; empty for what stands directly in the subscription. */
    home: string;
    /** Counts from 0 in the order of deployment. */
    stage: number;
    /** URNs of what has to be there first. */
    dependsOn: readonly string[];
}

/**
 * Cuts the resources into deployments. A template of a subscription holds one nested deployment for each resource group,
 * but groups may need each other in turns: the network needs the workspace for its logs, a vault of the group with the
 * workspace needs the network. So a resource is one stage after whatever it needs from another group, and in the same one
 * as what it needs from its own. A circle is an error.
 */
export function staged(
    resources: readonly ArmResource[],
    dependenciesOf: (resource: ArmResource) => readonly string[],
): StagedResource[] {
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const done = new Map<string, StagedResource>();
    const visit = (resource: ArmResource, way: readonly string[]): StagedResource => {
        const known = done.get(resource.urn);
        if (known) {
            return known;
        }
        if (way.includes(resource.urn)) {
            throw new ExportError(
                `resources need each other in a circle: ${[...way, resource.urn].join(" -> ")}`,
            );
        }
        const home = homeText(resource);
        const dependsOn = [...new Set(dependenciesOf(resource))].filter(
            (urn) => urn !== resource.urn && byUrn.has(urn),
        );
        const stages = dependsOn
            .flatMap((urn) => byUrn.get(urn) ?? [])
            .filter(({ address }) => !isGroup(address))
            .map((each) => visit(each, [...way, resource.urn]))
            .map((each) => (each.home === home && home !== "" ? each.stage : each.stage + 1));
        const result = { resource, home, stage: Math.max(0, ...stages), dependsOn };
        done.set(resource.urn, result);
        return result;
    };
    return resources.map((resource) => visit(resource, []));
}

function homeText({ address }: ArmResource): string {
    const home = homeOf(address);
    return home.kind === "group" ? `${home.subscriptionId}/${home.resourceGroup}` : "";
}
