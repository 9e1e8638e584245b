import * as assert from "node:assert/strict";
import { createColors } from "picocolors";
import { LiveProgress } from "../../terminal/progress/liveProgress";
import { progressLines } from "../../terminal/progress/progressLines";
import type { RunningOperation } from "../../terminal/progress/progressLines";

const colors = createColors(false);
const urnOf = (name: string) => `urn:pulumi:dev::project::type::${name}`;

const escape = "\u001b";
const tokens = new RegExp(`${escape}\\[\\d*[A-Z]|\\r|\\n|[^${escape}\\r\\n]+`, "g");

/** What a terminal shows after all that was written to it; knows what the display uses. */
function screen(written: string): string[] {
    let lines = [""];
    let row = 0;
    let column = 0;
    for (const [token] of written.matchAll(tokens)) {
        if (token === "\r") {
            column = 0;
        } else if (token === "\n") {
            row++;
            column = 0;
            lines[row] ??= "";
        } else if (token.endsWith("A") && token.startsWith("\u001b")) {
            row -= Number(token.slice(2, -1));
        } else if (token === "\u001b[J") {
            lines = [...lines.slice(0, row), (lines[row] ?? "").slice(0, column)];
        } else {
            const line = lines[row] ?? "";
            lines[row] = line.slice(0, column) + token + line.slice(column + token.length);
            column += token.length;
        }
    }
    return lines;
}

class Terminal {
    written = "";
    columns = 60;
    constructor(readonly isTTY: boolean) {}
    write(text: string): void {
        this.written += text;
    }
}

/** A display whose clock and timer stand still, so that it draws only at the beginning of a chapter. */
function displayOn(terminal: Terminal): { progress: LiveProgress; clock: { now: number } } {
    const clock = { now: 0 };
    const progress = new LiveProgress({
        stream: terminal,
        colors,
        now: () => clock.now,
        typicalSeconds: (type) => (type.endsWith("ManagedCluster") ? 4.2 : undefined),
    });
    return { progress, clock };
}

describe("The lines of a live display", () => {
    const running: RunningOperation[] = [
        {
            name: "cluster",
            type: "azure-native:containerservice:ManagedCluster",
            began: 1000,
            typicalSeconds: 4.24,
        },
        { name: "ns", type: "kubernetes:core/v1:Namespace", began: 4900 },
    ];

    it("say what, how far, and what has been running for how long", () => {
        const state = { chapter: "first up", began: 0, done: 25, total: 100, running };
        assert.deepEqual(progressLines(state, { width: 80, now: 5000, colors }), [
            "first up  █████░░░░░░░░░░░░░░░  25/100  5 s",
            "  4.0 s of 4.2 s    ManagedCluster cluster",
            "  0.1 s             Namespace ns",
        ]);
    });

    it("count without a bar where nobody knows how many there are, and never show more than all", () => {
        const options = { width: 80, now: 5000, colors };
        const state = { chapter: "refresh", began: 0, done: 7, running: [] };
        assert.deepEqual(progressLines(state, options), ["refresh  7 resources  5 s"]);
        assert.deepEqual(progressLines({ ...state, total: 5 }, options), [
            `refresh  ${"█".repeat(20)}  7/7  5 s`,
        ]);
        assert.deepEqual(progressLines({ ...state, done: 0 }, options), ["refresh  5 s"]);
    });

    it("show six of many, and no line that the terminal would break", () => {
        const many = Array.from({ length: 9 }, (_, index) => ({
            name: `resource-${index}-${"x".repeat(60)}`,
            type: "t:m:T",
            began: 0,
        }));
        const lines = progressLines(
            { chapter: "c".repeat(90), began: 0, done: 1, running: many },
            { width: 50, now: 0, colors },
        );
        assert.equal(lines.length, 8);
        assert.equal(lines.at(-1), "  and 3 more");
        assert.deepEqual(
            lines.filter((line) => line.length >= 50),
            [],
        );
    });
});

describe("The live display", () => {
    it("takes back on a terminal what it wrote", () => {
        const terminal = new Terminal(true);
        const { progress, clock } = displayOn(terminal);
        progress.chapter("preview");
        assert.deepEqual(screen(terminal.written), ["preview  0 s"]);
        progress.began(urnOf("a"), "t:m:T");
        progress.began(urnOf("b"), "azure-native:containerservice:ManagedCluster");
        clock.now = 3000;
        progress.show();
        assert.deepEqual(screen(terminal.written), [
            "preview  0 resources  3 s",
            "  3.0 s             T a",
            "  3.0 s of 4.2 s    ManagedCluster b",
        ]);
        progress.expect(2);
        progress.ended(urnOf("a"));
        progress.show();
        assert.deepEqual(screen(terminal.written), [
            "preview  ██████████░░░░░░░░░░  1/2  3 s",
            "  3.0 s of 4.2 s    ManagedCluster b",
        ]);
        progress.close();
        assert.deepEqual(screen(terminal.written), [""]);
    });

    it("begins anew with a chapter, and counts a resource once", () => {
        const terminal = new Terminal(true);
        const { progress } = displayOn(terminal);
        progress.chapter("one");
        progress.began(urnOf("a"), "t:m:T");
        progress.ended(urnOf("a"));
        progress.ended(urnOf("a"));
        progress.show();
        assert.deepEqual(screen(terminal.written), ["one  1 resource  0 s"]);
        progress.began(urnOf("b"), "t:m:T");
        progress.chapter("two");
        assert.deepEqual(screen(terminal.written), ["two  0 s"]);
        progress.close();
    });

    it("writes nothing after its end", () => {
        const terminal = new Terminal(true);
        const { progress } = displayOn(terminal);
        progress.chapter("one");
        progress.close();
        const before = terminal.written;
        progress.show();
        progress.close();
        assert.equal(terminal.written, before);
    });

    it("writes one plain line for each chapter elsewhere", () => {
        const terminal = new Terminal(false);
        const { progress } = displayOn(terminal);
        progress.chapter("preview");
        progress.expect(1);
        progress.began(urnOf("a"), "t:m:T");
        progress.ended(urnOf("a"));
        progress.chapter("first up");
        progress.close();
        assert.equal(terminal.written, "preview\nfirst up\n");
    });
});
