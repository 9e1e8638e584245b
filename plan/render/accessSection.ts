import type { StackPlan } from "../stackPlan";
import { groupBy } from "../../stack/values";
import { table } from "../../terminal/layout";
import { heading, indent } from "../../terminal/heading";
import type { TextOptions } from "../../terminal/textOptions";
import { counted } from "../../terminal/words";

/** Who may do what, where. */
export function accessSection(plan: StackPlan, options: TextOptions): string[] {
    if (plan.access.length === 0) {
        return [];
    }
    // One line for each principal and role, however many places the role holds for.
    const grants = [...groupBy(plan.access, ({ principalId, role }) => `${principalId} ${role}`).values()];
    let last = "";
    const rows = grants.flatMap((group) => {
        const [first] = group;
        if (!first) {
            return [];
        }
        const principal = first.principalId === last ? "" : first.principal;
        last = first.principalId;
        return [[principal, first.role, scopes(group.map(({ scope }) => scope))]];
    });
    return [
        heading("Access", `${counted(plan.access.length, "assignment")}: who may do what, where`, options),
        ...table(
            [{ title: "Who" }, { title: "Role" }, { title: "Where", flexible: true }],
            rows.map((row) => row.map((text) => text.replace(/^Azure Kubernetes Service /, "AKS "))),
            { width: options.width, indent, titleStyle: options.colors.dim },
        ),
    ];
}

/** `subnet a` and `subnet b` become `subnets a, b`; `namespace c of x` and `namespace d of x` become `namespaces c, d of x`. */
function scopes(all: readonly string[]): string {
    const parsed = all.map(
        (scope) =>
            /^(?<noun>.*?) (?<name>\S+)(?<rest>(?: of .*| \(.*\))?)$/.exec(scope)?.groups ?? { noun: scope },
    );
    return [...groupBy(parsed, ({ noun, rest = "" }) => `${noun ?? ""} ${rest}`).values()]
        .map((group) => {
            const names = group.map(({ name = "" }) => name).join(", ");
            const noun = group[0]?.["noun"] ?? "";
            const plural = group.length === 1 ? noun : noun.replace(/y$/, "ie").concat("s");
            return `${plural} ${names}${group[0]?.["rest"] ?? ""}`.trim();
        })
        .join("; ");
}
