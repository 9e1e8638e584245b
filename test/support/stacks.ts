import * as path from "node:path";
import { loadConfig } from "../../config";
import { readStackFile } from "../../plan/stackFile";
import { landingZone } from "../../program";
import { capture } from "../../simulator/capture";
import type { Phase } from "../../simulator/capture";
import { withStackTraces } from "../../speed/stackTraces";
import { dropVersionAliases } from "../../speed/versionAliases";
import { Deployment, testEnvironment } from "./harness";

/** The repository's root, where the stack files are. */
export const projectFolder = path.join(__dirname, "..", "..");

/** Arguments by which Node loads the repository's TypeScript. */
export const withTypeScript = ["--require", path.join(projectFolder, "speed", "register.cjs")];

/** Runs the whole program over a real stack file; `change` may alter its values first. */
export async function deployStack(
    stack: string,
    phase: Phase = "update",
    change: (config: Record<string, string>) => Record<string, string> = (config) => config,
): Promise<Deployment> {
    const file = readStackFile(projectFolder, stack);
    const declare = () => {
        const config = loadConfig({ placeholders: "standIn" });
        dropVersionAliases();
        return landingZone(config);
    };
    const captured = await withStackTraces(false, () =>
        capture(declare, {
            project: file.project,
            stack,
            phase,
            config: change(file.values),
            secretKeys: file.secretKeys,
            environment: testEnvironment,
        }),
    );
    return new Deployment(captured);
}

/** Sets a value inside one key of a stack's configuration: `setting("cluster", ["tier"], "Premium")`. */
export function setting(
    key: string,
    keyPath: string[],
    value: unknown,
): (config: Record<string, string>) => Record<string, string> {
    return (config) => {
        const name = `aks-landing-zone:${key}`;
        const root = JSON.parse(config[name] ?? "{}") as Record<string, unknown>;
        let at = root;
        for (const part of keyPath.slice(0, -1)) {
            at = (at[part] ??= {}) as Record<string, unknown>;
        }
        at[keyPath[keyPath.length - 1] ?? ""] = value;
        return { ...config, [name]: JSON.stringify(root) };
    };
}
