import * as assert from "node:assert/strict";
import { run } from "../../rehearsal/command";
import { runHere } from "../support/commandRun";

describe("rehearsal/command", () => {
    const outcome = (args: string[], environment: Record<string, string> = {}) =>
        runHere(run, args, { NO_COLOR: "1", ...environment });

    it("refuses a stack that has no file", async () => {
        const { code, stderr } = await outcome(["staging"]);
        assert.deepEqual(
            [code, stderr],
            [1, 'error: there is no stack "staging": the known ones are dev, prod\n'],
        );
    });

    it("says what is missing before it starts anything", async () => {
        const { code, stdout, stderr } = await outcome(["dev"], { PATH: "", PULUMI_HOME: "/nowhere" });
        assert.deepEqual([code, stdout], [1, ""]);
        assert.match(
            stderr,
            /^error: a rehearsal needs what this machine does not have:\n {2}- pulumi: run `npx pulumi@/,
        );
    });

    it("takes a time scale from as slow as Azure to a day in a second", async () => {
        for (const value of ["0", "-1", "fast", "100001", " "]) {
            const { code, stderr } = await outcome(["dev", "--time-scale", value]);
            assert.equal(code, 1, value);
            assert.match(stderr, /--time-scale .* It takes a number from 1 \(as slow as Azure\) to 100000/);
        }
    });

    it("refuses a kubeconfig that leads to no cluster, and a context without one", async () => {
        const { code, stderr } = await outcome(["dev", "--kubeconfig", "/nowhere/config"]);
        assert.equal(code, 1);
        assert.match(stderr, /^error: `--kubeconfig` names the file \/nowhere\/config, which cannot be read/);
        const alone = await outcome(["dev", "--context", "kind-kind"]);
        assert.deepEqual(
            [alone.code, alone.stderr],
            [1, "error: --context is for --kubeconfig only: name the file that the context is in\n"],
        );
    });

    it("takes a set of faults that there is", async () => {
        const { code, stdout, stderr } = await outcome(["dev", "--faults", "some"]);
        assert.deepEqual([code, stdout], [1, ""]);
        assert.match(stderr, /--faults .*'some' is invalid\. It takes one of quick, all\./);
    });

    it("tries no faults in a cluster of the user's own", async () => {
        const { code, stderr } = await outcome([
            "dev",
            "--faults",
            "quick",
            "--kubeconfig",
            "/nowhere/config",
        ]);
        assert.equal(code, 1);
        assert.match(stderr, /^error: --faults is not for a cluster of your own: leave out --kubeconfig/);
    });

    it("asks for a stack, and has help", async () => {
        assert.equal((await outcome([])).code, 1);
        const { code, stdout } = await outcome(["--help"]);
        assert.equal(code, 0);
        assert.match(stdout, /Usage: rehearse \[options\] <stack>/);
    });
});
