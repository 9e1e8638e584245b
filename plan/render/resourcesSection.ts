import type { ComponentNode } from "../componentTree";
import type { StackPlan } from "../stackPlan";
import { paragraph, table } from "../../terminal/layout";
import type { Cell } from "../../terminal/layout";
import { heading, indent } from "../../terminal/heading";
import type { TextOptions } from "../../terminal/textOptions";
import { counted, grouped } from "../../terminal/words";

/** The component tree with what is in each component, and the number of resources by type. */
export function resourcesSection(plan: StackPlan, options: TextOptions): string[] {
    const { colors } = options;
    const components = plan.resources.filter(({ custom, parent }) => !custom && parent !== undefined).length;
    const total = plan.components.total;
    const rows = treeRows(plan.components, "", "");
    const byType = plan.counts.map(({ type, count }) => `${count} ${type}`).join(", ");
    return [
        heading("Resources", `${grouped(total)} in ${counted(components, "component")}`, options),
        ...table(
            [
                { title: "Component" },
                { title: "Type" },
                { title: "All", align: "right" },
                { title: "Directly in it", flexible: true },
            ],
            rows,
            { width: options.width, indent, titleStyle: colors.dim },
        ),
        ...paragraph(`By type: ${byType}`, { width: options.width, indent, style: colors.dim }),
    ];
}

function treeRows(node: ComponentNode, front: string, childFront: string): Cell[][] {
    const [first = ""] = node.names;
    const isGroup = node.names.length > 1;
    const inside = node.resources
        .map(({ type, count }) => (count === 1 ? type : `${count} ${type}`))
        .join(", ");
    const row = [
        `${front}${isGroup ? `${node.names.length} x ${node.type}` : first}`,
        isGroup ? "" : node.type,
        `${node.total}${isGroup ? " each" : ""}`,
        isGroup ? `${node.names.join(", ")}: ${inside}` : inside,
    ];
    const children = node.children.flatMap((child, index) => {
        const isLast = index === node.children.length - 1;
        return treeRows(
            child,
            `${childFront}${isLast ? "└ " : "├ "}`,
            `${childFront}${isLast ? "  " : "│ "}`,
        );
    });
    return [row, ...children];
}
