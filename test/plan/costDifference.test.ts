import * as assert from "node:assert/strict";
import { costDifference } from "../../plan/cost/difference";
import type { ComparedCost } from "../../plan/cost/difference";
import type { CostEstimate } from "../../plan/cost/estimate";
import { asSpread } from "../../plan/cost/lines";
import type { Spread } from "../../plan/cost/lines";
import { moneyChange } from "../../plan/render/amounts";
import { comparisonLines } from "../../plan/render/comparisonSection";
import { costMarkdown } from "../../plan/render/costMarkdown";
import type { StackPlan } from "../../plan/stackPlan";
import { fileOptions } from "../../terminal/textOptions";

const spread = (minimum: number, expected: number, maximum: number): Spread => ({
    minimum,
    expected,
    maximum,
});
const nothing = asSpread(0);

const before: ComparedCost = {
    monthly: spread(30, 45, 60),
    unknown: ["Alert", "Zone"],
    lines: [
        { component: "network", monthly: asSpread(10) },
        { component: "cluster", monthly: spread(10, 25, 40) },
        { component: "vault", monthly: asSpread(10) },
        { component: "alerts" },
    ],
};
const after: ComparedCost = {
    monthly: spread(25, 45.3, 85),
    unknown: ["Alert", "Firewall"],
    lines: [
        { component: "network", monthly: asSpread(5) },
        { component: "network", monthly: asSpread(5.1) },
        { component: "cluster", monthly: spread(10, 25, 64.7) },
        { component: "registry", monthly: spread(4.9, 5.2, 5.2) },
        { component: "alerts" },
    ],
};

describe("cost difference", () => {
    it("is told by component, the largest first, without those that cost the same", () => {
        assert.deepEqual(costDifference(after, before), {
            before: spread(30, 45, 60),
            change: spread(-5, 0.3, 25),
            components: [
                {
                    component: "cluster",
                    before: spread(10, 25, 40),
                    after: spread(10, 25, 64.7),
                    change: spread(0, 0, 24.7),
                },
                { component: "vault", before: asSpread(10), change: asSpread(-10) },
                { component: "registry", after: spread(4.9, 5.2, 5.2), change: spread(4.9, 5.2, 5.2) },
                {
                    component: "network",
                    before: asSpread(10),
                    after: asSpread(10.1),
                    change: asSpread(0.1),
                },
            ],
            newUnknown: ["Firewall"],
            goneUnknown: ["Zone"],
        });
    });

    it("is none between the same", () => {
        const { change, components, newUnknown, goneUnknown } = costDifference(before, before);
        assert.deepEqual([change, components, newUnknown, goneUnknown], [nothing, [], [], []]);
    });

    it("has a sign", () => {
        assert.deepEqual([1234.5, -3, 0].map(moneyChange), ["+1,234.50", "-3.00", "0.00"]);
    });

    it("is a table in the plan", () => {
        const lines = comparisonLines(
            { file: "base.json", difference: costDifference(after, before) },
            fileOptions,
        );
        assert.deepEqual(lines, [
            "  Compared with base.json:",
            "    Component   Least  Expected    Most",
            "    cluster      0.00      0.00  +24.70",
            "    vault      -10.00    -10.00  -10.00",
            "    registry    +4.90     +5.20   +5.20",
            "    network     +0.10     +0.10   +0.10",
            "    Sum         -5.00     +0.30  +25.00",
            "    New without a price: Firewall.",
            "    No longer without a price: Zone.",
        ]);
        const same = { file: "base.json", difference: costDifference(before, before) };
        assert.deepEqual(comparisonLines(same, fileOptions), ["  Costs the same as in base.json."]);
        assert.deepEqual(
            comparisonLines({ file: "base.json", problem: "it has no stack dev" }, fileOptions),
            ["  Not compared with base.json: it has no stack dev."],
        );
    });

    describe("in the comment", () => {
        const markdown = (cost: Partial<CostEstimate>) =>
            costMarkdown({
                cost: { ...after, currency: "USD", ...cost } as CostEstimate,
            } as StackPlan);
        const first =
            "**Cost:** 25.00 to 85.00 USD a month, 45.30 expected, 2 prices unknown. An estimate from list prices, never a quote.\n";

        it("stands below the amount, by component", () => {
            const comparison = { file: "base.json", difference: costDifference(after, before) };
            assert.equal(
                markdown({ comparison }),
                `${first}Against the base branch: **+0.30 expected**, -5.00 at least, +25.00 at most; new without a price: Firewall; no longer without a price: Zone.

<details><summary>Cost by component (4)</summary>

| Component | Least | Expected | Most |
| --- | ---: | ---: | ---: |
| cluster | 0.00 | 0.00 | +24.70 |
| vault | -10.00 | -10.00 | -10.00 |
| registry | +4.90 | +5.20 | +5.20 |
| network | +0.10 | +0.10 | +0.10 |

</details>
`,
            );
        });

        it("is said to be none, not to be known, or not asked for", () => {
            const same = { file: "b", difference: costDifference(after, after) };
            assert.equal(markdown({ comparison: same }), `${first}The same as on the base branch.\n`);
            assert.equal(
                markdown({ comparison: { file: "b", problem: "it could not be planned: <b> & `x`" } }),
                `${first}Not compared with the base branch: it could not be planned: \\<b\\> & \\\`x\\\`.\n`,
            );
            assert.equal(markdown({}), first);
            assert.match(
                markdown({ live: { asked: "2026-11-22", found: 3, warnings: [] } }),
                /list prices of 2026-11-22, never/,
            );
        });
    });
});
