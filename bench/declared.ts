import type { Usage } from "./child";

/** What `programs/mocked.ts` says at its end. */
export interface Declared {
    resources: number;
    /** From the first declaration to the end. */
    seconds: number;
}

/** Reads it. */
export function declaredBy({ stdout }: Usage): Declared {
    return JSON.parse(stdout) as Declared;
}
