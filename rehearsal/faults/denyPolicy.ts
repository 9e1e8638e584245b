import type { KubernetesApi } from "../../simulator/cluster/kubernetesApi";
import { waitUntil } from "../../simulator/cluster/waiting";

/** A write that the cluster is to refuse: of one object, by its name or by the beginning of a name that is made up. */
export interface DeniedWrite {
    operation: "CREATE" | "UPDATE";
    kind: string;
    /** Empty for what is in no namespace. */
    namespace: string;
    name?: string;
    namePrefix?: string;
}

const group = "/apis/admissionregistration.k8s.io/v1";
const policyName = "rehearsal-faults";
const refusal = "refused on demand by the rehearsal";
const secondsToTakeEffect = 30;

/** Lets the API server itself refuse writes, by a policy of its own kind: nothing has to be served for that. */
export class DenyPolicy {
    readonly #api: KubernetesApi;
    #generation = 0;

    constructor(api: KubernetesApi) {
        this.#api = api;
    }

    /** In place of what was refused before; resolves when the API server acts so. */
    async replace(writes: readonly DeniedWrite[]): Promise<void> {
        await this.remove();
        this.#generation += 1;
        const name = `${policyName}-${this.#generation}`;
        const probe: DeniedWrite = { operation: "CREATE", kind: "ConfigMap", namespace: "default", name };
        await this.#api.create(`${group}/validatingadmissionpolicies`, denyPolicy(name, [...writes, probe]));
        await this.#api.create(`${group}/validatingadmissionpolicybindings`, {
            apiVersion: "admissionregistration.k8s.io/v1",
            kind: "ValidatingAdmissionPolicyBinding",
            metadata: { name },
            spec: { policyName: name, validationActions: ["Deny"] },
        });
        await waitUntil("the policy that refuses writes", secondsToTakeEffect, () => this.#isRefused(name));
    }

    async remove(): Promise<void> {
        if (this.#generation > 0) {
            const name = `${policyName}-${this.#generation}`;
            await this.#api.delete(`${group}/validatingadmissionpolicybindings/${name}`);
            await this.#api.delete(`${group}/validatingadmissionpolicies/${name}`);
        }
    }

    async #isRefused(name: string): Promise<boolean> {
        const probe = { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "default" } };
        return this.#api.create("/api/v1/namespaces/default/configmaps?dryRun=All", probe).then(
            () => false,
            (error: unknown) => String(error).includes(refusal),
        );
    }
}

/** The policy that refuses these writes and no others. */
export function denyPolicy(name: string, writes: readonly DeniedWrite[]): object {
    const keyOf = (write: DeniedWrite) =>
        [write.operation, write.kind, write.namespace, write.name ?? write.namePrefix ?? ""].join("/");
    const exact = writes.filter((write) => write.name !== undefined).map(keyOf);
    const prefixes = writes.filter((write) => write.name === undefined).map(keyOf);
    return {
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: "ValidatingAdmissionPolicy",
        metadata: { name },
        spec: {
            failurePolicy: "Fail",
            matchConstraints: {
                resourceRules: [
                    {
                        apiGroups: ["*"],
                        apiVersions: ["*"],
                        operations: ["CREATE", "UPDATE"],
                        resources: ["*"],
                    },
                ],
            },
            variables: [
                {
                    name: "key",
                    // Of the request itself, a creation has no name yet, and a namespace is in itself.
                    expression:
                        "request.operation + '/' + request.kind.kind + '/' + " +
                        "object.?metadata.?namespace.orValue('') + '/' + object.?metadata.?name.orValue('')",
                },
            ],
            validations: [
                {
                    expression: `!(variables.key in ${JSON.stringify(exact)}) && !${JSON.stringify(prefixes)}.exists(prefix, variables.key.startsWith(prefix))`,
                    message: refusal,
                },
            ],
        },
    };
}
