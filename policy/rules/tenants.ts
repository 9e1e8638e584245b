import { types } from "../../stack/resourceTypes";
import { objectName, objectNamespace } from "../../stack/stackView";
import { at, listAt, recordAt, recordsAt, textAt, textsAt } from "../../stack/values";
import type { JsonRecord } from "../../stack/values";
import type { CapturedResource } from "../../simulator/capture";
import { isRecord } from "../../simulator/records";
import { weakPodSecurity } from "../podSecurity";
import { finding, listed, ofEach } from "../rule";
import type { Finding, Judge, JudgedStack, Rule } from "../rule";
import { sources } from "../sources";

/** Rules about what tenants have to themselves. */
export const tenantRules: readonly Rule[] = [
    {
        id: "tenant-namespace-is-fenced",
        title: "Every tenant namespace has a quota, limits and a default deny in both directions",
        severity: "error",
        why: "Without them one tenant can use up the cluster, or reach the pods of another.",
        mend: "Create the namespace through the `Tenant` component.",
        sources: [sources.resourceQuotas, sources.limitRanges, sources.networkPolicies],
        evaluate: (stack) =>
            tenantNamespaces(stack).flatMap((namespace) => {
                const lacks = [
                    inNamespace(stack, types.resourceQuota, namespace).some(limitsUse) ? [] : "quota",
                    inNamespace(stack, types.limitRange, namespace).some(limitsSomething) ? [] : "limits",
                    ["Ingress", "Egress"]
                        .filter((direction) => !isDeniedByDefault(stack, namespace, direction))
                        .map((direction) => `default deny of ${direction.toLowerCase()}`),
                ].flat();
                return lacks.length === 0 ? [] : [finding(namespace, `lacks ${listed(lacks)}`)];
            }),
    },
    {
        id: "tenant-namespace-enforces-pod-security",
        title: "Every tenant namespace enforces a pod-security level that forbids privilege",
        severity: "error",
        why: "A privileged pod owns its node, and with it every pod and secret there.",
        mend: "Set the tenant's `podSecurityLevel` to restricted or baseline.",
        sources: [sources.podSecurity],
        evaluate: (stack) =>
            tenantNamespaces(stack).flatMap((namespace) => {
                const weak = weakPodSecurity(namespace, "enforce");
                return weak === undefined ? [] : [finding(namespace, `enforces ${weak}`)];
            }),
    },
    {
        id: "tenants-create-no-load-balancers",
        title: "Tenants cannot create load balancers or node ports",
        severity: "error",
        why: "A Service of that type opens the cluster beside the ingress controller and its rules.",
        mend: 'Set the quota\'s `services.loadbalancers` and `services.nodeports` to "0".',
        sources: [sources.resourceQuotas],
        evaluate: (stack) =>
            tenantNamespaces(stack).flatMap((namespace) => {
                const quotas = inNamespace(stack, types.resourceQuota, namespace);
                return ["services.loadbalancers", "services.nodeports"]
                    .filter(
                        (key) =>
                            !quotas.some(({ inputs }) => String(at(inputs, "spec", "hard", key)) === "0"),
                    )
                    .map((key) => finding(namespace, `its quota does not limit ${key} to 0`));
            }),
    },
    {
        id: "tenant-quota-bounds-storage",
        title: "Every tenant's quota bounds its storage",
        severity: "warning",
        why: "Disks are paid for until somebody deletes them, also those of pods that are long gone.",
        mend: "Set `requests.storage` and `persistentvolumeclaims` in the quota.",
        sources: [sources.resourceQuotas],
        evaluate: (stack) =>
            ofTenants(stack, (namespace) => {
                const quotas = inNamespace(stack, types.resourceQuota, namespace);
                return ["requests.storage", "persistentvolumeclaims"]
                    .filter(
                        (key) => !quotas.some(({ inputs }) => at(inputs, "spec", "hard", key) !== undefined),
                    )
                    .map((key) => `its quota does not bound ${key}`);
            }),
    },
    {
        id: "tenant-containers-have-limits",
        title: "Every tenant's containers get requests and limits, and have an upper bound",
        severity: "error",
        why: "A container without a limit takes the memory of its neighbours; the quota refuses one without requests.",
        mend: "Set `default`, `defaultRequest` and `max` of CPU and memory for containers in the limit range.",
        sources: [sources.limitRanges],
        evaluate: (stack) =>
            ofTenants(stack, (namespace) => {
                const limits = inNamespace(stack, types.limitRange, namespace)
                    .flatMap(({ inputs }) => recordsAt(inputs, "spec", "limits"))
                    .filter((limit) => limit["type"] === "Container");
                // That there are none at all is said by tenant-namespace-is-fenced.
                return limits.length === 0
                    ? []
                    : ["default", "defaultRequest", "max"].flatMap((kind) =>
                          ["cpu", "memory"]
                              .filter((what) => !limits.some((limit) => at(limit, kind, what) !== undefined))
                              .map((what) => `its limits have no \`${kind}.${what}\``),
                      );
            }),
    },
    {
        id: "tenant-pods-stay-below-the-platform",
        title: "No tenant may use a priority of the platform",
        severity: "error",
        why: "Pods of high priority push others off their nodes, the ingress controller's included.",
        mend: "Create a quota of 0 pods for every priority class but the tenant's own.",
        sources: [sources.resourceQuotas, sources.schedulerPractices],
        evaluate: (stack) =>
            ofTenants(stack, (namespace) =>
                inNamespace(stack, types.resourceQuota, namespace).some(refusesPlatformPriority)
                    ? undefined
                    : "no quota keeps its pods from the priorities of the platform",
            ),
    },
    {
        id: "tenants-can-resolve-names",
        title: "Every tenant's pods may ask for names",
        severity: "error",
        why: "With a default deny and no way to DNS, no pod finds any service, its own included.",
        mend: "Create a network policy that lets all pods reach kube-dns on port 53.",
        sources: [sources.networkPolicies],
        evaluate: (stack) =>
            ofTenants(stack, (namespace) =>
                inNamespace(stack, types.networkPolicy, namespace)
                    .flatMap(({ inputs }) => recordsAt(inputs, "spec", "egress"))
                    .some((rule) => recordsAt(rule, "ports").some((port) => port["port"] === 53))
                    ? undefined
                    : "its pods may not ask for names",
            ),
    },
    {
        id: "network-policies-name-their-peers",
        title: "Network policies say from where and to where",
        severity: "error",
        why: "A rule without peers, or with every address, opens what the default deny has closed.",
        mend: "Name pods, namespaces or narrow ranges in `from` and `to`.",
        sources: [sources.networkPolicies],
        ...ofEach(types.networkPolicy, ({ inputs }) =>
            (
                [
                    ["ingress", "from", "lets everybody in"],
                    ["egress", "to", "lets its pods out to everywhere"],
                ] as const
            )
                .filter(([direction, peers]) =>
                    recordsAt(inputs, "spec", direction).some((rule) => isOpen(recordsAt(rule, peers))),
                )
                .map(([, , message]) => message),
        ),
    },
    {
        id: "default-service-accounts-have-no-token",
        title: "Pods that name no service account get no token",
        severity: "warning",
        why: "Every pod would otherwise carry a key to the API server that it does not need.",
        mend: "Set `automountServiceAccountToken: false` at the namespace's default service account.",
        sources: [sources.serviceAccounts, sources.rbacPractices],
        evaluate: (stack) =>
            ofTenants(stack, (namespace) =>
                inNamespace(stack, types.serviceAccountPatch, namespace).some(
                    (account) =>
                        objectName(account) === "default" &&
                        account.inputs["automountServiceAccountToken"] === false,
                )
                    ? undefined
                    : "its default service account hands out tokens",
            ),
    },
    {
        id: "service-accounts-have-no-token",
        title: "Service accounts hand out no tokens of the API server",
        severity: "warning",
        why: "Workload identity has a token of its own; the other one is a gift to whoever gets into the pod.",
        mend: "Set `automountServiceAccountToken: false`.",
        sources: [sources.serviceAccounts, sources.rbacPractices],
        ...ofEach(types.serviceAccount, ({ inputs }) =>
            inputs["automountServiceAccountToken"] === false ? undefined : "hands out tokens",
        ),
    },
    {
        id: "role-bindings-name-groups",
        title: "Role bindings name groups of Entra ID, no people and no group of Kubernetes itself",
        severity: "error",
        why: "Kubernetes' own groups hold everybody: whoever has a login gets the role.",
        mend: "Bind the role to the object id of an Entra group.",
        sources: [sources.rbacPractices],
        ...ofEach([types.roleBinding, types.clusterRoleBinding], ({ inputs }) => {
            const subjects = recordsAt(inputs, "subjects");
            return subjects.length === 0
                ? "names nobody"
                : subjects.flatMap((subject) => subjectProblem(subject) ?? []);
        }),
    },
    {
        id: "tenants-get-no-more-than-edit",
        title: "No role binding gives more than the role edit",
        severity: "error",
        why: "With admin a tenant grants roles, with cluster-admin it reads the secrets of all others.",
        mend: "Bind `edit` or `view`.",
        sources: [sources.rbacPractices],
        ...ofEach([types.roleBinding, types.clusterRoleBinding], ({ inputs }) => {
            const role = textAt(inputs, "roleRef", "name");
            return role === "edit" || role === "view" ? undefined : `gives the role ${role ?? "?"}`;
        }),
    },
    {
        id: "tenant-namespace-warns-about-pod-security",
        title: "Tenants are told what their namespace's pod-security level refuses",
        severity: "warning",
        why: "A deployment whose pods are refused is accepted without a word, and stays empty.",
        mend: "Set the labels `pod-security.kubernetes.io/warn` and `audit` to the level or a stricter one.",
        sources: [sources.podSecurity],
        evaluate: (stack) =>
            ofTenants(stack, (namespace) =>
                (["warn", "audit"] as const)
                    .filter((mode) => weakPodSecurity(namespace, mode) !== undefined)
                    .map((mode) => `has no ${mode} level`),
            ),
    },
];

