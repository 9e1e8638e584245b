/** What is shown in place of a secret. */
export const mask = "[secret]";

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
        return typeof inner === "object" && inner !== null
            ? Object.fromEntries(Object.entries(inner).map(([key, item]) => [visit(key), visit(item)]))
            : inner;
    };
    return visit(value) as Value;
}
