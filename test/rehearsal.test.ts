import * as assert from "node:assert/strict";
import { run } from "../rehearsal/command";
import type { Report } from "../rehearsal/report";
import { runHere } from "./support/commandRun";
import type { Ended } from "./support/commandRun";
import { TemporaryDirectory } from "./support/temporaryDirectory";
import { requireToolchain } from "./support/toolchain";

const beginning = [
    "preview-names-all",
    "policy",
    "first-up",
    "workloads-ready",
    "placement",
    "second-up",
    "refresh",
    "developer",
    "reader",
    "other-secrets",
    "stranger",
    "quota",
    "pod-security",
    "container-limits",
    "load-balancer",
    "default-deny",
    "kured-privileges",
    "drift-found",
    "drift-repaired",
    "change-version",
    "change-tenant",
    "change-vm-size",
    "change-chart",
    "cluster-kept",
];
const end = ["destroy-calls", "destroy", "secrets"];

const quickFaults = ["fault-refuse", "kill-1", "kill-2", "kill-converges", "kill-destroy"];

const lives: Record<string, { args: string[]; checks: string[] }> = {
    dev: { args: ["--faults", "quick"], checks: [...beginning, ...end, ...quickFaults] },
    prod: { args: [], checks: [...beginning, "protected-destroy", "protection-lifted", ...end] },
};

/** Whole lives on the real engine and a real Kubernetes; docs/rehearsal.md says what that proves. */
describe("rehearsal", function () {
    // Two minutes for a stack on two cores, both at once about three; several times that on a busy machine.
    this.timeout(20 * 60_000);

    let temporary: TemporaryDirectory;
    let inherited: string | undefined;
    // Both at once: that they do not meet is a promise, and most of a rehearsal is waiting.
    let outcomes: Record<string, Promise<Ended>>;

    before(function () {
        requireToolchain(this);
        inherited = process.env["TMPDIR"];
        temporary = new TemporaryDirectory();
        process.env["TMPDIR"] = temporary.path;
        outcomes = Object.fromEntries(
            Object.entries(lives).map(([stack, { args }]) => [
                stack,
                runHere(run, [stack, "--json", ...args], process.env),
            ]),
        );
    });

    after(() => {
        if (temporary === undefined) {
            return;
        }
        if (inherited === undefined) {
            delete process.env["TMPDIR"];
        } else {
            process.env["TMPDIR"] = inherited;
        }
        temporary.remove();
    });

    for (const [stack, { checks }] of Object.entries(lives)) {
        it(`takes ${stack} through its life`, async () => {
            const { code, stdout, stderr } = (await outcomes[stack]) ?? assert.fail();
            assert.equal(stderr, "");
            const report = JSON.parse(stdout) as Report;
            assert.deepEqual(
                report.checks.filter(({ outcome }) => outcome !== "holds"),
                [],
            );
            assert.deepEqual(
                report.checks.map(({ id }) => id),
                checks,
            );
            assert.equal(code, 0);
            assert.ok(report.resources > 150, `${report.resources} resources`);
        });
    }

    it("disturbs creations in Azure and in the cluster", async () => {
        const { stdout } = (await outcomes["dev"]) ?? assert.fail();
        const { checks } = JSON.parse(stdout) as Report;
        const { detail = "" } = checks.find(({ id }) => id === "fault-refuse") ?? {};
        const [inAzure = 0, inCluster = 0] = (detail.match(/\d+/g) ?? []).map(Number);
        // On the widest levels of the graph.
        assert.ok(inAzure >= 50 && inCluster >= 50, detail);
    });

    it("leaves no file and no process", () => {
        assert.deepEqual(temporary.folders(), []);
        assert.deepEqual(temporary.processes(), []);
    });
});
