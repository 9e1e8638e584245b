/**
 * What makes the program faster and changes nothing of what it declares. The first four are in register.cjs, which runs
 * before any TypeScript can be read, the others in a file of their own:
 * - `transpile-cache`, `compile-cache`: what esbuild and V8 made of a file is kept in node_modules/.cache.
 * - `shared-exports`: modules use each other's exports as they are, without a copy for each importer.
 * - `lazy-modules`: parts of libraries that this program does not need load on first use.
 * - `stack-traces`: the stack traces that Pulumi formats for every property are empty, and it does not mark its promises
 *   (stackTraces.ts, promiseMarks.ts).
 * - `version-aliases`: azure-native's aliases for its versioned types are left out (versionAliases.ts).
 * - `one-by-one`: tenants are declared one at a time, and let go of (oneByOne.ts), for the sake of memory.
 */
export const speedups = [
    "transpile-cache",
    "compile-cache",
    "shared-exports",
    "lazy-modules",
    "stack-traces",
    "version-aliases",
    "one-by-one",
] as const;

/** The name of one of them. */
export type Speedup = (typeof speedups)[number];

/** The environment variable that turns some of them off: names with commas between them, or `all`. */
export const speedupsOff = "LANDING_ZONE_SPEEDUPS_OFF";

/**
 * True unless the environment turns it off.
 *
 * @throws Error where the variable has a name that is none of them.
 */
export function isSpedUp(speedup: Speedup, environment: Readonly<NodeJS.ProcessEnv> = process.env): boolean {
    const names = (environment[speedupsOff] ?? "").split(",").map((name) => name.trim());
    const known: readonly string[] = ["all", "", ...speedups];
    const unknown = names.filter((name) => !known.includes(name));
    if (unknown.length > 0) {
        const allowed = ["all", ...speedups].join(", ");
        throw new Error(
            `${speedupsOff} has ${unknown.join(", ")}; allowed, with commas between them: ${allowed}`,
        );
    }
    return !names.includes("all") && !names.includes(speedup);
}

/** The same environment with one of them turned off, whatever else is. */
export function withoutSpeedup(
    speedup: Speedup,
    environment: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
    const off = [environment[speedupsOff], speedup].filter((names) => names !== undefined && names !== "");
    return { ...environment, [speedupsOff]: off.join(",") };
}
