import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { paragraph, table, wrapped } from "../../terminal/layout";
import { counted, seconds } from "../../terminal/words";

describe("terminal/layout", () => {
    it("aligns columns, wraps the flexible one and leaves no space at the end of a line", () => {
        const lines = table(
            [{ title: "Name" }, { title: "Count", align: "right" }, { title: "What", flexible: true }],
            [
                ["one", "1", "short"],
                ["another", "12,000", "a longer text that does not fit in one line"],
                ["last", "3", ""],
            ],
            { width: 42, indent: 2 },
        );
        assert.deepEqual(lines, [
            "  Name      Count  What",
            "  one           1  short",
            "  another  12,000  a longer text that does",
            "                   not fit in one line",
            "  last          3",
        ]);
    });

    it("styles what is visible, not the padding", () => {
        const style = (text: string) => `\u001b[31m${text}\u001b[39m`;
        const lines = table(
            [{}, { flexible: true }],
            [
                [{ text: "bad", style }, "x"],
                ["longer", "y"],
            ],
            { width: 40, indent: 0 },
        );
        assert.deepEqual(lines, ["\u001b[31mbad\u001b[39m     x", "longer  y"]);
    });

    it("breaks a word that is longer than the line", () => {
        assert.deepEqual(wrapped("see abcdefghij now", 8), ["see", "abcdefgh", "ij now"]);
        assert.deepEqual(wrapped("snet-lz-prod-nodes now", 12), ["snet-lz-", "prod-nodes", "now"]);
        assert.deepEqual(paragraph("a b c", { width: 5, indent: 2 }), ["  a b", "  c"]);
    });

    it("never exceeds the width and loses nothing", () => {
        fc.assert(
            fc.property(
                fc.array(fc.stringMatching(/^[a-z.-]{1,30}$/), { minLength: 1 }),
                fc.integer({ min: 5, max: 40 }),
                (words, width) => {
                    const lines = wrapped(words.join(" "), width);
                    assert.ok(lines.every((line) => line.length <= width));
                    assert.equal(lines.join("").replace(/ /g, ""), words.join(""));
                },
            ),
        );
    });

    it("spells numbers for people", () => {
        assert.deepEqual(
            [counted(1, "node"), counted(2, "node"), counted(1200, "entry", "entries")],
            ["1 node", "2 nodes", "1,200 entries"],
        );
        assert.equal(seconds(1449), "1.4 s");
    });
});
