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
