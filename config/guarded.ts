import type { Path } from "./schemaTree";

/** Thrown when a check reads a setting that is known to be wrong. */
class Unreadable extends Error {}

const keyOf = (path: Path): string => JSON.stringify(path.map(String));

/**
 * A view of the configuration that cannot be read at the given places: these are wrong and reported already, and what
 * a check made of the values that fill them would mislead.
 */
export function guarded<T extends object>(value: T, wrong: readonly Path[]): T {
    const wrongKeys = new Set(wrong.map(keyOf));
    const view = (target: object, path: Path): object =>
        new Proxy(target, {
            get(_target, key, _receiver): unknown {
                const item: unknown = Reflect.get(target, key);
                if (typeof key === "symbol") {
                    return item;
                }
                const itemPath = [...path, key];
                if (wrongKeys.has(keyOf(itemPath))) {
                    throw new Unreadable();
                }
                return typeof item === "object" && item !== null ? view(item, itemPath) : item;
            },
        });
    return view(value, []) as T;
}

/** What a check finds; nothing when it needs a setting that is wrong. */
export function whereReadable<T>(check: () => T[]): T[] {
    try {
        return check();
    } catch (error) {
        if (error instanceof Unreadable) {
            return [];
        }
        throw error;
    }
}
