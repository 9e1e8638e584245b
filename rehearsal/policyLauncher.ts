import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Writes the program that the CLI starts packs in Node with into a folder, and returns the folder. The CLI's archive has
 * it beside `pulumi`; a toolchain that keeps no more than the CLI and its language host lacks it. All that it does is to
 * find the SDK from the pack's folder and to run it.
 */
export function policyLauncherIn(parent: string): string {
    const folder = join(parent, "launcher");
    mkdirSync(folder, { recursive: true });
    const path = join(folder, "pulumi-analyzer-policy");
    writeFileSync(
        path,
        `#!/bin/sh\nexec node "$(node -p 'require.resolve("@pulumi/pulumi/cmd/run-policy-pack")')" "$@"\n`,
    );
    chmodSync(path, 0o755);
    return folder;
}
