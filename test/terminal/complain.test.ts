import * as assert from "node:assert/strict";
import { complain } from "../../terminal/complain";
import type { Complaint } from "../../terminal/complain";
import { textOptions } from "../../terminal/textOptions";
import { UserError } from "../../terminal/userError";

describe("A complaint", () => {
    const said = (error: unknown, how: Complaint = {}, isTTY = false) => {
        let text = "";
        complain(error, { stderr: { write: (part) => void (text += part), isTTY }, environment: {} }, how);
        return text;
    };
    const fault = new UserError("it is not there", "put it there", { cause: new Error("ENOENT") });

    it("says what is wrong, where and what to do about it", () => {
        assert.equal(said(fault), "error: it is not there\nhint: put it there\n");
        assert.equal(said(fault, { place: "stack dev", hint: false }), "error: stack dev: it is not there\n");
        assert.equal(said(new UserError("no way out")), "error: no way out\n");
        assert.equal(said("a text"), "error: a text\n");
    });

    it("has stack traces, the causes' included, where they are asked for", () => {
        assert.match(
            said(fault, { traces: true }),
            /^error: it is not there\nhint: put it there\nUserError: it is not there\n {4}at [\s\S]*\ncaused by: Error: ENOENT\n {4}at /,
        );
        assert.equal(said("a text", { traces: true }), "error: a text\n\n");
    });

    it("is in colour on a terminal", () => {
        assert.ok(said(fault, {}, true).startsWith("\u001b[31merror:\u001b[39m it is not there\n"));
    });
});

describe("The layout on a stream", () => {
    const write = () => undefined;
    const colour = (isTTY: boolean, environment: Record<string, string>) =>
        textOptions({ write, isTTY }, environment).colors.isColorSupported;

    it("has colour on a terminal only, and not where NO_COLOR is set", () => {
        assert.deepEqual(
            [
                colour(true, {}),
                colour(true, { NO_COLOR: "" }),
                colour(true, { NO_COLOR: "1" }),
                colour(false, {}),
            ],
            [true, true, false, false],
        );
    });

    it("is as wide as the terminal, between 60 and 100 columns; elsewhere 100", () => {
        const widths = [40, 80, 200, undefined].map(
            (columns) => textOptions({ write, isTTY: true, columns }, {}).width,
        );
        assert.deepEqual(widths, [60, 80, 100, 100]);
        assert.equal(textOptions({ write, columns: 70 }, {}).width, 100);
    });
});
