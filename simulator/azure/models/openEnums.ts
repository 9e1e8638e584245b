/** The values that are known for the properties of a package whose enums are open, by interface and property. */
export type KnownValues = (interfaceName: string, property: string) => readonly string[] | undefined;

interface Declared {
    parents: readonly string[];
    properties: Map<string, string>;
}

/**
 * Links properties to the values of their types. Azure's enums are open, so Microsoft's models say only "text"; the values
 * known are in the enums that the package exports (`KnownOutboundType`), and its declarations say which property has
 * which type.
 */
export function openEnums(declarations: string, exported: Readonly<Record<string, unknown>>): KnownValues {
    const declared = declaredTypes(declarations);
    const typeOf = (interfaceName: string, property: string): string | undefined => {
        const own = declared.get(interfaceName);
        return (
            own?.properties.get(property) ??
            own?.parents.map((parent) => typeOf(parent, property)).find((type) => type !== undefined)
        );
    };
    return (interfaceName, property) => {
        const type = typeOf(interfaceName, property);
        const known = type === undefined ? undefined : exported[`Known${type}`];
        return known === undefined ? undefined : Object.values(known as Record<string, string>);
    };
}

/** The interfaces that a file of generated declarations holds: one property a line, types by name. */
function declaredTypes(declarations: string): Map<string, Declared> {
    const interfaces = new Map<string, Declared>();
    let current: Declared | undefined;
    for (const line of declarations.split("\n")) {
        const head = /^export (?:declare )?interface (\w+)(?: extends ([\w, ]+?))? \{/.exec(line);
        if (head) {
            current = { parents: head[2]?.split(", ") ?? [], properties: new Map() };
            interfaces.set(head[1] ?? "", current);
        }
        const property = /^\s+(?:readonly )?(\w+)\??: (\w+)(?:\[\])?;$/.exec(line);
        if (current && property) {
            current.properties.set(property[1] ?? "", property[2] ?? "");
        }
        if (line.startsWith("}")) {
            current = undefined;
        }
    }
    return interfaces;
}
