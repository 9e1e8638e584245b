import * as assert from "node:assert/strict";
import { defaultGuards, violations } from "../../automation/guards";
import { statefulTypes } from "../../automation/statefulTypes";
import { types } from "../../stack/resourceTypes";
import { change } from "./fixtures";

const refused = (...args: Parameters<typeof violations>) => violations(...args).map(({ guard }) => guard);

describe("guards", () => {
    for (const { type, why } of statefulTypes) {
        it(`refuse to replace or delete a ${type} that is not named`, () => {
            const replaced = change({ operation: "replace", type, name: "one", replaceKeys: ["location"] });
            const [violation] = violations([replaced], defaultGuards);
            assert.deepEqual(violation, {
                guard: "replacement",
                urn: replaced.urn,
                message: `${type} one would be replaced because of location: ${why}`,
                mend: "If that is meant: --allow-replace one",
            });
            const deleted = change({ operation: "delete", type, name: "one" });
            assert.deepEqual(refused([deleted], defaultGuards), ["deletion"]);
            assert.deepEqual(refused([deleted], { ...defaultGuards, allowReplace: [] }), ["deletion"]);
        });
    }

    it("let what is named by logical name or URN", () => {
        const replaced = change({ operation: "replace", type: types.registry, name: "registry" });
        assert.deepEqual(refused([replaced], { ...defaultGuards, allowReplace: ["registry"] }), []);
        assert.deepEqual(refused([replaced], { ...defaultGuards, allowReplace: [replaced.urn] }), []);
    });

    it("take the permission to delete for no permission to replace", () => {
        const replaced = change({ operation: "replace", type: types.registry, name: "registry" });
        assert.deepEqual(refused([replaced], { ...defaultGuards, allowDelete: ["registry"] }), [
            "unknown-name",
            "replacement",
        ]);
    });

    it("name the nearest resource where nothing of a name would be deleted", () => {
        const deleted = change({ operation: "delete", type: types.vault, name: "key-vault" });
        const [unknown] = violations([deleted], { ...defaultGuards, allowDelete: ["keyvault"] });
        assert.deepEqual(unknown, {
            guard: "unknown-name",
            message: "--allow-delete keyvault: nothing of that name would be deleted",
            mend: "Did you mean key-vault?",
        });
    });

    it("say the two steps for what is protected, whatever its type", () => {
        const deleted = change({ operation: "delete", name: "one", isProtected: true });
        const [violation] = violations([deleted], defaultGuards);
        assert.match(violation?.message ?? "", /it is protected$/);
        assert.match(
            violation?.mend ?? "",
            /protection\.protect and protection\.locks to false .* run `up`; then/,
        );
    });

    it("count deletions and replacements, and not components", () => {
        const changes = [
            change({ operation: "delete", name: "a" }),
            change({ operation: "replace", name: "b" }),
            change({ operation: "delete", name: "c", isComponent: true }),
            change({ operation: "update", name: "d" }),
        ];
        assert.deepEqual(refused(changes, { ...defaultGuards, maxDeletions: 2 }), []);
        assert.deepEqual(violations(changes, { ...defaultGuards, maxDeletions: 1 }), [
            {
                guard: "number-of-deletions",
                message: "2 resources would be deleted or replaced, and 1 may be",
                mend: "If that is meant: --max-deletions 2",
            },
        ]);
    });

    it("let ten deletions by default, and not eleven", () => {
        const deletions = (count: number) =>
            Array.from({ length: count }, (_, index) => change({ operation: "delete", name: `n${index}` }));
        assert.deepEqual(refused(deletions(10), defaultGuards), []);
        assert.deepEqual(refused(deletions(11), defaultGuards), ["number-of-deletions"]);
    });

    it("refuse any change where none is expected", () => {
        const created = change({ operation: "create", name: "one" });
        const guards = { ...defaultGuards, expectNoChanges: true };
        assert.deepEqual(refused([], guards), []);
        assert.equal(
            violations([created, created], guards)[0]?.message,
            "no change was expected, and there are 2 changes: create one and 1 more",
        );
    });

    it("let creations and updates of anything", () => {
        const changes = [
            change({ operation: "create", type: types.cluster }),
            change({ operation: "update", type: types.cluster, isProtected: true }),
        ];
        assert.deepEqual(refused(changes, defaultGuards), []);
    });
});
