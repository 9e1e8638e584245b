import * as assert from "node:assert/strict";
import { NodePatching } from "../../components/clusterArgs";
import { nodePatchingEffects } from "../../components/internal/nodePatching";

describe("node patching", () => {
    it("is one closed choice of channel and kured", () => {
        assert.deepEqual(nodePatchingEffects, {
            Kured: { nodeOsUpgradeChannel: "Unmanaged", kured: true },
            NodeImage: { nodeOsUpgradeChannel: "NodeImage", kured: false },
            SecurityPatch: { nodeOsUpgradeChannel: "SecurityPatch", kured: false },
        });
    });

    it("has an effect for every choice", () => {
        assert.deepEqual(Object.keys(nodePatchingEffects).sort(), Object.values(NodePatching).sort());
    });

    it("installs kured exactly where nodes patch themselves and nobody else reboots them", () => {
        for (const { nodeOsUpgradeChannel, kured } of Object.values(nodePatchingEffects)) {
            assert.equal(kured, nodeOsUpgradeChannel === "Unmanaged");
        }
    });
});
