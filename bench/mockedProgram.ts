import type { Subject, Usage } from "./child";

/** This repository's program under mocks, as `npm run plan` loads it; the file is one of `withStackValues`. */
export function mockedProgram(name: string, file: string): Subject {
    return {
        name,
        command: [process.execPath, "--require", "./speed/register.cjs", "bench/programs/mocked.ts", file],
    };
}

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
