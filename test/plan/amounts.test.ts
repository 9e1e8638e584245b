import * as assert from "node:assert/strict";
import { moneyRange, quantityRange } from "../../plan/render/amounts";

describe("plan amounts", () => {
    it("are a number where the range is none", () => {
        assert.equal(moneyRange({ minimum: 1234.5, maximum: 1234.5 }), "1,234.50");
        assert.equal(moneyRange({ minimum: 0, maximum: 0.1 }), "0.00 - 0.10");
        assert.equal(quantityRange({ minimum: 2, maximum: 5 }), "2 - 5");
    });
});
