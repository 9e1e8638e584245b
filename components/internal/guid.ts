import { createHash } from "node:crypto";

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** True for the textual form of a GUID, as Entra writes object ids: 8-4-4-4-12 hexadecimal digits. */
export function isGuid(value: string): boolean {
    return guid.test(value);
}

/** A GUID that depends on `seed` alone. `version` is the digit that says how GUIDs are made (RFC 9562): 5 or 8, from a name. */
export function guidFrom(seed: string, version: 5 | 8): string {
    const hex = createHash("sha256").update(seed).digest("hex");
    // Version and variant digits as RFC 9562 wants them, so that validators accept the value.
    return [
        hex.slice(0, 8),
        hex.slice(8, 12),
        `${version}${hex.slice(13, 16)}`,
        `8${hex.slice(17, 20)}`,
        hex.slice(20, 32),
    ].join("-");
}
