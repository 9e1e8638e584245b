import * as assert from "node:assert/strict";
import type { Capture, CapturedResource } from "../../simulator/capture";

/** What a program declares in both phases, which a test may change. */
export interface Phases {
    preview: Capture;
    update: Capture;
}

/** The resource with that logical name in the update. */
export function resource(stack: Phases, name: string): CapturedResource {
    const found = stack.update.resources.filter((candidate) => candidate.name === name && candidate.custom);
    const [only] = found;
    assert.ok(only && found.length === 1, `expected one resource "${name}", found ${found.length}`);
    return only;
}

/** An object or list inside the inputs of a resource, by its path; numbers are places in lists. */
export function inside(stack: Phases, name: string, ...path: string[]): Record<string, unknown> {
    let target: Record<string, unknown> = resource(stack, name).inputs;
    for (const key of path) {
        target = target[key] as Record<string, unknown>;
        assert.ok(typeof target === "object" && target !== null, `${name} has no "${path.join(".")}"`);
    }
    return target;
}

/** Sets an input, given by its path, with slashes where names have dots; `undefined` removes it. */
export function setInput(stack: Phases, name: string, path: string, value: unknown): void {
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
export function remove(stack: Phases, name: string): void {
    const { urn } = resource(stack, name);
    for (const phase of [stack.preview, stack.update]) {
        phase.resources = phase.resources.filter((candidate) => candidate.urn !== urn);
    }
}

/** Adds a resource like another one to both phases. */
export function addLike(
    stack: Phases,
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
