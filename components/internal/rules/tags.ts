const most = 50;
// Azure's limits; those of storage accounts and of most services (https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources).
const longestName = 128;
const longestValue = 256;
const forbidden = /[<>%&\\?/]/;

/** What Azure would refuse about tags, a sentence each. `reserved` counts those that the program sets itself. */
export function tagProblems(tags: Readonly<Record<string, string>>, reserved: number): string[] {
    const count = Object.keys(tags).length;
    return [
        ...(count + reserved > most
            ? [
                  `\`tags\` has ${count} entries, and the program adds ${reserved}: Azure allows ${most} on a resource. Remove some.`,
              ]
            : []),
        ...Object.entries(tags).flatMap(([name, value]) => {
            if (name.length > longestName || forbidden.test(name)) {
                return [
                    `\`tags\` has the name "${name}": Azure allows up to ${longestName} characters other than < > % & \\ ? /. Rename it.`,
                ];
            }
            return value.length > longestValue
                ? [
                      `\`tags\` gives "${name}" a value of ${value.length} characters, Azure allows ${longestValue}. Shorten it.`,
                  ]
                : [];
        }),
    ];
}

/** Names that Azure takes for one, since it does not look at their case, a sentence each. `programTags` are the program's own. */
export function tagCaseProblems(
    tags: Readonly<Record<string, string>>,
    programTags: readonly string[],
): string[] {
    const names = Object.keys(tags);
    return names.flatMap((name, index) => {
        const twin = [...names.slice(0, index), ...programTags].find(
            (other) => other !== name && other.toLowerCase() === name.toLowerCase(),
        );
        return twin === undefined
            ? []
            : [
                  `\`tags\` has the name "${name}" beside "${twin}"${programTags.includes(twin) ? ", which the program sets" : ""}: ` +
                      "to Azure, which ignores case, they are one. Keep one spelling.",
              ];
    });
}
