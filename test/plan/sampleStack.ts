import * as assert from "node:assert/strict";
import { PlannedStack } from "../../plan/plannedStack";
import { capture } from "../../simulator/capture";
import type { Capture, CapturedResource, Phase } from "../../simulator/capture";
import { sampleConfig, sampleProgram } from "./sampleProgram";

/** A captured stack that a test may change before it is looked at. */
export interface EditableStack {
    preview: Capture;
    update: Capture;
    secretTexts: string[];
    unset: { path: string; placeholder: string; standIn: string; find: string }[];
    peerRanges: string[];
}

let captured: Promise<{ preview: Capture; update: Capture }> | undefined;

async function captureBoth() {
    const run = (phase: Phase) =>
        capture(sampleProgram, {
            project: "aks-landing-zone",
            stack: "sample",
            phase,
            environment: {
                subscriptionId: sampleConfig.subscriptionId,
                tenantId: sampleConfig.tenantId,
                deployerObjectId: sampleConfig.access?.deployer.objectId ?? "",
            },
        });
    return { preview: await run("preview"), update: await run("update") };
}

/** The sample program's stack, captured once, after `change` to a copy of it. */
export async function sampleStack(
    change: (stack: EditableStack) => void = () => undefined,
): Promise<PlannedStack> {
    captured ??= captureBoth();
    const stack: EditableStack = {
        ...structuredClone(await captured),
        secretTexts: ["secret://stand-in/example"],
        unset: [],
        peerRanges: ["10.0.0.0/16"],
    };
    change(stack);
    return new PlannedStack(stack.preview, stack.update, stack);
}

/** The resource with that logical name in the update. */
export function resource(stack: EditableStack, name: string): CapturedResource {
    const found = stack.update.resources.filter((candidate) => candidate.name === name && candidate.custom);
    const [only] = found;
    assert.ok(only && found.length === 1, `expected one resource "${name}", found ${found.length}`);
    return only;
}

/** Sets an input, given by its path; `undefined` removes it. */
export function setInput(stack: EditableStack, name: string, path: string, value: unknown): void {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    let target: Record<string, unknown> = resource(stack, name).inputs;
    for (const key of keys) {
        target = target[key] as Record<string, unknown>;
        assert.ok(typeof target === "object", `${name} has no "${path}"`);
    }
    assert.ok(value === undefined ? last in target : true, `${name} has no "${path}" to remove`);
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
