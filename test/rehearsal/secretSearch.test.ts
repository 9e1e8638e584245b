import * as assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { issuedTokens, pemLines, textsWithSecret } from "../../rehearsal/secretSearch";

describe("rehearsal/secretSearch", () => {
    const secret = "canary-0123456789abcdef";

    it("finds a secret in plain", () => {
        const texts = [
            { name: "good", text: "canary-x" },
            { name: "bad", text: `token: ${secret}!` },
        ];
        assert.deepEqual(textsWithSecret(texts, [secret]), ["bad"]);
    });

    it("finds it in base64, wherever in the encoded text it begins", () => {
        const texts = [0, 1, 2, 3, 4].map((length) => ({
            name: String(length),
            text: Buffer.from(`${"x".repeat(length)}${secret}: and more`).toString("base64"),
        }));
        assert.deepEqual(textsWithSecret(texts, [secret]), ["0", "1", "2", "3", "4"]);
    });

    it("finds nothing where nothing is", () => {
        const text = Buffer.from("canary-fedcba9876543210, which is another one").toString("base64");
        assert.deepEqual(textsWithSecret([{ name: "other", text }], [secret]), []);
    });

    it("finds a private key that stands in JSON", () => {
        const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
        const pem = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
        const lines = pemLines(pem);
        assert.ok(lines.length > 20);
        assert.deepEqual(textsWithSecret([{ name: "bad", text: JSON.stringify({ key: pem }) }], lines), [
            "bad",
        ]);
    });

    it("takes the tokens out of the simulator's list", () => {
        const list = [{ token: "a.b.c", person: "reader", expiresAt: 1 }];
        assert.deepEqual(issuedTokens(JSON.stringify(list)), ["a.b.c"]);
        assert.deepEqual(issuedTokens(""), []);
    });
});
