import { providerUrn } from "../../engine/names";
import type { StateResource } from "../engine";
import type { Job, Wait } from "./job";
import { nodesFor } from "./nodes";
import { locksOf } from "./serialised";

/** What the model takes from elsewhere. */
export interface DurationSources {
    /** Typical seconds of an operation, by type token and inputs. */
    durationOf: (kind: "create", type: string, inputs: Record<string, unknown>) => number;
    /** Seconds from the creation of a role assignment until it is in effect everywhere. */
    rolePropagation: number;
    /** Object id of who deploys; its roles let the Kubernetes provider in. */
    deployerObjectId: string;
}

const roleAssignment = "azure-native:authorization:RoleAssignment";
const managedCluster = "azure-native:containerservice:ManagedCluster";
const kubernetesProvider = "pulumi:providers:kubernetes";

/** The hook of components/internal/retry.ts, and its pause between two tries. */
const retryHook = { name: "retry-while-azure-settles", pauseInSeconds: 30 };

/**
 * The operations of an `up` from nothing, from the state after it, in the state's order.
 *
 * - Each resource waits for its dependencies, its provider and its parent; a component for what its arguments are made of,
 *   because the SDK registers it with them. A `dependsOn` a component stands in the state as one on each resource in it.
 *   Components and providers take no time of their own.
 * - Below another resource by ARM id means after it, whether or not the program says so.
 * - The cluster needs the roles of its own identities that it waits for to be in effect, and the Kubernetes provider those
 *   of the deployer: Azure refuses them before. Other resources need roles to exist at most.
 * - A Helm release takes its time after there are nodes for its pods.
 * - What is only looked up takes no time.
 */
export function upJobs(resources: readonly StateResource[], sources: DurationSources): Job[] {
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const byId = new Map(
        resources.flatMap((resource) =>
            resource.id?.startsWith("/") ? [[resource.id.toLowerCase(), resource.urn]] : [],
        ),
    );
    return resources.map((resource) => {
        const isOperation = !isComponent(resource) && !isProvider(resource) && !resource.external;
        const isRetried = Object.values(resource.resourceHooks ?? {})
            .flat()
            .includes(retryHook.name);
        return {
            id: resource.urn,
            seconds: isOperation ? sources.durationOf("create", resource.type, resource.inputs ?? {}) : 0,
            waits: waitsOf(resource, byUrn, byId, sources),
            locks: isOperation ? locksOf(resource) : [],
            isOperation,
            ...(isRetried ? { retryPauseInSeconds: retryHook.pauseInSeconds } : {}),
        };
    });
}

function waitsOf(
    resource: StateResource,
    byUrn: ReadonlyMap<string, StateResource>,
    byId: ReadonlyMap<string, string>,
    sources: DurationSources,
): Wait[] {
    const waits = new Map<string, Wait>();
    // The first kind that is found stands: what is enforced comes before what the program asks for.
    const add = (on: string | undefined, kind: Wait["kind"], lagInSeconds = 0) => {
        if (on !== undefined && on !== resource.urn && byUrn.has(on) && !waits.has(on)) {
            waits.set(on, { on, kind, lagInSeconds });
        }
    };
    const dependencies = resource.dependencies ?? [];
    dependencies
        .filter((urn) => mustBeInEffect(byUrn.get(urn), resource, sources.deployerObjectId))
        .forEach((urn) => add(urn, "role", sources.rolePropagation));
    takenFrom(resource).forEach((urn) => add(urn, isComponent(resource) ? "argument" : "data"));
    add(resource.provider && providerUrn(resource.provider), "provider");
    add(above(resource.id, byId), "azureParent");
    add(nodesFor(resource, [...byUrn.values()]), "nodes");
    add(resource.parent, "parent");
    dependencies.forEach((urn) => add(urn, "dependsOn"));
    return [...waits.values()];
}

/** True for a role without which Azure refuses the resource. */
function mustBeInEffect(
    role: StateResource | undefined,
    resource: StateResource,
    deployerObjectId: string,
): boolean {
    if (role?.type !== roleAssignment) {
        return false;
    }
    if (resource.type === managedCluster) {
        const used = takenFrom(resource);
        return (role.propertyDependencies?.["principalId"] ?? []).some((identity) => used.includes(identity));
    }
    return resource.type === kubernetesProvider && role.inputs?.["principalId"] === deployerObjectId;
}

function takenFrom({ propertyDependencies = {} }: StateResource): string[] {
    return Object.values(propertyDependencies).flatMap((urns) => urns ?? []);
}

/** URN of the resource right above by ARM id. */
function above(id: string | undefined, byId: ReadonlyMap<string, string>): string | undefined {
    const segments = id?.startsWith("/") ? id.toLowerCase().split("/") : [];
    for (let length = segments.length - 1; length > 1; length--) {
        const urn = byId.get(segments.slice(0, length).join("/"));
        if (urn !== undefined) {
            return urn;
        }
    }
    return undefined;
}

function isComponent({ custom }: StateResource): boolean {
    return custom !== true;
}

function isProvider({ type }: StateResource): boolean {
    return type.startsWith("pulumi:providers:");
}