/** Namespaces that a Tenant component made. */
export function tenantNamespaces(stack: JudgedStack): CapturedResource[] {
    return stack
        .ofType(types.namespace)
        .filter((namespace) => stack.componentOf(namespace)?.type === types.tenantComponent);
}

function inNamespace(stack: JudgedStack, type: string, namespace: CapturedResource): CapturedResource[] {
    return stack.ofType(type).filter((resource) => objectNamespace(resource) === objectName(namespace));
}

/** A quota may also be there for one priority class only; this one bounds what the whole namespace uses. */
function limitsUse({ inputs }: CapturedResource): boolean {
    const spec = recordAt(inputs, "spec");
    const isForSome = listAt(spec, "scopes").length > 0 || isRecord(spec["scopeSelector"]);
    return (
        !isForSome &&
        ["limits.cpu", "limits.memory", "pods"].every((key) => at(spec, "hard", key) !== undefined)
    );
}

/** A range may also be there and say nothing, or be about pods and claims alone. */
function limitsSomething({ inputs }: CapturedResource): boolean {
    return recordsAt(inputs, "spec", "limits").some((limit) => limit["type"] === "Container");
}

/** A policy that selects every pod and allows nothing in that direction. */
function isDeniedByDefault(stack: JudgedStack, namespace: CapturedResource, direction: string): boolean {
    return inNamespace(stack, types.networkPolicy, namespace).some(({ inputs }) => {
        const spec = recordAt(inputs, "spec");
        return (
            selectsAll(spec["podSelector"]) &&
            textsAt(spec, "policyTypes").includes(direction) &&
            listAt(spec, direction.toLowerCase()).length === 0
        );
    });
}

