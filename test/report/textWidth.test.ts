import * as assert from "node:assert/strict";
import fc from "fast-check";
import { textWidth, wrappedText } from "../../report/picture/textWidth";

describe("text of the picture", () => {
    it("is wider in bold, and for characters that the table does not have", () => {
        assert.ok(textWidth("cluster", 12, "bold") > textWidth("cluster", 12));
        assert.equal(textWidth("漢", 12), 12);
    });

    it("breaks names after hyphens before it breaks them anywhere", () => {
        assert.deepEqual(wrappedText("snet-lz-prod-weu-private-endpoints", 150, 12), [
            "snet-lz-prod-weu-",
            "private-endpoints",
        ]);
        assert.deepEqual(wrappedText("wwww", 22, 12), ["ww", "ww"]);
        assert.deepEqual(wrappedText("  ", 100, 12), []);
    });

    it("stays within its room and loses nothing but spaces", () => {
        fc.assert(
            fc.property(fc.string({ maxLength: 80 }), fc.integer({ min: 30, max: 300 }), (text, room) => {
                const lines = wrappedText(text, room, 12);
                assert.deepEqual(
                    lines.filter((line) => textWidth(line, 12) > room),
                    [],
                );
                assert.equal(lines.join("").replace(/\s/g, ""), text.replace(/\s/g, ""));
            }),
        );
    });
});
