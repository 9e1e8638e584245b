import type { Context } from "mocha";
import { findProgramIn, searchPathOf } from "../../rehearsal/searchPath";
import { findToolchain } from "../../rehearsal/toolchain";
import type { Toolchain } from "../../rehearsal/toolchain";
import { projectFolder } from "./stacks";

/**
 * Skips a test, or the suite whose hook it is, for want of something beside npm packages; fails it where
 * LANDING_ZONE_REQUIRE_TOOLCHAIN says that all of that has to be there.
 */
export function skipFor(test: Context, missing: Error): never {
    if (process.env["LANDING_ZONE_REQUIRE_TOOLCHAIN"]) {
        throw missing;
    }
    return test.skip();
}

/** The path of a program that a test needs; skips it where there is none. */
export function requireProgram(test: Context, program: string): string {
    return (
        findProgramIn(searchPathOf(process.env), program) ??
        skipFor(test, new Error(`${program} is not on the PATH and LANDING_ZONE_REQUIRE_TOOLCHAIN is set`))
    );
}

/** The engine and the Kubernetes that a rehearsal needs; skips the test where anything is missing. */
export function requireToolchain(test: Context): Toolchain {
    try {
        return findToolchain(process.env, projectFolder);
    } catch (error) {
        return skipFor(test, error as Error);
    }
}
