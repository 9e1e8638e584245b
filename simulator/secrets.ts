import { isRecord } from "./records";

/** The key of the envelope that state and protocol put around secret values (sdk/proto, "special signature keys"). */
export const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** True when the value is a secret envelope or holds one at any depth. */
export function containsSecret(value: unknown): boolean {
    if (Array.isArray(value)) {
        return value.some(containsSecret);
    }
    if (!isRecord(value)) {
        return false;
    }
    return value[signatureKey] === secretSignature || Object.values(value).some(containsSecret);
}

/** The same value with every secret envelope replaced by what it holds. */
export function unwrapSecrets(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(unwrapSecrets);
    }
    if (!isRecord(value)) {
        return value;
    }
    if (value[signatureKey] === secretSignature) {
        return unwrapSecrets(value["value"]);
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwrapSecrets(inner)]));
}
