import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { run as runExport } from "../../exports/command";
import { knownStacks } from "../../plan/stackFile";
import { exitCode } from "../../terminal/exitCode";
import { checkov, cycloneDx, install, kubernetesSchemas } from "./judges";
import { judgePage } from "./page";
import { unrenderedCharts } from "./unrendered";
import { judged } from "./verdicts";

const root = join(__dirname, "..", "..");
const work = join(root, "out", "judge");
const page = join(root, "docs", "judge.md");

/** Exports all stacks, lets the judges look at them and writes docs/judge.md. Returns an exit code. */
async function judge(): Promise<number> {
    const exports = join(work, "exports");
    rmSync(exports, { recursive: true, force: true });
    mkdirSync(exports, { recursive: true });
    const { stdout, stderr, env: environment } = process;
    for (const stack of knownStacks(root)) {
        const context = { directory: root, stdout, stderr, environment };
        if ((await runExport([stack, "--out", join(exports, stack)], context)) !== exitCode.good) {
            return exitCode.failed;
        }
    }
    const unrendered = unrenderedCharts(exports);
    if (unrendered.length > 0) {
        stderr.write(
            `error: what the charts ${unrendered.join(", ")} install cannot be judged: they were not rendered\n` +
                "hint: scripts/pipelines/judge.sh fetches their packages and judges, with helm (https://helm.sh/docs/intro/install/) " +
                "on the PATH; packages at hand are found through LANDING_ZONE_CHARTS, the folder that they are in\n",
        );
        return exitCode.failed;
    }
    const programs = install(join(work, "venv"));
    const hearings = [
        ...checkov(programs, exports),
        kubernetesSchemas(programs, exports),
        cycloneDx(programs, exports),
    ];
    const judgement = judged(hearings.flatMap(({ findings }) => findings));
    const { open, unused } = judgement;
    open.forEach(({ judge: who, check, title, stack, subject }) =>
        stderr.write(`error: ${who} ${check} on ${subject} of ${stack}: ${title}\n`),
    );
    unused.forEach(({ check, subject }) =>
        stderr.write(`error: nothing needs the verdict on ${check} ${subject} any more\n`),
    );
    if (open.length + unused.length > 0) {
        stderr.write("hint: mend the program, or say in scripts/judge/verdicts.ts why not\n");
        return exitCode.refused;
    }
    const options = await resolveConfig(page);
    writeFileSync(page, await format(judgePage(hearings, judgement), { ...options, parser: "markdown" }));
    stdout.write(`wrote docs/judge.md: ${judgement.settled.length} verdicts, nothing open\n`);
    return exitCode.good;
}

if (require.main === module) {
    void judge().then((code) => {
        process.exitCode = code;
    });
}
