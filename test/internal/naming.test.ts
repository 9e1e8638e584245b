import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { azureName, globallyUniqueName, nameProblem, nameRules } from "../../components/internal/naming";
import type { NamedKind } from "../../components/internal/naming";

const kinds = Object.keys(nameRules) as NamedKind[];

describe("azureName", () => {
    const cases: [NamedKind, string | undefined, string][] = [
        ["virtualNetwork", undefined, "vnet-lz-dev-weu"],
        ["subnet", "ingress", "snet-lz-dev-weu-ingress"],
        ["resourceGroup", "network", "rg-lz-dev-weu-network"],
        ["registry", undefined, "crlzdevweu"],
        ["keyVault", undefined, "kv-lz-dev-weu"],
    ];
    for (const [kind, role, expected] of cases) {
        it(`calls the ${kind} ${expected}`, () => {
            assert.equal(azureName(kind, "lz-dev-weu", role), expected);
        });
    }

    it("refuses a name that Azure would refuse, saying why", () => {
        assert.throws(() => azureName("keyVault", "a-very-long-base-name-for-it"), {
            message:
                '"kv-a-very-long-base-name-for-it" cannot be the name of the keyVault: it has 31 characters, Azure allows 24. ' +
                "Use a shorter or plainer `baseName`.",
        });
    });
});

describe("globallyUniqueName", () => {
    const baseName = fc.stringMatching(/^[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,10}){0,3}$/);

    it("always keeps Azure's rules", () => {
        fc.assert(
            fc.property(fc.constantFrom(...kinds), baseName, fc.string(), (kind, base, seed) => {
                const name = globallyUniqueName(kind, base, seed);
                assert.equal(nameProblem(kind, name), undefined, name);
            }),
        );
    });

    it("depends on the seed and on nothing else", () => {
        const name = globallyUniqueName("keyVault", "lz-dev-weu", "subscription-a");
        assert.equal(globallyUniqueName("keyVault", "lz-dev-weu", "subscription-a"), name);
        assert.notEqual(globallyUniqueName("keyVault", "lz-dev-weu", "subscription-b"), name);
        assert.match(name, /^kv-lz-dev-weu-[0-9a-f]{5}$/);
    });
});

describe("nameProblem", () => {
    const cases: [NamedKind, string, string | undefined][] = [
        ["keyVault", "kv-ok-1", undefined],
        ["keyVault", "kv--double", `Azure allows ${nameRules.keyVault.allowed}`],
        ["keyVault", "1starts-with-digit", `Azure allows ${nameRules.keyVault.allowed}`],
        ["registry", "has-hyphen", "Azure allows letters and digits only, at least 5 characters"],
        ["registry", "abcd", "Azure allows letters and digits only, at least 5 characters"],
        ["cluster", "a".repeat(64), "it has 64 characters, Azure allows 63"],
        ["cluster", "ends-with-", `Azure allows ${nameRules.cluster.allowed}`],
        ["grafana", "a".repeat(24), "it has 24 characters, Azure allows 23"],
    ];
    for (const [kind, name, expected] of cases) {
        it(`judges the ${kind} name "${name}"`, () => {
            assert.equal(nameProblem(kind, name), expected);
        });
    }
});
