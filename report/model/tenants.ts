import { tenantLabels } from "../../components/internal/tenantObjects";
import type { AccessGrant } from "../../plan/access";
import type { CapturedResource } from "../../simulator/capture";
import { types } from "../../stack/resourceTypes";
import { objectName, objectNamespace } from "../../stack/stackView";
import type { StackView } from "../../stack/stackView";
import { at, groupBy, recordAt, recordsAt, textAt } from "../../stack/values";

/** Somebody with what they may do. */
export interface Member {
    who: string;
    may: string[];
}

/** One namespace of a team. */
export interface TenantRow {
    namespace: string;
    team: string;
    environment: string;
    /** What the quota bounds, by Kubernetes' name. */
    quota: [resource: string, most: string][];
    /** Requests and limits of a container that names none. */
    containerDefaults: [resource: string, request: string, limit: string][];
    /** Pod-security level that is enforced; undefined where the namespace has no such label. */
    podSecurity?: string;
    networkPolicies: number;
    /** Ranges outside the cluster that pods may reach, with ports. */
    egress: string[];
    people: Member[];
    /** Workloads with an Azure identity of their own. */
    workloads: Member[];
}

/** The namespaces of the teams, by name. */
export function tenantRows(stack: StackView, access: readonly AccessGrant[]): TenantRow[] {
    return stack
        .ofType(types.namespace)
        .flatMap((namespace) => {
            const isTenant = stack.componentOf(namespace)?.type === types.tenantComponent;
            return isTenant ? [tenantRow(stack, namespace, access)] : [];
        })
        .sort((one, other) => one.namespace.localeCompare(other.namespace, "en", { numeric: true }));
}

function tenantRow(stack: StackView, object: CapturedResource, access: readonly AccessGrant[]): TenantRow {
    const namespace = objectName(object) ?? object.name;
    const inIt = (type: string) => stack.ofType(type).filter((one) => objectNamespace(one) === namespace);
    const label = (key: string) => textAt(object.inputs, "metadata", "labels", key);
    const podSecurity = label("pod-security.kubernetes.io/enforce");
    return {
        namespace,
        team: label(tenantLabels.tenant) ?? "?",
        environment: label(tenantLabels.environment) ?? "?",
        quota: inIt(types.resourceQuota)
            .filter(({ inputs }) => at(inputs, "spec", "scopeSelector") === undefined)
            .flatMap(({ inputs }) => Object.entries(recordAt(inputs, "spec", "hard")))
            .map(([name, most]) => [name, String(most)]),
        containerDefaults: inIt(types.limitRange)
            .flatMap(({ inputs }) => recordsAt(inputs, "spec", "limits"))
            .filter((limit) => limit["type"] === "Container")
            .flatMap((limit) =>
                Object.entries(recordAt(limit, "default")).map(([name, most]): [string, string, string] => [
                    name,
                    textAt(limit, "defaultRequest", name) ?? "?",
                    String(most),
                ]),
            ),
        ...(podSecurity === undefined ? {} : { podSecurity }),
        networkPolicies: inIt(types.networkPolicy).length,
        egress: inIt(types.networkPolicy).flatMap(egressOf),
        people: members(access.filter(({ scope }) => isOfNamespace(scope, namespace))),
        workloads: workloadsOf(stack, namespace, access),
    };
}

/** Ranges that a policy opens to the outside. */
function egressOf({ inputs }: CapturedResource): string[] {
    return recordsAt(inputs, "spec", "egress").flatMap((rule) => {
        const ports = recordsAt(rule, "ports").flatMap(({ port }) =>
            typeof port === "number" || typeof port === "string" ? [String(port)] : [],
        );
        return recordsAt(rule, "to").flatMap((peer) => {
            const range = textAt(peer, "ipBlock", "cidr");
            return range === undefined
                ? []
                : [ports.length > 0 ? `${range} port ${ports.join(", ")}` : range];
        });
    });
}

/** Scopes are written `namespace a` in the cluster and `namespace a of cluster b` in Azure. */
function isOfNamespace(scope: string, namespace: string): boolean {
    return scope === `namespace ${namespace}` || scope.startsWith(`namespace ${namespace} of `);
}

function members(grants: readonly AccessGrant[]): Member[] {
    return [...groupBy(grants, ({ principal }) => principal)].map(([who, own]) => ({
        who,
        may: [...new Set(own.map(({ role }) => role))],
    }));
}

/** Identities that service accounts of the namespace may take, with their roles in Azure. */
function workloadsOf(stack: StackView, namespace: string, access: readonly AccessGrant[]): Member[] {
    return stack
        .ofType(types.federatedCredential)
        .filter(({ inputs }) => textAt(inputs, "subject")?.startsWith(`system:serviceaccount:${namespace}:`))
        .map(({ inputs }) => {
            const identity = `identity ${textAt(inputs, "resourceName") ?? "?"}`;
            const grants = access.filter(({ principal }) => principal === identity);
            return {
                who: textAt(inputs, "subject")?.split(":").pop() ?? "?",
                may: grants.map(({ role, scope }) => `${role} on ${scope}`),
            };
        });
}
