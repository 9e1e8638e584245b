/** The values that occur more than once, each named once, in the order in which their second occurrence is met. */
export function duplicates(values: readonly string[]): string[] {
    const seen = new Set<string>();
    const repeated = new Set<string>();
    for (const value of values) {
        (seen.has(value) ? repeated : seen).add(value);
    }
    return [...repeated];
}
