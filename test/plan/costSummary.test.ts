import * as assert from "node:assert/strict";
import type { CostLine } from "../../plan/cost/lines";
import { evidenceDays, usageItems } from "../../plan/cost/summary";
import { planStack } from "../../plan/planStack";
import { costSection } from "../../plan/render/costSection";
import { fileOptions } from "../../terminal/textOptions";
import { projectFolder } from "../support/stacks";

function line(changes: Partial<CostLine>): CostLine {
    return {
        component: "c",
        resource: "r",
        item: "i",
        region: "westeurope",
        basis: "fixed",
        note: "",
        ...changes,
    };
}

function pricedOn(date: string): CostLine {
    return line({
        unitPrice: { minimum: 1, expected: 1, maximum: 1, unit: "hour", date, source: "A" },
    });
}

describe("what there is to say of an estimate", () => {
    it("names what depends on usage once, with what it depends on", () => {
        const lines = [
            line({ basis: "usage", item: "Queries", note: "by the million" }),
            line({ basis: "usage", item: "Data" }),
            line({ basis: "fixed", item: "Address" }),
            line({ basis: "assumed", item: "Logs" }),
            line({ basis: "unknown", item: "Rules" }),
            line({ basis: "usage", item: "Queries", note: "by the million", component: "other" }),
        ];
        assert.deepEqual(usageItems(lines), ["Queries (by the million)", "Data"]);
    });

    it("names the first and the last day of the evidence", () => {
        const days = ["2026-08-20", "2026-01-02", "2026-11-21"];
        assert.deepEqual(evidenceDays([line({ basis: "usage" }), ...days.map(pricedOn)]), {
            first: "2026-01-02",
            last: "2026-11-21",
        });
        assert.deepEqual(evidenceDays([pricedOn("2026-08-20")]), {
            first: "2026-08-20",
            last: "2026-08-20",
        });
        assert.equal(evidenceDays([line({ basis: "unknown" })]), undefined);
    });

    it("says nothing of usage where nothing depends on it", async () => {
        const plan = await planStack({ directory: projectFolder, stack: "dev" });
        const shown = (lines: readonly CostLine[]) =>
            costSection({ ...plan, cost: { ...plan.cost, lines: [...lines] } }, fileOptions).join("\n");
        assert.match(shown(plan.cost.lines), /Depends on usage, not in the sum: \w/);
        const others = plan.cost.lines.filter(({ basis }) => basis !== "usage");
        assert.doesNotMatch(shown(others), /Depends on usage/);
    });
});
