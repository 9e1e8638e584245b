import { duplicates } from "./duplicates";
import { isGuid } from "./guid";
import { isNamespaceName } from "./kubernetesNames";

/** A group that gets access, as far as Azure's rules are about it. */
export interface AccessGroupInput {
    key: string;
    objectId: unknown;
}

/** The arguments of an access table that Azure's rules are about. */
export interface AccessRuleInput {
    adminGroups: readonly AccessGroupInput[];
    namespaces?: readonly {
        namespace: string;
        developers?: readonly AccessGroupInput[];
        readers?: readonly AccessGroupInput[];
    }[];
}

/** What Azure would refuse about an access table, one sentence each; empty when it is good. */
export function accessProblems(access: AccessRuleInput): string[] {
    const { adminGroups, namespaces = [] } = access;
    const lists = [
        { name: "`adminGroups`", groups: adminGroups },
        ...namespaces.flatMap(({ namespace, developers = [], readers = [] }) => [
            { name: `\`developers\` of namespace "${namespace}"`, groups: developers },
            { name: `\`readers\` of namespace "${namespace}"`, groups: readers },
        ]),
    ];
    return [
        ...namespaces
            .filter(({ namespace }) => !isNamespaceName(namespace))
            .map(
                ({ namespace }) =>
                    `\`namespaces\` has "${namespace}", which is no namespace name: Kubernetes allows up to 63 lower-case ` +
                    "letters, digits and hyphens, starting and ending with a letter or digit.",
            ),
        ...duplicates(namespaces.map(({ namespace }) => namespace)).map(
            (namespace) => `\`namespaces\` has "${namespace}" twice. Merge the two entries.`,
        ),
        ...lists.flatMap(({ name, groups }) =>
            duplicates(groups.map(({ key }) => key)).map(
                (key) => `${name} has two entries with key "${key}". Remove one of them.`,
            ),
        ),
        ...objectIdProblems(lists.flatMap(({ groups }) => groups)),
    ];
}

/** A key stands for one group everywhere, and a group has one key; ids that are not known yet cannot be compared. */
function objectIdProblems(groups: readonly AccessGroupInput[]): string[] {
    const known = new Map<string, { key: string; objectId: string }>();
    for (const { key, objectId } of groups) {
        if (typeof objectId === "string") {
            known.set(`${key} ${objectId.toLowerCase()}`, { key, objectId });
        }
    }
    const entries = [...known.values()];
    return [
        ...entries
            .filter(({ objectId }) => !isGuid(objectId))
            .map(
                ({ key, objectId }) =>
                    `\`objectId\` of group "${key}" is "${objectId}". Give the group's GUID from Entra.`,
            ),
        ...duplicates(entries.map(({ key }) => key)).map(
            (key) =>
                `\`objectId\` of group "${key}" has two different values. Give every group a key of its own.`,
        ),
        ...duplicates(entries.map(({ objectId }) => objectId.toLowerCase())).map(
            (objectId) =>
                `\`objectId\` "${objectId}" has two keys, so Azure would refuse the second assignment of a role. Use one key.`,
        ),
    ];
}
