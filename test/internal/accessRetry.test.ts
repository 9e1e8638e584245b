import * as assert from "node:assert/strict";
import type { ErrorHook, ErrorHookArgs, ResourceTransformationArgs } from "@pulumi/pulumi";
import { isAccessStillMissing, retryUntilAccessWorks } from "../../components/internal/accessRetry";
import { deploy } from "../support/harness";
import { answerAfterHalfAMinute } from "../support/pause";

const refused =
    'priorityclasses.scheduling.k8s.io "x" is forbidden: User "00000000-0000-4000-8000-000000000001" cannot patch ' +
    'resource "priorityclasses" in API group "scheduling.k8s.io" at the cluster scope: User does not have access to ' +
    "the resource in Azure. Update role assignment to allow access.";

describe("isAccessStillMissing", () => {
    it("is true of what an API server says to somebody without a role", () => {
        assert.equal(isAccessStillMissing([refused]), true);
    });

    const lasting = [
        'pods "x" is forbidden: exceeded quota: compute, requested: pods=1, used: pods=30, limited: pods=30',
        'pods "x" is forbidden: violates PodSecurity "restricted:latest": privileged',
        "Code=Forbidden: the identity may not use the key",
        "no matches for kind PodMonitor",
    ];
    for (const error of lasting) {
        it(`is false of: ${error}`, () => {
            assert.equal(isAccessStillMissing([error]), false);
        });
    }

    it("judges the newest error, which Pulumi puts first", () => {
        assert.equal(isAccessStillMissing(["exceeded quota", refused]), false);
        assert.equal(isAccessStillMissing([refused, "exceeded quota"]), true);
        assert.equal(isAccessStillMissing([]), false);
    });

    it("gives up after twenty tries more", () => {
        const errors = (count: number) => Array.from({ length: count }, () => refused);
        assert.equal(isAccessStillMissing(errors(20)), true);
        assert.equal(isAccessStillMissing(errors(21)), false);
    });
});

describe("retryUntilAccessWorks", () => {
    const transformed = (type: string, onError: ErrorHook[] = []) =>
        retryUntilAccessWorks({
            type,
            props: { a: 1 },
            opts: { protect: true, hooks: { onError } },
        } as unknown as ResourceTransformationArgs);

    it("adds its hook to the options of Kubernetes resources, after the hooks that are there", async () => {
        await deploy(() => {
            const other = { name: "other" } as ErrorHook;
            const result = transformed("kubernetes:core/v1:Namespace", [other]);
            assert.deepEqual(result?.props, { a: 1 });
            assert.equal(result?.opts.protect, true);
            const names = result?.opts.hooks?.onError?.map((hook) => hook.name);
            assert.deepEqual(names, ["other", "retry-until-access-works"]);
        });
    });

    it("leaves everything else alone", () => {
        assert.equal(transformed("azure-native:authorization:RoleAssignment"), undefined);
        assert.equal(transformed("aks-landing-zone:index:Tenant"), undefined);
    });

    it("waits half a minute before another try, and not at all after an error that stays", async () => {
        let hook: ErrorHook | undefined;
        await deploy(() => {
            hook = transformed("kubernetes:core/v1:Namespace")?.opts.hooks?.onError?.[0];
        });
        const answerTo = (error: string) =>
            Promise.resolve(hook?.callback({ errors: [error] } as ErrorHookArgs));
        assert.equal(await answerTo("exceeded quota"), false);
        assert.equal(await answerAfterHalfAMinute(() => answerTo(refused)), true);
    });
});
