import { PlannedStack } from "../../plan/plannedStack";
import { loadedConfig, realProgram, runProgram } from "../../plan/runProgram";
import { withStackTraces } from "../../speed/stackTraces";
import { readStackFile } from "../../plan/stackFile";
import { runRules } from "../../policy/evaluate";
import type { RuleResult } from "../../policy/evaluate";
import type { UnsetValue } from "../../policy/rule";
import { rulesByTopic } from "../../policy/rules";
import type { Waiver } from "../../policy/waiver";
import { waivers } from "../../policy/waivers";
import type { Phases } from "../support/editing";
import { projectFolder } from "../support/stacks";
import { today } from "../support/today";

/** A real stack as its program declares it, which a test may change before it is judged. */
export interface EditableStack extends Phases {
    name: string;
    secretTexts: string[];
    unset: UnsetValue[];
    peerRanges: string[];
    waivers: Waiver[];
    today: string;
}

const captured = new Map<string, Promise<Pick<EditableStack, "update" | "peerRanges">>>();

/** Both phases declare the same (test/plan/stacks.test.ts), so one of them is run. */
async function captureOf(stack: string) {
    const file = readStackFile(projectFolder, stack);
    const { loadConfig, program } = realProgram();
    const config = await loadedConfig(file, loadConfig);
    const update = await withStackTraces(false, () => runProgram(file, config, "update", program));
    return { update, peerRanges: [...(config.network?.peers ?? [])] };
}

/** What the rules say of a real stack after `change` to a copy of it. Its placeholders count as filled in. */
export async function judged(
    name: string,
    change: (stack: EditableStack) => void = () => undefined,
): Promise<RuleResult[]> {
    const stack = await editable(name);
    change(stack);
    const planned = new PlannedStack(stack.preview, stack.update, stack);
    return runRules(planned, rulesByTopic, {
        stack: stack.name,
        waivers: stack.waivers,
        today: stack.today,
    });
}

/** A copy of a real stack. */
export async function editable(name: string): Promise<EditableStack> {
    let running = captured.get(name);
    if (!running) {
        running = captureOf(name);
        captured.set(name, running);
    }
    const { update, peerRanges } = structuredClone(await running);
    return {
        name,
        update,
        preview: structuredClone(update),
        secretTexts: ["secret://stand-in/example"],
        unset: [],
        peerRanges,
        waivers: structuredClone([...waivers]),
        today,
    };
}
