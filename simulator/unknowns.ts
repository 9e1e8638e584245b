import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { isRecord } from "./records";
import { containsSecret } from "./secrets";

/**
 * What a preview knows of a resource: its inputs, and at every depth an unknown value for what the state has beyond them.
 * Azure-native answers a preview in the same way, and so does the engine for a resource that is still to be made.
 */
export function withUnknowns(
    inputs: Record<string, unknown>,
    state: Record<string, unknown>,
): Record<string, unknown> {
    const result = { ...inputs };
    for (const [property, value] of Object.entries(state)) {
        const given = inputs[property];
        if (given === undefined) {
            result[property] = unknownValue;
        } else if (isRecord(given) && isRecord(value) && !containsSecret(given)) {
            result[property] = withUnknowns(given, value);
        }
    }
    return result;
}
