import * as assert from "node:assert/strict";
import { isWorthRetrying } from "../../components/internal/retry";

describe("isWorthRetrying", () => {
    const passing = [
        "Code=PrincipalNotFound: the principal does not exist in the directory",
        "LinkedAuthorizationFailed: no permission to join the subnet",
        "OperationNotAllowed: another operation (PutAgentPool) is in progress",
    ];
    for (const error of passing) {
        it(`tries again after: ${error}`, () => {
            assert.equal(isWorthRetrying([error]), true);
        });
    }

    it("does not try again after an error that stays", () => {
        assert.equal(isWorthRetrying(["InvalidParameter: The value of parameter vmSize is invalid"]), false);
        assert.equal(isWorthRetrying([]), false);
    });

    it("judges the newest error, which Pulumi puts first", () => {
        assert.equal(isWorthRetrying(["QuotaExceeded", "PrincipalNotFound"]), false);
    });

    it("gives up after eight tries", () => {
        const errors = (count: number) => Array.from({ length: count }, () => "PrincipalNotFound");
        assert.equal(isWorthRetrying(errors(8)), true);
        assert.equal(isWorthRetrying(errors(9)), false);
    });
});
