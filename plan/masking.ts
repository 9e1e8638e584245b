import type { CapturedResource } from "../simulator/capture";
import { mask } from "../terminal/redacted";

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
