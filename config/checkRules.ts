import { pathText, problemLine } from "./errors";
import type { Problem } from "./errors";
import { guarded, whereReadable } from "./guarded";
import type { Path } from "./schemaTree";

/** Settings to check, and what is wrong with them already. */
export interface CheckedSettings<Settings> {
    /** The settings, complete; several where single values are wrong and each has another sample in their place. */
    values: readonly Settings[];
    /** Places of these samples. */
    varied: readonly Path[];
    /** Places that mean nothing; rules that need one of them are left out. */
    wrong: readonly Path[];
}

/** Problems between settings: those that are there whichever sample stands for a wrong value, and not the sample's own. */
export function problemsBetween<Settings extends object>(
    rules: readonly ((settings: Settings) => Problem[])[],
    { values, varied, wrong }: CheckedSettings<Settings>,
): Problem[] {
    const [first = [], ...others] = values.map((settings) => {
        const view = guarded(settings, wrong);
        return rules.flatMap((rule) => whereReadable(() => rule(view)));
    });
    const lines = others.map((problems) => new Set(problems.map((problem) => problemLine(problem))));
    const reported = new Set(varied.map(pathText));
    return first.filter(
        (problem) =>
            !reported.has(pathText(problem.path)) && lines.every((line) => line.has(problemLine(problem))),
    );
}
