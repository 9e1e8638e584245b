import { deployment, plainPod } from "./objects";
import type { Question } from "./answers";
import type { TenantMember } from "./cast";

const name = "rehearsal";
// Whoever may do it against the promise leaves nothing behind.
const dryRun = "?dryRun=All";

/** Namespaces of the platform that no tenant may enter. */
export const platformNamespaces = ["ingress", "kured", "kube-system", "default"];

/** What a developer is promised beside a real Deployment, and what not. */
export function developerQuestions({ own, others }: TenantMember): Question[] {
    const { namespace } = own;
    const elsewhere = [...others, ...platformNamespaces];
    const forbidden = (what: string, method: string, path: string, object?: object): Question => ({
        what: `developer of ${namespace}: ${what}`,
        method,
        path: method === "GET" ? path : `${path}${dryRun}`,
        object,
        expected: "forbidden",
    });
    return [
        ...elsewhere.map((other) =>
            forbidden(`create a Deployment in ${other}`, "POST", deployments(other), deployment(name)),
        ),
        ...elsewhere.map((other) => forbidden(`list the pods of ${other}`, "GET", pods(other))),
        forbidden("create a namespace", "POST", "/api/v1/namespaces", namespaceObject()),
        forbidden("list all pods", "GET", "/api/v1/pods"),
        forbidden("list the nodes", "GET", "/api/v1/nodes"),
        // The fences of the own namespace are the platform's.
        forbidden("remove the quota", "DELETE", `${core(namespace)}/resourcequotas/quota`),
        forbidden("remove the limits", "DELETE", `${core(namespace)}/limitranges/limits`),
        forbidden("change the namespace's labels", "PATCH", core(namespace), { metadata: { labels: {} } }),
        forbidden(
            "give somebody a role",
            "POST",
            `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings`,
            roleBinding(),
        ),
    ];
}

/** What a reader is promised, and what not. */
export function readerQuestions({ own }: TenantMember): Question[] {
    const { namespace } = own;
    const question = (
        expected: Question["expected"],
        what: string,
        method: string,
        path: string,
        object?: object,
    ): Question => ({ what: `reader of ${namespace}: ${what}`, method, path, object, expected });
    return [
        question("allowed", "list pods", "GET", pods(namespace)),
        question("allowed", "list Deployments", "GET", deployments(namespace)),
        question("forbidden", "create a pod", "POST", `${pods(namespace)}${dryRun}`, plainPod(name)),
        question(
            "forbidden",
            "create a Deployment",
            "POST",
            `${deployments(namespace)}${dryRun}`,
            deployment(name),
        ),
        question("forbidden", "delete all pods", "DELETE", `${pods(namespace)}${dryRun}`),
        question("forbidden", "run a command in a pod", "POST", `${pods(namespace)}/${name}/exec?command=id`),
    ];
}

/** Who reads which secrets. A developer's own namespace is the developer's, secrets included. */
export function secretQuestions(
    person: string,
    namespaces: readonly string[],
    expected: Question["expected"],
): Question[] {
    return namespaces.map((namespace) => ({
        what: `${person}: read the secrets of ${namespace}`,
        method: "GET",
        path: `${core(namespace)}/secrets`,
        expected,
    }));
}

/** Of everything a little: none of it is for somebody without a group. */
export function strangerQuestions(namespace: string): Question[] {
    const paths = {
        "list all pods": "/api/v1/pods",
        "list the namespaces": "/api/v1/namespaces",
        "list the nodes": "/api/v1/nodes",
        [`list the pods of ${namespace}`]: pods(namespace),
        [`read the config maps of ${namespace}`]: `${core(namespace)}/configmaps`,
        "list the pods of kube-system": pods("kube-system"),
    };
    return [
        ...Object.entries(paths).map(([what, path]): Question => ({
            what: `stranger: ${what}`,
            method: "GET",
            path,
            expected: "forbidden",
        })),
        {
            what: `stranger: create a pod in ${namespace}`,
            method: "POST",
            path: `${pods(namespace)}${dryRun}`,
            object: plainPod(name),
            expected: "forbidden",
        },
    ];
}

/** Path of a namespace. */
export function core(namespace: string): string {
    return `/api/v1/namespaces/${namespace}`;
}

/** Path of a namespace's pods. */
export function pods(namespace: string): string {
    return `${core(namespace)}/pods`;
}

/** Path of a namespace's Deployments. */
export function deployments(namespace: string): string {
    return `/apis/apps/v1/namespaces/${namespace}/deployments`;
}

function namespaceObject(): object {
    return { apiVersion: "v1", kind: "Namespace", metadata: { name } };
}

function roleBinding(): object {
    const group = "rbac.authorization.k8s.io";
    return {
        apiVersion: `${group}/v1`,
        kind: "RoleBinding",
        metadata: { name },
        roleRef: { apiGroup: group, kind: "ClusterRole", name: "view" },
        subjects: [{ apiGroup: group, kind: "User", name }],
    };
}
