import * as assert from "node:assert/strict";
import {
    detailedDiff,
    differingProperties,
    replacingProperties,
} from "../../../simulator/provider/detailedDiff";

describe("simulator/provider/detailedDiff", () => {
    it("finds nothing between equal values", () => {
        const values = { name: "a", tags: { team: "x" }, rules: [{ port: 1 }], absent: undefined };
        assert.deepEqual(detailedDiff(values, structuredClone(values), ["name"]), {});
    });

    it("names what was added, deleted and changed, down to the property", () => {
        const differences = detailedDiff(
            {
                sku: { name: "Basic" },
                tags: { team: "x", "cost-center": "1" },
                rules: [{ port: 1 }, { port: 2 }],
            },
            { sku: { name: "Premium" }, tags: { team: "x" }, rules: [{ port: 3 }], zones: ["1"] },
            [],
        );
        assert.deepEqual(differences, {
            "rules[0].port": "update",
            "rules[1]": "delete",
            "sku.name": "update",
            'tags["cost-center"]': "delete",
            zones: "add",
        });
    });

    it("asks for a replacement where an identity input differs, and only there", () => {
        const differences = detailedDiff(
            { location: "westeurope", sku: { name: "Basic" }, scope: "/a" },
            { location: "northeurope", sku: { name: "Premium" }, vaultName: "kv" },
            ["location", "scope", "vaultName"],
        );
        assert.deepEqual(differences, {
            location: "update-replace",
            scope: "delete-replace",
            "sku.name": "update",
            vaultName: "add-replace",
        });
        assert.deepEqual(replacingProperties(differences), ["location", "scope", "vaultName"]);
    });

    it("asks for one where a property within a replacing one differs, in lists too, and not beside it", () => {
        const differences = detailedDiff(
            { network: { plugin: "a", pluginMode: "x" }, pools: [{ size: 1, count: 1 }], zones: ["1"] },
            { network: { plugin: "b", pluginMode: "y" }, pools: [{ size: 2, count: 2 }], zones: ["2"] },
            ["network.plugin", "pools.size", "zones"],
        );
        assert.deepEqual(differences, {
            "network.plugin": "update-replace",
            "network.pluginMode": "update",
            "pools[0].count": "update",
            "pools[0].size": "update-replace",
            "zones[0]": "update-replace",
        });
        assert.deepEqual(differingProperties(differences), ["network", "pools", "zones"]);
    });

    it("takes a value of another kind for a change", () => {
        assert.deepEqual(detailedDiff({ a: [1], b: null }, { a: { x: 1 }, b: {} }, []), {
            a: "update",
            b: "update",
        });
    });
});
