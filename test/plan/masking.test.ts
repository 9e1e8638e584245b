import * as assert from "node:assert/strict";
import { withoutSecrets } from "../../plan/masking";

describe("withoutSecrets", () => {
    it("masks the named values as a whole and no other", () => {
        assert.deepEqual(withoutSecrets({ config: { token: "t" }, name: "n" }, ["config"]), {
            config: "[secret]",
            name: "n",
        });
    });
});
