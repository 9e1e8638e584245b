import * as assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { TokenIssuer, readTokens } from "../../../simulator/entra/tokenIssuer";
import type { Person } from "../../../simulator/people";
import { folderPerTest } from "../../support/temporaryFolder";

describe("simulator/entra/tokenIssuer", () => {
    const people: Person[] = [{ name: "deployer", objectId: "1", groups: [] }];
    let path: string;

    folderPerTest((folder) => {
        path = join(folder, "tokens.json");
    });

    it("knows a token for five minutes, also after a new start", () => {
        const { token, expirationTimestamp } = new TokenIssuer(path, people).issue("deployer", 1000);
        assert.equal(expirationTimestamp, "1970-01-01T00:05:01.000Z");
        const again = new TokenIssuer(path, people);
        assert.equal(again.holder(token, 300_999)?.objectId, "1");
        assert.equal(again.holder(token, 301_000), undefined);
        assert.equal(again.holder("canary-token-x.y.z", 1000), undefined);
    });

    it("keeps every token, for the search for leaks, where nobody else reads", () => {
        const issuer = new TokenIssuer(path, people);
        const tokens = [issuer.issue("deployer", 0).token, issuer.issue("deployer", 0).token];
        assert.notEqual(tokens[0], tokens[1]);
        assert.deepEqual(
            readTokens(path).map(({ token }) => token),
            tokens,
        );
        assert.equal(statSync(path).mode & 0o777, 0o600);
    });

    it("refuses people whom it does not know", () => {
        assert.throws(() => new TokenIssuer(path, people).issue("mallory"), {
            message: 'there is no person "mallory" to sign in as; there are deployer',
        });
    });
});
