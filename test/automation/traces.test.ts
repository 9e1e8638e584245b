import * as assert from "node:assert/strict";
import { withoutTraces } from "../../automation/traces";

describe("What a program said, without traces", () => {
    it("has the message and its list, and neither frames nor the error's properties", () => {
        const said = [
            "Running program '/p/index.ts' failed with an unhandled exception:",
            "Error: Cannot find module './nothere'",
            "Require stack:",
            "- /p/index.ts",
            "    at Module._load (node:internal/modules/cjs/loader:1341:5)",
            "    at Object.<anonymous> (/p/index.ts:3:22) {",
            "  code: 'MODULE_NOT_FOUND',",
            "  requireStack: [",
            "    '/p/index.ts'",
            "  ]",
            "}",
            "what follows",
        ];
        assert.equal(withoutTraces(said.join("\n")), [...said.slice(0, 4), "what follows"].join("\n"));
    });

    it("has the causes", () => {
        const said = [
            "Error: outer",
            "    at one (/p/index.ts:1:1) {",
            "  [cause]: Error: inner",
            "      at two (/p/index.ts:2:2)",
            "}",
        ];
        assert.equal(withoutTraces(said.join("\n")), "Error: outer\n  [cause]: Error: inner");
    });

    it("is what it was where there are none", () => {
        const said = "Azure says:\n  at noon the quota is raised\n}";
        assert.equal(withoutTraces(said), said);
    });
});
