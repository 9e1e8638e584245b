import { indent } from "../../terminal/heading";
import { paragraph, table } from "../../terminal/layout";
import type { TextOptions } from "../../terminal/textOptions";
import { isNothing } from "../cost/difference";
import type { CostComparison } from "../cost/difference";
import { moneyChange } from "./amounts";

/** How the cost differs from that of another plan, by component. */
export function comparisonLines(comparison: CostComparison, options: TextOptions): string[] {
    const { width, colors } = options;
    const { file } = comparison;
    if ("problem" in comparison) {
        return paragraph(`Not compared with ${file}: ${comparison.problem}.`, {
            width,
            indent,
            style: colors.yellow,
        });
    }
    const { change, components, newUnknown, goneUnknown } = comparison.difference;
    const unknown = [
        ...(newUnknown.length > 0 ? [`New without a price: ${newUnknown.join(", ")}.`] : []),
        ...(goneUnknown.length > 0 ? [`No longer without a price: ${goneUnknown.join(", ")}.`] : []),
    ].flatMap((text) => paragraph(text, { width, indent: indent * 2 }));
    if (components.length === 0 && isNothing(change)) {
        return [...paragraph(`Costs the same as in ${file}.`, { width, indent }), ...unknown];
    }
    return [
        ...paragraph(`Compared with ${file}:`, { width, indent }),
        ...table(
            [
                { title: "Component" },
                { title: "Least", align: "right" },
                { title: "Expected", align: "right" },
                { title: "Most", align: "right" },
            ],
            [...components, { component: "Sum", change }].map(({ component, change: by }) => [
                component,
                moneyChange(by.minimum),
                moneyChange(by.expected),
                moneyChange(by.maximum),
            ]),
            { width, indent: indent * 2, titleStyle: colors.dim },
        ),
        ...unknown,
    ];
}
