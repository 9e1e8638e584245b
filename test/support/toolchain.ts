import { spawnSync } from "node:child_process";
import type { Context } from "mocha";
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
    const found = spawnSync("sh", ["-c", `command -v ${program}`], { encoding: "utf8" });
    const location = found.stdout.trim();
    if (found.status === 0 && location !== "") {
        return location;
    }
    return skipFor(
        test,
        new Error(`${program} is not on the PATH and LANDING_ZONE_REQUIRE_TOOLCHAIN is set`),
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