const objectId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is wrong with somebody whom a role binding names. Service accounts are neither people nor groups. */
function subjectProblem(subject: JsonRecord): string | undefined {
    const [kind, name] = [textAt(subject, "kind"), textAt(subject, "name")];
    if (kind === undefined || name === undefined) {
        return "names somebody without a kind or a name";
    }
    if (kind === "User" || name.startsWith("system:")) {
        return `names the ${kind.toLowerCase()} ${name}`;
    }
    return kind === "Group" && !objectId.test(name)
        ? `names the group ${name}, which is no object id of Entra ID`
        : undefined;
}

function ofTenants(stack: JudgedStack, judge: Judge): Finding[] {
    return tenantNamespaces(stack).flatMap((namespace) =>
        stack.certain(() => [judge(namespace) ?? []].flat().map((message) => finding(namespace, message))),
    );
}

/** Priorities that only the platform and Kubernetes itself may use. */
function isOfPlatform(priority: string): boolean {
    return priority.startsWith("platform-") || priority.startsWith("system-");
}

function refusesPlatformPriority({ inputs }: CapturedResource): boolean {
    const expressions = recordsAt(inputs, "spec", "scopeSelector", "matchExpressions").filter(
        ({ scopeName }) => scopeName === "PriorityClass",
    );
    const isAllowed = (operator: string) =>
        expressions
            .filter((expression) => expression["operator"] === operator)
            .flatMap((expression) => textsAt(expression, "values"));
    const allowed = isAllowed("NotIn");
    return (
        String(at(inputs, "spec", "hard", "pods")) === "0" &&
        expressions.some(({ operator }) => operator === "Exists" || operator === "NotIn") &&
        !allowed.some(isOfPlatform)
    );
}

function isOpen(peers: readonly JsonRecord[]): boolean {
    return (
        peers.length === 0 ||
        peers.some(
            (peer) =>
                Object.keys(peer).length === 0 ||
                /\/0$/.test(textAt(peer, "ipBlock", "cidr") ?? "") ||
                (selectsAll(peer["namespaceSelector"]) && selectsAll(peer["podSelector"] ?? {})),
        )
    );
}

/** True for a selector that is there and asks for nothing. */
function selectsAll(selector: unknown): boolean {
    return (
        isRecord(selector) &&
        Object.keys(recordAt(selector, "matchLabels")).length === 0 &&
        listAt(selector, "matchExpressions").length === 0
    );
}
