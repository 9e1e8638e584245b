import * as assert from "node:assert/strict";
import { detailedDiff, replacingProperties } from "../../../simulator/provider/detailedDiff";

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

    it("takes a value of another kind for a change", () => {
        assert.deepEqual(detailedDiff({ a: [1], b: null }, { a: { x: 1 }, b: {} }, []), {
            a: "update",
            b: "update",
        });
    });
});
