import { shortName } from "../../engine/names";
import { simulateResource } from "../../simulator";
import type { KubernetesApi, KubernetesObject } from "../../simulator/cluster/kubernetesApi";
import type { Entity } from "../../simulator/provider/entityStore";
import type { SimulatedEnvironment } from "../../simulator/resourceType";
import { isRecord } from "../../simulator/records";
import { resourcesOf, rootOf } from "./orphans";
import type { RecordedResource, Whereabouts } from "./recovery";

/** Whom a recovery asks in a rehearsal. */
export interface WhereaboutsOptions {
    /** What exists in the simulated Azure now. */
    entities: () => readonly Entity[];
    environment: SimulatedEnvironment;
    /** The cluster; absent while there is none. */
    api: () => Promise<KubernetesApi | undefined>;
    settled: () => Promise<void>;
}

const helmRelease = "kubernetes:helm.sh/v3:Release";
const entraGroup = "azuread:index/group:Group";

/** Asks the simulated Azure and the cluster, as a person asks `az resource show` and `kubectl get`. */
export function whereaboutsIn(options: WhereaboutsOptions): Whereabouts {
    const { entities, environment } = options;
    return {
        settled: options.settled,
        async idOf(resource) {
            if (!resource.type.startsWith("kubernetes:")) {
                return azureIdOf(resource, entities(), environment);
            }
            const api = await options.api();
            return api && kubernetesIdOf(resource, api);
        },
        async isHalfInstalled(resource) {
            const api = await options.api();
            const status = resource.type === helmRelease && api && (await releaseStatus(resource, api));
            return typeof status === "string" && status !== "deployed";
        },
    };
}

/** A Resource Manager id can be worked out of a resource's inputs; a group of Entra ID is found by its display name. */
export function azureIdOf(
    resource: RecordedResource,
    entities: readonly Entity[],
    environment: SimulatedEnvironment,
): string | undefined {
    const { type, urn, inputs = {} } = resource;
    if (type === entraGroup) {
        return entities.find(
            (entity) => entity.type === type && entity.inputs["displayName"] === inputs["displayName"],
        )?.id;
    }
    if (!type.startsWith("azure-native:")) {
        return undefined;
    }
    const { id } = simulateResource({ type, logicalName: shortName(urn), inputs, environment });
    return entities.find((entity) => entity.id.toLowerCase() === id.toLowerCase())?.id;
}

async function kubernetesIdOf(resource: RecordedResource, api: KubernetesApi): Promise<string | undefined> {
    const { name, namespace } = placeOf(resource);
    const id = namespace === undefined ? name : `${namespace}/${name}`;
    if (resource.type === helmRelease) {
        return (await releaseStatus(resource, api)) === undefined ? undefined : id;
    }
    const path = await objectPath(resource, api);
    return path !== undefined && (await api.find(path)) !== undefined ? id : undefined;
}

/** Where the API has the object; absent where it does not know the kind. */
async function objectPath(resource: RecordedResource, api: KubernetesApi): Promise<string | undefined> {
    const { apiVersion, kind } = (resource.inputs ?? {}) as { apiVersion: string; kind: string };
    const known = await resourcesOf(apiVersion, api);
    const found = known.find((each) => each.kind === kind && !each.name.includes("/"));
    const { name, namespace = "default" } = placeOf(resource);
    return (
        found &&
        `${rootOf(apiVersion)}/${found.namespaced ? `namespaces/${namespace}/` : ""}${found.name}/${name}`
    );
}

/** The status of the latest revision of a release, as Helm labels its own records of it. */
async function releaseStatus(resource: RecordedResource, api: KubernetesApi): Promise<string | undefined> {
    const { name, namespace = "default" } = placeOf(resource);
    const selector = encodeURIComponent(`owner=helm,name=${name}`);
    const records = await api.list(`/api/v1/namespaces/${namespace}/secrets?labelSelector=${selector}`);
    const version = ({ metadata }: KubernetesObject) => Number(metadata.labels?.["version"] ?? 0);
    return records.sort((one, other) => version(other) - version(one))[0]?.metadata.labels?.["status"];
}

/** Name and namespace of an object or a Helm release. */
function placeOf({ inputs = {} }: RecordedResource): { name: string; namespace?: string } {
    const place = isRecord(inputs["metadata"]) ? inputs["metadata"] : inputs;
    return place as { name: string; namespace?: string };
}
