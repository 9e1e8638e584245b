import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import {
    dataCollectionName,
    maxEndpointNameLength,
    maxRuleNameLength,
} from "../../components/internal/dataCollection";
import {
    clusterLogCategories,
    clusterLogCategoryProblems,
    defaultClusterLogCategories,
} from "../../components/internal/diagnosticCategories";

describe("dataCollectionName", () => {
    it("is what Azure's own onboarding would choose", () => {
        assert.equal(
            dataCollectionName("MSProm", "westeurope", "aks-lz-dev-weu", 44),
            "MSProm-westeurope-aks-lz-dev-weu",
        );
        assert.equal(
            dataCollectionName("MSCI", "westeurope", "aks-lz-dev-weu", 64),
            "MSCI-westeurope-aks-lz-dev-weu",
        );
    });

    it("stays within Azure's length and ends with a letter or digit", () => {
        const clusterName = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,61}[A-Za-z0-9]$/);
        const region = fc.constantFrom("westeurope", "germanywestcentral", "eastus");
        fc.assert(
            fc.property(
                region,
                clusterName,
                fc.constantFrom(maxEndpointNameLength, maxRuleNameLength),
                (where, name, length) => {
                    const result = dataCollectionName("MSProm", where, name, length);
                    assert.ok(result.length <= length);
                    assert.match(result, /[A-Za-z0-9]$/);
                    assert.ok(`MSProm-${where}-${name}`.startsWith(result));
                },
            ),
        );
    });
});

describe("log categories of a cluster", () => {
    it("are good by default, and leave out reads", () => {
        assert.deepEqual(clusterLogCategoryProblems(defaultClusterLogCategories), []);
        assert.ok(!defaultClusterLogCategories.includes("kube-audit"));
    });

    it("are accepted one by one", () => {
        for (const category of Object.keys(clusterLogCategories)) {
            assert.deepEqual(clusterLogCategoryProblems([category]), [], category);
        }
    });

    it("are not found in what every object has", () => {
        assert.equal(clusterLogCategoryProblems(["constructor"]).length, 1);
    });
});
