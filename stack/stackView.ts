import type { CapturedResource } from "../simulator/capture";
import { types } from "./resourceTypes";
import { groupBy } from "./values";

/** The resources of a stack, with the ways to look them up that checks, cost and output share. */
export class StackView {
    private readonly byUrn: Map<string, CapturedResource>;
    private readonly byType: Map<string, CapturedResource[]>;
    private readonly byId: Map<string, CapturedResource>;

    constructor(readonly resources: readonly CapturedResource[]) {
        this.byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
        this.byType = groupBy(resources, (resource) => resource.type);
        this.byId = new Map(
            resources.flatMap((resource) =>
                resource.id ? [[resource.id.toLowerCase(), resource] as const] : [],
            ),
        );
    }

    ofType(type: string): readonly CapturedResource[] {
        return this.byType.get(type) ?? [];
    }

    withUrn(urn: string | undefined): CapturedResource | undefined {
        return urn === undefined ? undefined : this.byUrn.get(urn);
    }

    /** The resource with an Azure id; Azure does not tell capitals apart in ids. */
    withId(id: string | undefined): CapturedResource | undefined {
        return id === undefined ? undefined : this.byId.get(id.toLowerCase());
    }

    /** The component that a resource belongs to; undefined for one that is directly in the program. */
    componentOf(resource: CapturedResource): CapturedResource | undefined {
        const parent = this.withUrn(resource.parent);
        if (!parent || parent.type === types.stack) {
            return undefined;
        }
        return parent.custom ? this.componentOf(parent) : parent;
    }

    /** Name of the component that a resource belongs to; `program` for one that is directly in the program. */
    componentName(resource: CapturedResource): string {
        return this.componentOf(resource)?.name ?? "program";
    }
}

/** The name that Azure or Kubernetes knows a resource by; the program's own where they have none. */
export function platformName(resource: CapturedResource): string {
    const name = resource.state["name"];
    if (typeof name === "string" && name !== "") {
        return name;
    }
    return objectName(resource) ?? resource.name;
}

/** `metadata.name` of a Kubernetes object. */
export function objectName(resource: CapturedResource): string | undefined {
    return metadataText(resource, "name");
}

/** `metadata.namespace` of a Kubernetes object. */
export function objectNamespace(resource: CapturedResource): string | undefined {
    return metadataText(resource, "namespace");
}

function metadataText(resource: CapturedResource, key: string): string | undefined {
    const metadata = resource.state["metadata"];
    const value =
        typeof metadata === "object" && metadata !== null
            ? (metadata as Record<string, unknown>)[key]
            : undefined;
    return typeof value === "string" ? value : undefined;
}

/** True for an object or release of the Kubernetes provider. */
export function isKubernetes(resource: CapturedResource): boolean {
    return resource.custom && resource.type.startsWith("kubernetes:");
}

/** True for a resource of the Azure provider. */
export function isAzure(resource: CapturedResource): boolean {
    return resource.custom && resource.type.startsWith("azure-native:");
}
