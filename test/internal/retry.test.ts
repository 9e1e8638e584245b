import * as assert from "node:assert/strict";
import { mock } from "node:test";
import type { ErrorHook, ErrorHookArgs } from "@pulumi/pulumi";
import { isWorthRetrying, retryWhileAzureSettles } from "../../components/internal/retry";
import { deploy } from "../support/harness";

describe("isWorthRetrying", () => {
    const passing = [
        "Code=PrincipalNotFound: the principal does not exist in the directory",
        "Code=AuthorizationFailed: the client does not have authorization to perform the action",
        "LinkedAuthorizationFailed: no permission to join the subnet",
        "MissingPermission: the identity may not read the route table",
        "Forbidden: the identity may not use the key",
        "OperationNotAllowed: another operation (PutAgentPool) is in progress",
        "AnotherOperationInProgress: the subnet is being updated",
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

describe("retryWhileAzureSettles", () => {
    let hook: ErrorHook;
    const answerTo = (...errors: string[]) => hook.callback({ errors } as ErrorHookArgs);

    beforeEach(async () => {
        await deploy(() => {
            [hook] = retryWhileAzureSettles().onError as [ErrorHook];
        });
        mock.timers.enable({ apis: ["setTimeout"] });
    });

    afterEach(() => {
        mock.timers.reset();
    });

    it("waits half a minute before another try", async () => {
        let answer: boolean | undefined;
        const waiting = Promise.resolve(answerTo("PrincipalNotFound")).then((again) => (answer = again));
        mock.timers.tick(29_999);
        await new Promise((resolve) => setImmediate(resolve));
        assert.equal(answer, undefined);
        mock.timers.tick(1);
        await waiting;
        assert.equal(answer, true);
    });

    it("gives up at once after an error that stays", async () => {
        assert.equal(await answerTo("QuotaExceeded"), false);
    });
});
