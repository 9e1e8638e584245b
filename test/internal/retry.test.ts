import * as assert from "node:assert/strict";
import type { ErrorHook, ErrorHookArgs } from "@pulumi/pulumi";
import {
    isWorthRetrying,
    retryPauseInSeconds,
    retryWhileAzureSettles,
} from "../../components/internal/retry";
import { deploy } from "../support/harness";
import { answerAfterHalfAMinute } from "../support/pause";

describe("isWorthRetrying", () => {
    const passing = [
        "Code=PrincipalNotFound: the principal does not exist in the directory",
        "Code=AuthorizationFailed: the client does not have authorization to perform the action",
        "LinkedAuthorizationFailed: no permission to join the subnet",
        "MissingPermission: the identity may not read the route table",
        "Forbidden: the identity may not use the key",
        "OperationNotAllowed: another operation (PutAgentPool) is in progress",
        'Status=409\nERROR CODE: OperationNotAllowed\n"Another agentpool operation (apps - Creating) is in progress"',
        "AnotherOperationInProgress: the subnet is being updated",
        "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity: too many at once",
        "CustomPrivateDNSZoneMissingPermissionError: the identity may not write to the zone",
        "CustomKubeletIdentityMissingPermissionError: the identity may not assign the kubelet's",
    ];
    for (const error of passing) {
        it(`tries again after: ${error}`, () => {
            assert.equal(isWorthRetrying([error]), true);
        });
    }

    it("does not try again after an error that stays", () => {
        assert.equal(isWorthRetrying(["InvalidParameter: The value of parameter vmSize is invalid"]), false);
        assert.equal(isWorthRetrying(["OperationNotAllowed: exceeding approved quota of cores"]), false);
        assert.equal(isWorthRetrying(["SubnetNotAssociatedWithNATGateway: the subnet has none"]), false);
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

describe("retryPauseInSeconds", () => {
    it("is half a minute, or what the environment says", () => {
        assert.equal(retryPauseInSeconds({}), 30);
        assert.equal(retryPauseInSeconds({ LANDING_ZONE_RETRY_PAUSE_SECONDS: "0.3" }), 0.3);
    });

    for (const text of ["", "0", "-1", "soon", "Infinity"]) {
        it(`refuses "${text}"`, () => {
            assert.throws(
                () => retryPauseInSeconds({ LANDING_ZONE_RETRY_PAUSE_SECONDS: text }),
                new Error(
                    `the environment variable LANDING_ZONE_RETRY_PAUSE_SECONDS is "${text}", allowed is a positive number ` +
                        "of seconds such as 0.3: correct it, or unset it for the usual 30",
                ),
            );
        });
    }
});

describe("retryWhileAzureSettles", () => {
    const variable = "LANDING_ZONE_RETRY_PAUSE_SECONDS";
    let hook: ErrorHook;
    const answerTo = (error: string) => Promise.resolve(hook.callback({ errors: [error] } as ErrorHookArgs));
    const makeHook = () =>
        deploy(() => {
            [hook] = retryWhileAzureSettles().onError as [ErrorHook];
        });

    beforeEach(async () => {
        delete process.env[variable];
        await makeHook();
    });

    afterEach(() => {
        delete process.env[variable];
    });

    it("waits as long as the environment says", async () => {
        process.env[variable] = "0.001";
        await makeHook();
        assert.equal(await answerTo("PrincipalNotFound"), true);
    });

    it("refuses a pause that is none before anything is deployed", async () => {
        process.env[variable] = "soon";
        await assert.rejects(makeHook(), /LANDING_ZONE_RETRY_PAUSE_SECONDS is "soon"/);
    });

    it("waits half a minute before another try", async () => {
        assert.equal(await answerAfterHalfAMinute(() => answerTo("PrincipalNotFound")), true);
    });

    it("gives up at once after an error that stays", async () => {
        assert.equal(await answerTo("QuotaExceeded"), false);
    });
});
