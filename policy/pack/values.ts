import type { JsonRecord } from "../../stack/values";
import { isRecord } from "../../simulator/records";

/** Notes whether somebody looked at a value that is not known yet. */
export class Watch {
    looked = false;
}

/**
 * A copy of what the engine tells a policy, with plain values. A value that is not known yet reads as absent, and is
 * noted by the watch when it is read: what is concluded from it is not certain.
 */
export function plain(value: unknown, watch: Watch): unknown {
    if (Array.isArray(value)) {
        const copy: unknown[] = [];
        fill(value, copy, watch);
        return copy;
    }
    if (isRecord(value)) {
        const copy = {};
        fill(value, copy, watch);
        return copy;
    }
    return value;
}

function fill(from: object, into: object, watch: Watch): void {
    // The SDK hands out proxies that throw where a value is unknown, so each is tried by itself.
    for (const key of Object.keys(from)) {
        try {
            const value = (from as Record<string, unknown>)[key];
            Object.defineProperty(into, key, { enumerable: true, value: plain(value, watch) });
        } catch (error) {
            if (!isAboutUnknown(error)) {
                throw error;
            }
            Object.defineProperty(into, key, {
                enumerable: true,
                get: () => {
                    watch.looked = true;
                    return undefined;
                },
            });
        }
    }
}

/** What a resource is, over what the program wrote: a preview knows little of the first. Nothing is read for it. */
export function layered(inputs: JsonRecord, state: JsonRecord): JsonRecord {
    const isUnknown = (key: string) => "get" in (Object.getOwnPropertyDescriptor(state, key) ?? {});
    const layers: Record<string, PropertyDescriptor> = {
        ...Object.getOwnPropertyDescriptors(inputs),
        ...Object.fromEntries(
            Object.entries(Object.getOwnPropertyDescriptors(state)).filter(
                ([key]) => !isUnknown(key) || !(key in inputs),
            ),
        ),
    };
    return Object.defineProperties({}, layers);
}

// The class is not exported by @pulumi/policy; no other error has this property.
function isAboutUnknown(error: unknown): boolean {
    return isRecord(error) && "unknownTypeSentinel" in error;
}
