import * as assert from "node:assert/strict";
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
import type { Capture, CapturedResource } from "../../simulator/capture";
import { projectFolder } from "../support/stacks";
import { today } from "../support/today";

/** A real stack as its program declares it, which a test may change before it is judged. */
export interface EditableStack {
    name: string;
    preview: Capture;
    update: Capture;
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

/** The resource with that logical name in the update. */
export function resource(stack: EditableStack, name: string): CapturedResource {
    const found = stack.update.resources.filter((candidate) => candidate.name === name && candidate.custom);
    const [only] = found;
    assert.ok(only && found.length === 1, `expected one resource "${name}", found ${found.length}`);
    return only;
}

/** An object or list inside the inputs of a resource, by its path; numbers are places in lists. */
export function inside(stack: EditableStack, name: string, ...path: string[]): Record<string, unknown> {
    let target: Record<string, unknown> = resource(stack, name).inputs;
    for (const key of path) {
        target = target[key] as Record<string, unknown>;
        assert.ok(typeof target === "object" && target !== null, `${name} has no "${path.join(".")}"`);
    }
    return target;
}

/** Sets an input, given by its path, with slashes where names have dots; `undefined` removes it. */
export function setInput(stack: EditableStack, name: string, path: string, value: unknown): void {
    const keys = path.split(path.includes("/") ? "/" : ".");
    const last = keys.pop() ?? "";
    const target = inside(stack, name, ...keys);
    assert.ok(value !== undefined || last in target, `${name} has no "${path}" to remove`);
    if (value === undefined) {
        delete target[last];
    } else {
        target[last] = value;
    }
}

/** Removes a resource from both phases. */
export function remove(stack: EditableStack, name: string): void {
    const { urn } = resource(stack, name);
    for (const phase of [stack.preview, stack.update]) {
        phase.resources = phase.resources.filter((candidate) => candidate.urn !== urn);
    }
}

/** Adds a resource like another one to both phases. */
export function addLike(
    stack: EditableStack,
    name: string,
    added: Partial<CapturedResource> & { name: string },
): CapturedResource {
    const like = resource(stack, name);
    const copy: CapturedResource = {
        ...structuredClone(like),
        urn: like.urn.replace(/::[^:]*$/, `::${added.name}`),
        id: `${like.id ?? ""}-${added.name}`,
        ...added,
    };
    stack.preview.resources.push(copy);
    stack.update.resources.push(copy);
    return copy;
}
