import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Interruption } from "../../automation/interruption";
import { StackWorkspace } from "../../automation/workspace";
import { DriverError } from "../../automation/driverError";
import { requireProgram } from "../support/toolchain";
import { projectFolder } from "../support/stacks";
import { FakeStack, driver, project, removeProjects } from "./fixtures";

/** What a stranger meets first: the real CLI, on a backend that is a folder. */
describe("driver opening a stack", function () {
    this.timeout(120_000);

    before(function () {
        requireProgram(this, "pulumi");
    });
    after(removeProjects);

    const refusal = async (backend: string): Promise<DriverError> => {
        const environment = {
            ...process.env,
            PULUMI_BACKEND_URL: `file://${backend}`,
            PULUMI_CONFIG_PASSPHRASE: "x",
        };
        const opened = StackWorkspace.open("dev", {
            directory: project(),
            environment,
            interruption: new Interruption(),
            azure: () => Promise.reject(new Error("nobody asks Azure")),
        });
        const error = await opened.then(
            () => assert.fail("it was opened"),
            (thrown: unknown) => thrown,
        );
        assert.ok(error instanceof DriverError);
        return error;
    };

    it("asks whether it was there before, then says how it is created", async () => {
        const { message, hint } = await refusal(project());
        assert.equal(message, "stack dev does not exist in the backend");
        assert.equal(
            hint,
            "was it there before? docs/operations.md, Restore from a lost state. Otherwise create it once: " +
                'pulumi stack init dev --secrets-provider "azurekeyvault://<vault>.vault.azure.net/keys/<key>"; ' +
                "docs/operations.md has the whole first deployment",
        );
    });

    it("shows of a program that ends in the midst what it said, and only with --debug where", async () => {
        const [directory, backend] = [project(), project()];
        writeFileSync(join(directory, "Pulumi.yaml"), "name: aks-landing-zone\nruntime: nodejs\n");
        writeFileSync(join(directory, "package.json"), "{}");
        const program = [
            // As index.ts does, which makes no traces unless it is told to.
            'Error.stackTraceLimit = process.env.LANDING_ZONE_SPEEDUPS_OFF === "stack-traces" ? 10 : 0;',
            'throw new Error("something broke");',
        ];
        writeFileSync(join(directory, "index.js"), program.join("\n"));
        symlinkSync(join(projectFolder, "node_modules"), join(directory, "node_modules"));
        const environment = {
            ...process.env,
            PULUMI_BACKEND_URL: `file://${backend}`,
            PULUMI_CONFIG_PASSPHRASE: "x",
        };
        spawnSync("pulumi", ["stack", "init", "dev", "--non-interactive"], {
            cwd: directory,
            env: environment,
        });
        const said = async (...options: string[]) => {
            const lz = ["preview", "dev", ...options];
            return (await driver(lz, new FakeStack(), { directory, environment, open: undefined })).stderr;
        };
        const [quiet, loud] = await Promise.all([said(), said("--debug")]);
        assert.match(
            quiet,
            /unhandled exception:\n\[Error: something broke\]\nhint: --debug shows where in the prog/,
        );
        assert.match(loud, /\nError: something broke\n {4}at .*index\.js/);
    });

    it("says how to log in where the backend is not there", async () => {
        const { message, hint } = await refusal(join(project(), "nothing"));
        assert.match(message, /^unable to open state directory/);
        assert.match(hint ?? "", /^log in to the backend that holds the state: pulumi login 'azblob:/);
    });
});
