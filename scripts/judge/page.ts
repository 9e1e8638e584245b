import { packages } from "./judges";
import type { Hearing } from "./judges";
import { mended } from "./verdicts";
import type { Judgement } from "./verdicts";

const row = (...cells: (string | number)[]) => `| ${cells.join(" | ")} |`;

/** docs/judge.md: who judged, what was found, and what became of it. */
export function judgePage(hearings: readonly Hearing[], { settled }: Judgement): string {
    const titles = new Map(
        hearings.flatMap(({ findings }) => findings.map(({ check, title }) => [check, title] as const)),
    );
    return [
        "# What other tools say",
        "",
        "PSRule, checkov, kube-linter and the like cannot read a Pulumi program; they read its [exports](exports.md).",
        "`npm run judge` exports both stacks, installs the judges that PyPI has into a virtual environment of their own, and fails",
        "on every finding that has no verdict in `scripts/judge/verdicts.ts`, and on every verdict that nothing needs any more.",
        "This page is written by it. PSRule runs in PowerShell, kube-linter and kubeconform are neither on npm nor on PyPI: they",
        "are not asked.",
        "",
        `Versions: ${packages.map((name) => `\`${name}\``).join(", ")}.`,
        "",
        "## Results",
        "",
        row("Judge", "Looked at", "Passed", "Findings"),
        row("---", "---", "---", "---"),
        ...hearings.map(({ judge, about, passed, findings }) =>
            row(judge, `\`${about}\``, passed ?? "not counted", findings.length),
        ),
        "",
        "## Mended",
        "",
        row("Judge", "Finding", "Mend"),
        row("---", "---", "---"),
        ...mended.map(({ judge, finding, mend }) => row(judge, finding, mend)),
        "",
        "## Waived, or wrong",
        "",
        row("Check", "What it asks", "Stacks", "Findings", "Verdict", "Reason"),
        row("---", "---", "---", "---", "---", "---"),
        ...settled.map(({ verdict: { check, verdict, reason }, findings }) =>
            row(
                check,
                titles.get(check) ?? "",
                [...new Set(findings.map(({ stack }) => stack))].sort().join(", "),
                findings.length,
                verdict === "false" ? "wrong here" : "waived",
                reason,
            ),
        ),
        "",
    ].join("\n");
}
