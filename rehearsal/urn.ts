/** The last part of a URN: what the program calls the resource. */
export function shortName(urn: string): string {
    return urn.split("::").slice(3).join("::");
}
