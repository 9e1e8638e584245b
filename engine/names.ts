/** The last part of a URN: what the program calls the resource. */
export function shortName(urn: string): string {
    return urn.split("::").slice(3).join("::");
}

/** The URN of a provider in a resource's reference to it, which is `<urn>::<id>`. */
export function providerUrn(reference: string): string {
    return reference.slice(0, reference.lastIndexOf("::"));
}

/** The last part of a type token, as people know it: `Subnet`, `Namespace`. */
export function shortType(type: string): string {
    if (type.startsWith("pulumi:providers:")) {
        return `${type.split(":")[2] ?? ""} provider`;
    }
    return type.split(/[:/]/).pop() ?? type;
}

/** The top-level property of a path: `agentPoolProfiles` of `agentPoolProfiles[0].count`. */
export function topProperty(path: string): string {
    return path.split(/[.[]/)[0] ?? path;
}
