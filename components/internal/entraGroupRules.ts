import { duplicates } from "./duplicates";
import { isGuid } from "./guid";

/** A group to create, as far as Entra's rules are about it. */
export interface EntraGroupInput {
    key: string;
    displayName: string;
    ownerObjectIds?: readonly string[];
}

const maxDisplayNameLength = 256;

/** What Entra would refuse about groups to create, one sentence each; empty when they are good. */
export function entraGroupProblems(groups: readonly EntraGroupInput[]): string[] {
    return [
        ...groups.flatMap(groupProblems),
        ...duplicates(groups.map(({ key }) => key)).map(
            (key) => `\`groups\` has two entries with key "${key}". Give every group a key of its own.`,
        ),
        // Entra itself allows it, but then nobody can tell the groups apart; `preventDuplicateNames` refuses it.
        ...duplicates(groups.map(({ displayName }) => displayName.toLowerCase())).map(
            (displayName) =>
                `\`groups\` has two groups with \`displayName\` "${displayName}". Rename one of them.`,
        ),
    ];
}

function groupProblems({ key, displayName, ownerObjectIds = [] }: EntraGroupInput): string[] {
    const group = `\`groups\` entry "${key}"`;
    const isNameGood = displayName.trim() !== "" && displayName.length <= maxDisplayNameLength;
    return [
        ...(isNameGood
            ? []
            : [
                  `${group} has a \`displayName\` of ${displayName.trim().length} characters: ` +
                      `Entra allows 1 to ${maxDisplayNameLength}.`,
              ]),
        ...ownerObjectIds
            .filter((owner) => !isGuid(owner))
            .map(
                (owner) =>
                    `${group} has owner "${owner}", which is no object id. Give the owner's GUID from Entra.`,
            ),
        ...duplicates(ownerObjectIds.map((owner) => owner.toLowerCase())).map(
            (owner) => `${group} has owner "${owner}" twice, which Entra refuses. Remove one of them.`,
        ),
    ];
}
