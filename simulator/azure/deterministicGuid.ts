import { createHash } from "node:crypto";

/** A GUID that depends on `seed` alone, so that two runs of a plan show the same principal ids. */
export function deterministicGuid(seed: string): string {
    const hex = createHash("sha256").update(seed).digest("hex");
    // Version and variant digits as RFC 9562 wants them, so that GUID validators accept the value.
    return [
        hex.slice(0, 8),
        hex.slice(8, 12),
        `5${hex.slice(13, 16)}`,
        `8${hex.slice(17, 20)}`,
        hex.slice(20, 32),
    ].join("-");
}
