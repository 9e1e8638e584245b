import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Stage } from "../../rehearsal/stage";
import type { Toolchain } from "../../rehearsal/toolchain";
import { onDevStage } from "../support/devStage";
import { requireToolchain } from "../support/toolchain";

/** What somebody put before the program to break what components set, by type. */
function transformation(type: string, properties: string): string {
    return `import { runtime } from "@pulumi/pulumi";
runtime.registerStackTransformation(({ type, props, opts }) =>
    type === "${type}" ? { props: { ...props, ${properties} }, opts } : undefined);
`;
}

const localAccounts = transformation(
    "azure-native:containerservice:ManagedCluster",
    "disableLocalAccounts: false",
);
const aboutNothing = transformation("azure-native:monitor:ActivityLogAlert", "condition: { allOf: [] }");

/** `pulumi preview --policy-pack policy`, with the CLI itself and the simulated Azure. */
describe("policy pack on the real engine", function () {
    this.timeout(5 * 60_000);

    let toolchain: Toolchain;

    before(function () {
        toolchain = requireToolchain(this);
    });

    it("lets dev pass, and refuses it when something is broken", () =>
        onDevStage(toolchain, async (stage) => {
            const good = await preview(stage);
            assert.equal(good.code, 0, good.text);
            assert.match(good.text, /aks-landing-zone@v0\.1\.0 \(local: /);
            assert.doesNotMatch(good.text, /\[(mandatory|advisory)\]|can't run policy/);

            // What a resource shows by itself is refused before anything of it is made.
            writeProgram(stage, localAccounts);
            const byItself = await preview(stage);
            assert.notEqual(byItself.code, 0, byItself.text);
            assert.deepEqual(refusals(byItself.text), [
                "cluster-without-local-accounts cluster-managed-cluster",
            ]);
            assert.match(
                byItself.text,
                /`disableLocalAccounts` is not set to true\. To mend it: Set `disableLocalAccounts: true`\./,
            );

            // What only the whole stack shows is refused at the end of the preview; here, by a rule that was made mandatory.
            writeProgram(stage, aboutNothing);
            const levels = join(stage.workspace.root, "levels.json");
            writeFileSync(levels, JSON.stringify({ "azure-trouble-is-reported": "mandatory" }));
            const asWhole = await preview(stage, "--policy-pack-config", levels);
            assert.notEqual(asWhole.code, 0, asWhole.text);
            assert.deepEqual(refusals(asWhole.text), [
                "azure-trouble-is-reported aks-landing-zone-dev",
                "azure-trouble-is-reported aks-landing-zone-dev",
            ]);
            assert.match(asWhole.text, /no activity log alert is about ServiceHealth\. To mend it: /);
        }));
});

/** Rule and resource of everything that was refused. */
function refusals(text: string): string[] {
    return [...text.matchAll(/\[mandatory\].*? ([a-z0-9-]+) {2}\(.*: ([^ )]+)\)/g)]
        .map(([, rule, name]) => `${rule ?? ""} ${name ?? ""}`)
        .sort();
}

/** Runs a program of its own, which ends in the real one. */
function writeProgram({ workspace }: Stage, text: string): void {
    const file = (name: string) => join(workspace.project, name);
    writeFileSync(file("broken.ts"), `${text}module.exports = require("./index");\n`);
    const project = readFileSync(file("Pulumi.yaml"), "utf8");
    writeFileSync(file("Pulumi.yaml"), project.includes("main:") ? project : `${project}main: broken.ts\n`);
}

async function preview(
    { engine, workspace, stack }: Stage,
    ...options: string[]
): Promise<{ code: number | null; text: string }> {
    const { directory, environment } = engine.commandLine;
    const args = ["preview", "--stack", stack, "--policy-pack", join(directory, "policy"), ...options];
    const child = spawn("pulumi", [...args, "--non-interactive", "--color=never"], {
        cwd: directory,
        env: environment,
    });
    let text = "";
    child.stdout.on("data", (data: Buffer) => (text += data.toString()));
    child.stderr.on("data", (data: Buffer) => (text += data.toString()));
    const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
    workspace.log(text);
    return { code, text };
}
