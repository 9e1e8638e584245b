import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { immutableProperties, nodePoolName, poolNameProblem } from "../../components/internal/nodePoolName";
import type { ImmutableValues } from "../../components/internal/nodePoolName";

const baseName = fc.stringMatching(/^[a-z][a-z0-9]{0,11}$/);
const osType = fc.constantFrom("Linux" as const, "Windows" as const);
const values: fc.Arbitrary<ImmutableValues> = fc.dictionary(
    fc.constantFrom(...immutableProperties),
    fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string())),
);

describe("nodePoolName", () => {
    it("is always a name that Azure takes", () => {
        fc.assert(
            fc.property(baseName, osType, values, (base, os, fixed) => {
                assert.match(
                    nodePoolName(base, os, fixed),
                    os === "Linux" ? /^[a-z][a-z0-9]{0,11}$/ : /^[a-z][a-z0-9]{0,5}$/,
                );
            }),
        );
    });

    it("is the same for the same values, in whatever order they are given", () => {
        fc.assert(
            fc.property(baseName, osType, values, (base, os, fixed) => {
                const reversed = Object.fromEntries(Object.entries(fixed).reverse());
                assert.equal(nodePoolName(base, os, reversed), nodePoolName(base, os, fixed));
            }),
        );
    });

    it("begins with the pool's own name", () => {
        fc.assert(
            fc.property(fc.stringMatching(/^[a-z][a-z0-9]{0,7}$/), values, (base, fixed) => {
                assert.equal(nodePoolName(base, "Linux", fixed).slice(0, -4), base);
            }),
        );
    });

    for (const property of immutableProperties) {
        it(`changes with ${property}`, () => {
            assert.notEqual(
                nodePoolName("apps", "Linux", { [property]: "a" }),
                nodePoolName("apps", "Linux", { [property]: "b" }),
            );
        });
    }

    it("treats a value that is not set like one that is not there", () => {
        assert.equal(
            nodePoolName("apps", "Linux", { osDiskSizeGB: undefined }),
            nodePoolName("apps", "Linux", {}),
        );
    });

    it("keeps long names apart that are cut to the same length", () => {
        const [blue, green] = ["frontendblue", "frontendgren"].map((name) => nodePoolName(name, "Linux", {}));
        assert.match(blue ?? "", /^frontend[0-9a-f]{4}$/);
        assert.match(green ?? "", /^frontend[0-9a-f]{4}$/);
        assert.notEqual(blue, green);
    });

    // A changed name rolls every pool of every user: these two must never change without a note in CHANGELOG.md.
    it("does not change from one release to the next", () => {
        const fixed = { vmSize: "Standard_D4ds_v5", maxPods: 110, availabilityZones: ["1", "2", "3"] };
        assert.equal(nodePoolName("apps", "Linux", fixed), "apps7f00");
        assert.equal(nodePoolName("win", "Windows", fixed), "wie272");
    });
});

describe("poolNameProblem", () => {
    for (const [name, os] of [
        ["a", "Linux"],
        ["system", "Linux"],
        ["abcdefghij12", "Linux"],
        ["win123", "Windows"],
    ] as const) {
        it(`takes ${name} for ${os}`, () => assert.equal(poolNameProblem(name, os), undefined));
    }

    for (const [name, os] of [
        ["", "Linux"],
        ["1apps", "Linux"],
        ["my-apps", "Linux"],
        ["Apps", "Linux"],
        ["abcdefghij123", "Linux"],
        ["windows", "Windows"],
    ] as const) {
        it(`refuses ${JSON.stringify(name)} for ${os}`, () => {
            const limit = os === "Linux" ? 12 : 6;
            assert.equal(
                poolNameProblem(name, os),
                `Azure allows 1 to ${limit} lower-case letters and digits for a ${os} pool, starting with a letter. Choose another name.`,
            );
        });
    }
});
