import { spawnSync } from "node:child_process";
import { projectFolder, withTypeScript } from "./stacks";

/** How a script ends that a Node of its own runs in this repository, with these variables beside those of this process. */
export function evaluated(
    script: string,
    variables: Readonly<Record<string, string>>,
): { status: number | null; stdout: string; stderr: string } {
    const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [...withTypeScript, "--no-warnings", "--eval", script],
        { cwd: projectFolder, encoding: "utf8", env: { ...process.env, ...variables } },
    );
    return { status, stdout, stderr };
}
