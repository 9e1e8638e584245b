import type { CapturedResource } from "../simulator/capture";
import { types } from "../stack/resourceTypes";
import { roleTitle } from "../stack/roleTitles";
import { objectNamespace, platformName } from "../stack/stackView";
import type { StackView } from "../stack/stackView";
import { recordsAt, sameId, textAt } from "../stack/values";
import { isRecord } from "../simulator/records";

/** Who may do what, where: one role assignment in words. */
export interface AccessGrant {
    /** The identity, group or person. */
    principal: string;
    principalType: string;
    principalId: string;
    /** Title of the role. */
    role: string;
    /** What the role holds for. */
    scope: string;
    /** Whether Azure or the cluster keeps the assignment. */
    kind: "azure" | "kubernetes";
}

/** All role assignments of a stack and role bindings in its clusters, by principal. */
export function accessGrants(stack: StackView, config: unknown): AccessGrant[] {
    const names = principalNames(stack, config);
    const nameOf = (id: string, type: string) => names.get(id.toLowerCase()) ?? `${type.toLowerCase()} ${id}`;
    const assignments = stack.ofType(types.roleAssignment).map(({ inputs }): AccessGrant => {
        const principalId = textAt(inputs, "principalId") ?? "?";
        const principalType = textAt(inputs, "principalType") ?? "principal";
        return {
            principal: nameOf(principalId, principalType),
            principalType,
            principalId,
            role: grantedRole(stack, inputs),
            scope: scopeInWords(stack, textAt(inputs, "scope") ?? "?"),
            kind: "azure",
        };
    });
    const bindings = stack.ofType(types.roleBinding).flatMap((binding) =>
        recordsAt(binding.inputs, "subjects").map((subject): AccessGrant => {
            const principalId = textAt(subject, "name") ?? "?";
            const principalType = textAt(subject, "kind") ?? "subject";
            return {
                principal: nameOf(principalId, principalType),
                principalType,
                principalId,
                role: `${textAt(binding.inputs, "roleRef", "name") ?? "?"} (Kubernetes)`,
                scope: `namespace ${objectNamespace(binding) ?? "default"}`,
                kind: "kubernetes",
            };
        }),
    );
    return [...assignments, ...bindings].sort(
        (one, other) =>
            one.principal.localeCompare(other.principal) ||
            one.scope.localeCompare(other.scope) ||
            one.role.localeCompare(other.role),
    );
}

/** Title of the role, be it Azure's or one that the stack defines, and whether it is limited. */
function grantedRole(stack: StackView, inputs: Record<string, unknown>): string {
    const id = textAt(inputs, "roleDefinitionId");
    const own = stack.ofType(types.roleDefinition).find((definition) => sameId(definition.id, id));
    const title = textAt(own?.inputs, "roleName") ?? roleTitle(id);
    return inputs["condition"] === undefined ? title : `${title}, on a condition`;
}

/** Names by principal id: what the stack creates, then what its configuration calls an id. */
function principalNames(stack: StackView, config: unknown): Map<string, string> {
    const names = new Map<string, string>();
    for (const [id, paths] of idsInConfig(config)) {
        names.set(id, nameFromPaths(paths));
    }
    for (const resource of stack.resources) {
        const [id, name] = principalOf(resource) ?? [];
        if (id && name) {
            names.set(id.toLowerCase(), name);
        }
    }
    return names;
}

function principalOf(resource: CapturedResource): [id: string | undefined, name: string] | undefined {
    switch (resource.type) {
        case types.identity:
            return [textAt(resource.state, "principalId"), `identity ${platformName(resource)}`];
        case types.entraGroup:
            return [
                textAt(resource.state, "objectId"),
                `group ${textAt(resource.state, "displayName") ?? resource.name}`,
            ];
        default:
            return [
                textAt(resource.state, "identity", "principalId"),
                `identity of ${platformName(resource)}`,
            ];
    }
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Every GUID in the configuration with the key paths at which it stands. */
function idsInConfig(config: unknown): Map<string, string[][]> {
    const found = new Map<string, string[][]>();
    const visit = (value: unknown, path: string[]): void => {
        if (typeof value === "string" && guid.test(value)) {
            const id = value.toLowerCase();
            found.set(id, [...(found.get(id) ?? []), path]);
        } else if (Array.isArray(value)) {
            value.forEach((item, index) => visit(item, [...path, String(index)]));
        } else if (isRecord(value)) {
            Object.entries(value).forEach(([key, inner]) => visit(inner, [...path, key]));
        }
    };
    visit(config, []);
    return found;
}

/** The configuration's sections that name principals, in the order in which a name is looked for. */
const principalSections: readonly { prefix: readonly string[]; name: (rest: readonly string[]) => string }[] =
    [
        { prefix: ["access", "deployer"], name: () => "deployer" },
        { prefix: ["operators"], name: () => "group of operators" },
        { prefix: ["access", "groups"], name: ([key]) => `group ${key ?? "?"}` },
    ];

function nameFromPaths(paths: readonly (readonly string[])[]): string {
    for (const { prefix, name } of principalSections) {
        const path = paths.find((candidate) => prefix.every((key, index) => candidate[index] === key));
        if (path) {
            return name(path.slice(prefix.length));
        }
    }
    return paths[0]?.join(".") ?? "?";
}

/** What people call an Azure resource, by the last part of its type. */
const nouns: Readonly<Record<string, string>> = {
    accounts: "Azure Monitor workspace",
    containers: "blob container",
    diskEncryptionSets: "disk encryption set",
    grafana: "Grafana",
    keys: "key",
    managedClusters: "cluster",
    privateDnsZones: "DNS zone",
    registries: "registry",
    routeTables: "route table",
    subnets: "subnet",
    userAssignedIdentities: "identity",
    vaults: "vault",
    virtualNetworks: "virtual network",
    workspaces: "workspace",
};

/** A scope in words: `subnet snet-lz-dev-weu-ingress`, `namespace shop-dev of cluster aks-lz-dev-weu`. */
function scopeInWords(stack: StackView, scope: string): string {
    const namespace = /^(.*)\/namespaces\/([^/]+)$/i.exec(scope);
    if (namespace?.[1] && namespace[2]) {
        return `namespace ${namespace[2]} of ${scopeInWords(stack, namespace[1])}`;
    }
    const segments = scope.split("/").filter((segment) => segment !== "");
    const name = segments[segments.length - 1] ?? "?";
    const kind = segments[segments.length - 2] ?? "";
    if (kind.toLowerCase() === "subscriptions") {
        return "the subscription";
    }
    if (kind.toLowerCase() === "resourcegroups") {
        return `resource group ${name}`;
    }
    const noun =
        Object.entries(nouns).find(([type]) => type.toLowerCase() === kind.toLowerCase())?.[1] ?? kind;
    const isForeign = stack.withId(scope) === undefined;
    return `${noun} ${name}${isForeign ? " (outside this stack)" : ""}`;
}
