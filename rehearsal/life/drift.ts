import { changesOf } from "../engine";
import type { OperationResult, StateResource } from "../engine";
import { operationProblems } from "../changes/change";
import type { Drift } from "../../simulator/provider/drift";
import type { Entity } from "../../simulator/provider/entityStore";
import { RehearsalError } from "../rehearsalError";
import type { Stage } from "../stage";
import { shortName } from "../../engine/names";
import type { Notes } from "./notes";

const types = {
    registry: "azure-native:containerregistry:Registry",
    cluster: "azure-native:containerservice:ManagedCluster",
    pool: "azure-native:containerservice:AgentPool",
    policy: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
} as const;
const property = "publicNetworkAccess";
const policies = "/apis/networking.k8s.io/v1/namespaces";

/**
 * Somebody opens or closes the registry in the portal, and somebody deletes a namespace's fence with kubectl. Before the
 * repair the autoscaler adds nodes, which must not be taken back. It does so after the drift check: a refresh does not
 * know what a program ignores, and names every count that is not what it was.
 */
export async function drift({ engine, simulator, adminApi }: Stage, notes: Notes): Promise<void> {
    const registry = one(notes.resources, types.registry);
    const policy = one(notes.resources, types.policy, (name) => name.endsWith("-default-deny"));
    const before = valueOf(registry, property);
    const policyPath = pathOf(policy);
    await simulator.control.drift({ id: idOf(registry), path: [property], value: flipped(before) });
    const api = await adminApi();
    await api.ask("DELETE", policyPath);

    const check = await notes.run("drift check", (watcher) => engine.previewRefresh(watcher));
    const registryName = `${shortName(registry.urn)} (${property})`;
    const policyName = shortName(policy.urn);
    notes.record(
        "drift-found",
        problemsOf(check, [`update ${registryName}`, `delete ${policyName}`]),
        `${registryName} and ${policyName}`,
    );

    const scaled = autoscaling(notes.resources);
    for (const count of scaled) {
        await simulator.control.drift(count);
    }
    const up = await notes.run("up with refresh", (watcher) => engine.refreshedUp(watcher));
    const entities = simulator.entities();
    const after = entities.find(({ id }) => id === idOf(registry))?.inputs[property];
    const { status } = await api.ask("GET", policyPath);
    notes.record(
        "drift-repaired",
        [
            ...problemsOf(up, [`update ${registryName}`, `create ${policyName}`]),
            ...(after === before ? [] : [`${registryName} is ${String(after)}, not ${before}`]),
            ...takenBack(scaled, entities),
            ...(status === 200 ? [] : [`${policyName} is not there: the API server answers with ${status}`]),
        ],
        `one updated, one created; the nodes that ${scaled.length} pools were given stay`,
    );
}

/** The autoscaler adds a node to the system pool and to each other pool that it has in hand. */
export function autoscaling(resources: readonly StateResource[]): Drift[] {
    return resources.flatMap(({ type, id, inputs }) => {
        if (id === undefined || (type !== types.cluster && type !== types.pool)) {
            return [];
        }
        const isCluster = type === types.cluster;
        const [pool] = (isCluster ? inputs?.["agentPoolProfiles"] : [inputs]) as [Pool];
        const path = [...(isCluster ? ["agentPoolProfiles", 0] : []), "count"];
        return pool.enableAutoScaling ? [{ id, path, value: (pool.count ?? 0) + 1 }] : [];
    });
}

interface Pool {
    enableAutoScaling?: boolean;
    count?: number;
}

/** Counts that are not as the autoscaler left them. */
export function takenBack(
    scaled: readonly Drift[],
    entities: readonly Pick<Entity, "id" | "inputs">[],
): string[] {
    return scaled.flatMap(({ id, path, value }) => {
        const inputs = entities.find((entity) => entity.id === id)?.inputs;
        const found = path.reduce<unknown>(
            (at, step) => (at as Record<string | number, unknown>)?.[step],
            inputs,
        );
        return found === value
            ? []
            : [`${id}: the count is ${String(found)}, not the autoscaler's ${String(value)}`];
    });
}

/** What is not as expected; an update is named with the properties that differ. */
export function problemsOf(
    result: Pick<OperationResult, "steps" | "error">,
    expected: readonly string[],
): string[] {
    const found = changesOf(result).map(({ operation, urn, properties }) =>
        operation === "update"
            ? `${operation} ${shortName(urn)} (${properties.join(", ")})`
            : `${operation} ${shortName(urn)}`,
    );
    return [...(result.error === undefined ? [] : [result.error]), ...operationProblems(expected, found)];
}

function one(
    resources: readonly StateResource[],
    type: string,
    isMeant: (name: string) => boolean = () => true,
): StateResource {
    const found = resources.find((resource) => resource.type === type && isMeant(shortName(resource.urn)));
    if (found === undefined) {
        throw new RehearsalError(`the stack has no ${type} to change behind its back`);
    }
    return found;
}

function idOf({ urn, id }: StateResource): string {
    if (id === undefined) {
        throw new RehearsalError(`the state has no id of ${shortName(urn)}`);
    }
    return id;
}

function valueOf({ inputs }: StateResource, key: string): string {
    const value = inputs?.[key];
    return typeof value === "string" ? value : "Enabled";
}

function flipped(value: string): string {
    return value === "Enabled" ? "Disabled" : "Enabled";
}

/** An object of the cluster has `<namespace>/<name>` as its id. */
function pathOf(policy: StateResource): string {
    const [namespace = "", name = ""] = idOf(policy).split("/");
    return `${policies}/${namespace}/networkpolicies/${name}`;
}
