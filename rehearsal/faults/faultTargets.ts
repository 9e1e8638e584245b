import { shortName } from "../../engine/names";
import { isRecord } from "../../simulator/records";
import type { Fault } from "../../simulator/provider/faults";
import type { DeniedWrite } from "./denyPolicy";
import type { RecordedResource } from "./recovery";

/** A write of a resource into the cluster that is to be refused, by the resource that asks for it. */
export interface KubernetesTarget {
    urn: string;
    denied: DeniedWrite;
}

const helmRelease = "kubernetes:helm.sh/v3:Release";
const autonamed = "pulumi.com/autonamed";
/** What a release is there for. Helm installs it after accounts and roles, so that there is something to roll back. */
const workloads = /^(Deployment|DaemonSet|StatefulSet)\./;

/** The resources of Azure and Entra ID among those of a state. */
export function azureTargets(resources: readonly RecordedResource[]): RecordedResource[] {
    return resources.filter(({ type }) => type.startsWith("azure-native:") || type.startsWith("azuread:"));
}

/** The fault that lets the first creation of each fail. */
export function firstCreationFails(resources: readonly RecordedResource[], effect: Fault["effect"]): Fault[] {
    return azureTargets(resources).map(({ urn, type }) => ({
        operation: "create",
        type,
        name: shortName(urn),
        times: 1,
        effect,
    }));
}

/** What Kubernetes would have to refuse, so that the creation of each resource in the cluster fails. */
export function kubernetesTargets(resources: readonly RecordedResource[]): KubernetesTarget[] {
    return resources
        .filter(({ type }) => type.startsWith("kubernetes:"))
        .map((resource) => ({
            urn: resource.urn,
            denied: resource.type === helmRelease ? workloadOf(resource) : writeOf(resource),
        }));
}

function writeOf({ urn, type, inputs = {} }: RecordedResource): DeniedWrite {
    const metadata = isRecord(inputs["metadata"]) ? inputs["metadata"] : {};
    const isNamed = !(isRecord(metadata["annotations"]) && autonamed in metadata["annotations"]);
    return {
        // A patch changes what is there.
        operation: type.endsWith("Patch") ? "UPDATE" : "CREATE",
        kind: String(inputs["kind"]),
        namespace: typeof metadata["namespace"] === "string" ? metadata["namespace"] : "",
        ...(isNamed ? { name: String(metadata["name"]) } : { namePrefix: `${shortName(urn)}-` }),
    };
}

/** The provider lists what a release made: `Deployment.apps/apps/v1`: [`namespace/name`]. */
function workloadOf({ urn, outputs = {} }: RecordedResource): DeniedWrite {
    const names = (outputs["resourceNames"] ?? {}) as Record<string, string[]>;
    const [found] = Object.entries(names).filter(([kind]) => workloads.test(kind));
    const [namespace, name] = found?.[1][0]?.split("/") ?? [];
    if (!found || namespace === undefined || name === undefined) {
        throw new Error(`${urn} has no workload of which the creation could be refused`);
    }
    return { operation: "CREATE", kind: found[0].split(".")[0] ?? "", namespace, name };
}
