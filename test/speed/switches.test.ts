import * as assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as network from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import { readStackFile } from "../../plan/stackFile";
import { rehearsedSettings } from "../../rehearsal/stackSettings";
import { capture } from "../../simulator/capture";
import { dropStackTraces, withStackTraces } from "../../speed/stackTraces";
import { isSpedUp, speedups, speedupsOff, withoutSpeedup } from "../../speed/switches";
import { dropVersionAliases } from "../../speed/versionAliases";
import { testEnvironment } from "../support/harness";
import { projectFolder } from "../support/stacks";
import { withVariables } from "../support/variables";

function withOff<Result>(off: string, action: () => Result | Promise<Result>): Promise<Result> {
    return withVariables({ [speedupsOff]: off }, action);
}

/** Where resources are made, which the SDK keeps to itself. */
const positions = pulumi.Resource as unknown as { callsites: () => object[] };

describe("speed-ups: the switch", () => {
    it("leaves all on by default", () => {
        for (const environment of [{}, { [speedupsOff]: "" }]) {
            assert.deepEqual(
                speedups.filter((name) => isSpedUp(name, environment)),
                [...speedups],
            );
        }
    });

    it("turns those off that it names, or all", () => {
        const on = (value: string) => speedups.filter((name) => isSpedUp(name, { [speedupsOff]: value }));
        const atStart = ["transpile-cache", "compile-cache", "shared-exports", "lazy-modules"];
        assert.deepEqual(on("stack-traces"), [...atStart, "version-aliases", "one-by-one"]);
        assert.deepEqual(on(" version-aliases , stack-traces "), [...atStart, "one-by-one"]);
        assert.deepEqual(on("all"), []);
    });

    it("has all of them in the table of the benchmark's page, with files that exist", () => {
        const page = readFileSync(join(projectFolder, "bench", "README.md"), "utf8");
        const rows = [...page.matchAll(/^\| `([\w-]+)` +\|[^|]+\| (`speed\/[^|]+) \|$/gm)];
        assert.deepEqual(
            rows.map(([, name]) => name),
            [...speedups],
        );
        const files = rows.flatMap(([, , cell = ""]) =>
            [...cell.matchAll(/`([^`]+)`/g)].map(([, file = ""]) => file),
        );
        assert.deepEqual(
            files.filter((file) => !existsSync(join(projectFolder, file))),
            [],
        );
    });

    it("turns one off beside others", () => {
        assert.deepEqual(withoutSpeedup("stack-traces", { PATH: "/bin" }), {
            PATH: "/bin",
            [speedupsOff]: "stack-traces",
        });
        const both = withoutSpeedup("stack-traces", { [speedupsOff]: "version-aliases" });
        assert.deepEqual(
            speedups.filter((name) => !isSpedUp(name, both)),
            ["stack-traces", "version-aliases"],
        );
    });

    it("refuses a name that it does not know", () => {
        assert.throws(() => isSpedUp("stack-traces", { [speedupsOff]: "stack-traces,aliases" }), {
            message:
                "LANDING_ZONE_SPEEDUPS_OFF has aliases; allowed, with commas between them: all, transpile-cache, compile-cache, shared-exports, lazy-modules, stack-traces, version-aliases, one-by-one",
        });
    });
});

describe("speed-ups: stack traces", () => {
    const usual = Error.stackTraceLimit;

    it("are dropped until they are brought back, unless that is off", async () => {
        (await withOff("stack-traces", dropStackTraces))();
        assert.equal(Error.stackTraceLimit, usual);
        const bringBack = await withOff("", dropStackTraces);
        assert.equal(Error.stackTraceLimit, 0);
        bringBack();
        assert.equal(Error.stackTraceLimit, usual);
    });

    it("are not taken for the line of each resource either, unless that is off", async () => {
        const linesOf = (off: string) =>
            withOff(off, () => withStackTraces(false, () => Promise.resolve(positions.callsites().length)));
        assert.equal(await linesOf(""), 0);
        const lines = await linesOf("stack-traces");
        assert.ok(lines > 3, `only ${lines}`);
    });

    it("come back after an action, also after one that fails", async () => {
        const failing = withStackTraces(false, () =>
            Promise.reject(new Error(String(Error.stackTraceLimit))),
        );
        await assert.rejects(failing, { message: "0" });
        assert.equal(Error.stackTraceLimit, usual);
    });

    it("stay where they are wanted", async () => {
        assert.equal(await withStackTraces(true, () => Promise.resolve(Error.stackTraceLimit)), usual);
    });
});

describe("speed-ups: aliases of versioned types", () => {
    const aliasesOf = async (off: string): Promise<unknown[]> => {
        const seen: pulumi.ResourceOptions["aliases"] = [];
        await withOff(off, () =>
            capture(
                () => {
                    dropVersionAliases();
                    // Runs after the other, and sees what it left.
                    pulumi.runtime.registerStackTransformation(({ opts }) => {
                        seen.push(...(opts.aliases ?? []));
                        return undefined;
                    });
                    const aliases = [{ type: "azure-native:network:OldSubnet" }, { name: "before" }, "urn:a"];
                    new network.Subnet(
                        "subnet",
                        { resourceGroupName: "rg", virtualNetworkName: "vnet", addressPrefix: "10.0.0.0/24" },
                        { aliases },
                    );
                },
                { project: "p", stack: "s", phase: "preview", environment: testEnvironment },
            ),
        );
        return seen;
    };

    it("are left out, and no others", async () => {
        assert.deepEqual(await aliasesOf(""), [
            { type: "azure-native:network:OldSubnet" },
            { name: "before" },
            "urn:a",
        ]);
    });

    it("are there where that is off", async () => {
        const aliases = await aliasesOf("version-aliases");
        assert.ok(aliases.length > 40, `only ${aliases.length}`);
    });
});

describe("speed-ups: the program of `pulumi up`", () => {
    const usual = Error.stackTraceLimit;
    const { callsites } = positions;

    afterEach(() => {
        Error.stackTraceLimit = usual;
        positions.callsites = callsites;
    });

    const run = (off: string) =>
        withOff(off, async () => {
            const file = readStackFile(projectFolder, "dev");
            const { config } = rehearsedSettings(file, "/charts");
            const { resources } = await capture(
                () => {
                    const entry = require.resolve("../../index");
                    delete require.cache[entry];
                    // eslint-disable-next-line @typescript-eslint/no-require-imports -- runs anew each time, as the language host does
                    return (require(entry) as () => Promise<Record<string, unknown>>)();
                },
                {
                    project: file.project,
                    stack: "dev",
                    phase: "update",
                    config: Object.fromEntries(
                        Object.entries(config).map(([key, value]) => [
                            key,
                            typeof value === "string" ? value : JSON.stringify(value),
                        ]),
                    ),
                    environment: testEnvironment,
                },
            );
            return resources;
        });

    it("declares the same with and without them", async () => {
        const fast = await run("");
        assert.equal(Error.stackTraceLimit, 0);
        Error.stackTraceLimit = usual;
        const slow = await run("all");
        assert.equal(Error.stackTraceLimit, usual);
        const aliases = (resources: typeof fast) =>
            resources.reduce((sum, { options }) => sum + options.aliases, 0);
        assert.ok(aliases(slow) > 1000, `only ${aliases(slow)}`);
        // Kinds of Kubernetes and a few of Azure that were named otherwise once.
        assert.ok(aliases(fast) < aliases(slow) / 10, `still ${aliases(fast)}`);
        const others = (resources: typeof fast) =>
            resources
                .map((resource) => ({ ...resource, options: { ...resource.options, aliases: 0 } }))
                .sort((one, other) => one.urn.localeCompare(other.urn));
        assert.deepEqual(others(fast), others(slow));
    });
});
