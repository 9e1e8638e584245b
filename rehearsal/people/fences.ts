import type { TenantNamespace } from "../../config/derived";
import type { KubernetesObject } from "../../simulator/cluster/kubernetesApi";
import { answerProblem, messageOf } from "./answers";
import type { Asked, Question } from "./answers";
import { exposedService, gatedPod, plainPod, privilegedPod, rootPod } from "./objects";
import { core, pods } from "./permissions";

const name = "rehearsal";
const dryRun = "?dryRun=All";

/** The plain pod is let in, so that it is the privilege for which the others are refused. */
export function podSecurityQuestions(namespace: string): Question[] {
    const question = (expected: Question["expected"], what: string, object: object): Question => ({
        what: `${what} in ${namespace}`,
        method: "POST",
        path: `${pods(namespace)}${dryRun}`,
        object,
        expected,
    });
    return [
        question("allowed", "plain pod", plainPod(name)),
        question("insecure", "privileged pod", privilegedPod(name)),
        question("insecure", "root pod", rootPod(name)),
    ];
}

/** Services that the quota of the namespace has no room for. */
export function exposureQuestions({ namespace, size }: TenantNamespace): Question[] {
    const { loadBalancers, nodePorts } = size.quota;
    const closed = [
        ...(loadBalancers === 0 ? (["LoadBalancer"] as const) : []),
        ...(nodePorts === 0 ? (["NodePort"] as const) : []),
    ];
    return closed.map((type) => ({
        what: `service of type ${type} in ${namespace}`,
        method: "POST",
        path: `${core(namespace)}/services${dryRun}`,
        object: exposedService(name, type),
        expected: "overQuota",
    }));
}

/** What is missing where a pod says nothing of its container's resources. */
export async function limitProblems(
    api: Asked,
    { namespace, size: { containerDefaults } }: TenantNamespace,
): Promise<string[]> {
    const answer = await api.ask("POST", `${pods(namespace)}${dryRun}`, plainPod(name));
    const problem = answerProblem({ what: `plain pod in ${namespace}`, expected: "allowed" }, answer);
    if (problem !== undefined) {
        return [problem];
    }
    const { requestCpu, requestMemory, limitCpu, limitMemory } = containerDefaults;
    const expected = {
        requests: { cpu: requestCpu, memory: requestMemory },
        limits: { cpu: limitCpu, memory: limitMemory },
    };
    const [container] = (answer.body as { spec: { containers: { resources?: Resources }[] } }).spec
        .containers;
    return (["requests", "limits"] as const).flatMap((kind) =>
        (["cpu", "memory"] as const)
            .filter((resource) => container?.resources?.[kind]?.[resource] !== expected[kind][resource])
            .map(
                (resource) =>
                    `${kind}.${resource} is ${container?.resources?.[kind]?.[resource] ?? "absent"}, not ${expected[kind][resource]}`,
            ),
    );
}

interface Resources {
    requests?: { cpu?: string; memory?: string };
    limits?: { cpu?: string; memory?: string };
}

/**
 * Fills a namespace up to its quota of pods and asks for one more. The pods are gated: nothing runs, and they are gone
 * as soon as they are deleted.
 */
export async function quotaProblems(api: Asked, { namespace, size }: TenantNamespace): Promise<string[]> {
    const before = await podCount(api, namespace);
    const room = size.quota.pods - before;
    const problems: string[] = [];
    try {
        const names = Array.from({ length: room }, (_, index) => `${name}-quota-${index}`);
        for (const batch of batches(names, 10)) {
            const answers = await Promise.all(
                batch.map((pod) => api.ask("POST", pods(namespace), gatedPod(pod))),
            );
            answers.forEach((answer, index) => {
                const what = `pod ${batch[index] ?? ""} within the quota of ${namespace}`;
                problems.push(answerProblem({ what, expected: "allowed" }, answer) ?? "");
            });
        }
        const more = await api.ask("POST", pods(namespace), gatedPod(`${name}-one-more`));
        problems.push(
            answerProblem(
                { what: `one pod more than the quota of ${namespace}`, expected: "overQuota" },
                more,
            ) ?? "",
        );
        if (more.status === 403 && !messageOf(more).includes(`limited: pods=${size.quota.pods}`)) {
            problems.push(`refused for another quota than that of pods: ${messageOf(more)}`);
        }
    } finally {
        await api.ask("DELETE", `${pods(namespace)}?gracePeriodSeconds=0`);
    }
    return problems.filter((problem) => problem !== "");
}

async function podCount(api: Asked, namespace: string): Promise<number> {
    const { body } = await api.ask("GET", pods(namespace));
    return ((body as { items?: unknown[] }).items ?? []).length;
}

function batches<Item>(items: readonly Item[], size: number): Item[][] {
    return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
        items.slice(index * size, (index + 1) * size),
    );
}

/** Namespaces in which no policy denies every pod all traffic in both directions. */
export function openNamespaces(
    namespaces: readonly string[],
    policies: readonly KubernetesObject[],
): string[] {
    const denying = new Set(policies.filter(deniesAll).map(({ metadata }) => metadata.namespace));
    return namespaces.filter((namespace) => !denying.has(namespace));
}

function deniesAll({ spec = {} }: KubernetesObject): boolean {
    const { podSelector, policyTypes, ingress, egress } = spec;
    const types = (policyTypes ?? []) as string[];
    const allowed = [ingress, egress].flatMap((rules) => (rules ?? []) as unknown[]);
    return (
        Object.keys(podSelector ?? {}).length === 0 &&
        types.includes("Ingress") &&
        types.includes("Egress") &&
        allowed.length === 0
    );
}

const ofItsNamespace = ["serviceAccountName", "serviceAccount", "priorityClassName"];

/**
 * kured's pod, as its chart makes it, asked for in other namespaces. What another namespace does not have (its service
 * account) or does not allow (its priority) is taken out: what is left is refused for its rights on the node.
 */
export function kuredQuestions(
    daemonSet: KubernetesObject,
    own: string,
    others: readonly string[],
): Question[] {
    const { template } = daemonSet.spec as { template: { spec: Record<string, unknown> } };
    const spec = Object.fromEntries(
        Object.entries(template.spec).filter(([key]) => !ofItsNamespace.includes(key)),
    );
    const object = {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name },
        spec: { ...spec, restartPolicy: "Always", automountServiceAccountToken: false },
    };
    const question = (namespace: string, expected: Question["expected"]): Question => ({
        what: `kured's pod in ${namespace}`,
        method: "POST",
        path: `${pods(namespace)}${dryRun}`,
        object,
        expected,
    });
    return [question(own, "allowed"), ...others.map((namespace) => question(namespace, "insecure"))];
}
