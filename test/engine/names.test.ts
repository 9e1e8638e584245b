import * as assert from "node:assert/strict";
import { providerUrn, shortName, shortType, topProperty } from "../../engine/names";

describe("engine/names", () => {
    it("takes the name out of a URN, colons and all", () => {
        assert.equal(shortName("urn:pulumi:dev::lz::pkg:m:Parent$pkg:m:Child::nodes"), "nodes");
        assert.equal(shortName("urn:pulumi:dev::lz::pkg:m:T::a::b"), "a::b");
    });

    it("takes the URN out of a reference to a provider", () => {
        const urn = "urn:pulumi:dev::lz::pulumi:providers:kubernetes::cluster";
        assert.equal(providerUrn(`${urn}::04da6b54`), urn);
    });

    it("shortens a type to what people call it", () => {
        assert.deepEqual(
            ["azure-native:network:Subnet", "kubernetes:core/v1:Namespace", "pulumi:providers:azuread"].map(
                shortType,
            ),
            ["Subnet", "Namespace", "azuread provider"],
        );
    });

    it("takes the top-level property out of a path", () => {
        const paths = ["agentPoolProfiles[0].count", "sku.name", "tags"];
        assert.deepEqual(paths.map(topProperty), ["agentPoolProfiles", "sku", "tags"]);
    });
});
