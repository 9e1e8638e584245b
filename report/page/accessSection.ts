import { groupBy } from "../../stack/values";
import { counted } from "../../terminal/words";
import { html } from "./html";
import { disclosure, list, table } from "./parts";
import { body } from "./stackReport";
import type { SectionBody, StackReport } from "./stackReport";

/** Every role assignment and role binding, by who it is for. */
export function accessSection({ plan }: StackReport): SectionBody | undefined {
    if (plan.access.length === 0) {
        return undefined;
    }
    const grants = [
        ...groupBy(plan.access, ({ principal, role }) => JSON.stringify([principal, role])).values(),
    ];
    const principals = new Set(plan.access.map(({ principal }) => principal)).size;
    return body(
        `${counted(plan.access.length, "assignment")} to ${counted(principals, "principal")}: groups, identities and whoever deploys.`,
        disclosure(
            "All assignments",
            table({
                caption: `Who may do what in ${plan.stack}`,
                columns: [{ title: "Who" }, { title: "Role" }, { title: "Where" }],
                rows: grants.map((group) => ({
                    cells: [
                        html`${group[0]?.principal}`,
                        group[0]?.role,
                        list(group.map(({ scope }) => scope)),
                    ],
                })),
            }),
        ),
    );
}
