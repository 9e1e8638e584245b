import type { CapturedResource } from "../simulator/capture";
import { isRecord } from "./values";

/** What is shown in place of a secret. */
export const mask = "[secret]";

/** Inputs of a resource that may be shown: those that are, or contain, a secret are masked as a whole. */
export function shownInputs({ inputs, secretInputs }: CapturedResource): Record<string, unknown> {
    return withoutSecrets(inputs, secretInputs);
}

/** The same values with those of the named keys masked as a whole. */
export function withoutSecrets(
    values: Record<string, unknown>,
    secretKeys: readonly string[],
): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(values).map(([key, value]) => [key, secretKeys.includes(key) ? mask : value]),
    );
}

/** The same value with every appearance of the given texts masked, in keys as well. */
export function redacted<Value>(value: Value, secretTexts: readonly string[]): Value {
    if (secretTexts.length === 0) {
        return value;
    }
    const visit = (inner: unknown): unknown => {
        if (typeof inner === "string") {
            return secretTexts.reduce((text, secret) => text.replaceAll(secret, mask), inner);
        }
        if (Array.isArray(inner)) {
            return inner.map(visit);
        }
        return isRecord(inner)
            ? Object.fromEntries(Object.entries(inner).map(([key, item]) => [visit(key), visit(item)]))
            : inner;
    };
    return visit(value) as Value;
}
