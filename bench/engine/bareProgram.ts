import { providerUrn, shortName } from "../../engine/names";
import type { KubeloginMode } from "../../components/internal/kubeconfig";
import { types } from "../../stack/resourceTypes";
import type { StateResource } from "../../rehearsal/engine";
import { containsSecret } from "../../simulator/secrets";

/** The file, in the project's folder, that `programs/bare` reads. */
export const bareProgramFile = "bare.json";

/** A program without components: the same resources, one `new` each. */
export interface BareProgram {
    /** Each after all that it names. */
    resources: BareResource[];
    /** How kubelogin signs in, as the kubeconfig of the program's own cluster has to say. */
    login: KubeloginMode;
}

/** A resource, with the others by their URN in the recorded state. */
export interface BareResource {
    urn: string;
    type: string;
    name: string;
    inputs: Record<string, unknown>;
    dependsOn: string[];
    provider?: string;
    deletedWith?: string;
    /** Of a provider: the plugin's version. */
    version?: string;
    /** Of a Kubernetes provider: the cluster, whose kubeconfig is not the recorded one's. */
    cluster?: string;
}

const providerPrefix = "pulumi:providers:";
const kubernetesProvider = "pulumi:providers:kubernetes";

/**
 * The custom resources of a recorded state as a flat program: the same inputs, the same dependencies, and the same
 * `deletedWith`, without which the engine would have another thing to do and not only another program to run.
 *
 * @throws Error with all that such a program cannot make.
 */
export function bareProgram(resources: readonly StateResource[], login: KubeloginMode): BareProgram {
    const custom = resources.filter((resource) => resource.custom === true);
    const cluster = custom.find(({ type }) => type === types.cluster)?.urn;
    const bare = custom.map((resource) => bareResource(resource, cluster));
    const problems = bare.flatMap((one, index) => {
        const before = new Set(bare.slice(0, index).map(({ urn }) => urn));
        return [
            ...(custom[index]?.external ? [`${shortName(one.urn)} is only looked up`] : []),
            ...(containsSecret(one.inputs) ? [`${shortName(one.urn)} has a secret input`] : []),
            ...(one.type === kubernetesProvider && !cluster
                ? [`${shortName(one.urn)} leads to no cluster of the state`]
                : []),
            ...namesOf(one)
                .filter((urn) => !before.has(urn))
                .map((urn) => `${shortName(one.urn)} needs ${urn}, which is not made before it`),
        ];
    });
    if (problems.length > 0) {
        throw new Error(`a bare program cannot make this state:\n${problems.join("\n")}`);
    }
    return { resources: bare, login };
}

function bareResource(
    { urn, type, inputs = {}, dependencies = [], provider, deletedWith }: StateResource,
    cluster: string | undefined,
): BareResource {
    // The provider's and the engine's notes to themselves.
    const own = Object.fromEntries(Object.entries(inputs).filter(([key]) => !key.startsWith("__")));
    const common = {
        urn,
        type,
        name: shortName(urn),
        dependsOn: dependencies,
        ...(provider && { provider: providerUrn(provider) }),
        ...(deletedWith && { deletedWith }),
    };
    if (!type.startsWith(providerPrefix)) {
        return { ...common, inputs: own };
    }
    const { version, ...rest } = own;
    const settings = { ...common, ...(typeof version === "string" && { version }) };
    if (type !== kubernetesProvider) {
        return { ...settings, inputs: rest };
    }
    const others = Object.entries(rest).filter(([key]) => key !== "kubeconfig");
    return { ...settings, inputs: Object.fromEntries(others), ...(cluster && { cluster }) };
}

/** URNs of all that it names. */
function namesOf({ dependsOn, provider, deletedWith, cluster }: BareResource): string[] {
    return [...dependsOn, provider, deletedWith, cluster].filter((urn) => urn !== undefined);
}
