import { spawnSync } from "node:child_process";
import type { Context } from "mocha";

/**
 * The path of a program that a test needs beside npm packages. Where it is missing the test is skipped, unless
 * LANDING_ZONE_REQUIRE_TOOLCHAIN says that it has to be there.
 */
export function requireProgram(test: Context, program: string): string {
    const found = spawnSync("sh", ["-c", `command -v ${program}`], { encoding: "utf8" });
    const location = found.stdout.trim();
    if (found.status === 0 && location !== "") {
        return location;
    }
    if (process.env["LANDING_ZONE_REQUIRE_TOOLCHAIN"]) {
        throw new Error(`${program} is not on the PATH and LANDING_ZONE_REQUIRE_TOOLCHAIN is set`);
    }
    test.skip();
    throw new Error("unreachable: skip() throws");
}
