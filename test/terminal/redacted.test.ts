import * as assert from "node:assert/strict";
import { redacted } from "../../terminal/redacted";

describe("redacted", () => {
    it("masks every appearance of every secret, at any depth and in keys", () => {
        const value = {
            "url of hunter2": "hunter2 and hunter2 again",
            list: ["swordfish", { inner: "a swordfish, a hunter2" }],
            number: 2,
            nothing: null,
            missing: undefined,
        };
        assert.deepEqual(redacted(value, ["hunter2", "swordfish"]), {
            "url of [secret]": "[secret] and [secret] again",
            list: ["[secret]", { inner: "a [secret], a [secret]" }],
            number: 2,
            nothing: null,
            missing: undefined,
        });
    });

    it("leaves everything as it is where nothing is secret", () => {
        const value = { text: "public" };
        assert.equal(redacted(value, []), value);
    });
});
