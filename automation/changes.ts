import { createHash } from "node:crypto";
import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation";
import { types } from "../stack/resourceTypes";
import { shortName, topProperty } from "../engine/names";
import { propertyDifferences } from "./propertyDifferences";
import type { PropertyDifference } from "./propertyDifferences";

/** What happens to a resource, in the words of the driver; replacing is one of them, however many steps it takes. */
export const changeOperations = ["replace", "delete", "update", "create", "import"] as const;
export type ChangeOperation = (typeof changeOperations)[number];

/** A change of one resource, told by the engine. */
export interface Change {
    operation: ChangeOperation;
    urn: string;
    type: string;
    /** Logical name. */
    name: string;
    /** True for a component, which is nothing outside the state. */
    isComponent: boolean;
    isProtected: boolean;
    /** Properties that cannot be changed in place, of a replacement. Sorted. */
    replaceKeys: string[];
    /** Properties that differ, in full where the engine or the values tell: `agentPoolProfiles[0].count`. Sorted. */
    paths: string[];
    /** What each differing property was and is; where the engine tells. Secrets are masked by the engine. */
    differences: PropertyDifference[];
    /** Hash of the new inputs, secrets masked, without what is drawn by chance: tells two changes of the same properties apart. */
    inputsDigest: string;
    /** All values as they are after the change, or where it is deleted as they were. For judging only; in no document. */
    current: Readonly<Record<string, unknown>>;
}

const operationOf: Readonly<Partial<Record<StepEventMetadata["op"], ChangeOperation>>> = {
    create: "create",
    update: "update",
    delete: "delete",
    replace: "replace",
    "create-replacement": "replace",
    // By itself it is what an earlier replacement left behind.
    "delete-replaced": "delete",
    "read-replacement": "replace",
    "import-replacement": "replace",
    import: "import",
};

/** What the events of one operation say about resources. */
export interface Changes {
    changes: Change[];
    /** Resources that stay as they are, components, the stack itself and what does not exist left out. */
    unchanged: number;
}

/**
 * Reads the changes from an operation's events. A refresh tells only at the end of a step what it found, and a replacement
 * is told in up to three steps: all steps of a resource are one change here.
 */
export function changesFrom(events: readonly EngineEvent[]): Changes {
    const steps = new Map<string, StepEventMetadata[]>();
    // What was begun and failed is no change that was made.
    const failed = new Set(events.flatMap(({ resOpFailedEvent }) => resOpFailedEvent?.metadata.urn ?? []));
    for (const { resourcePreEvent, resOutputsEvent } of events) {
        const step = (resourcePreEvent ?? resOutputsEvent)?.metadata;
        if (step && !failed.has(step.urn)) {
            steps.set(step.urn, [...(steps.get(step.urn) ?? []), step]);
        }
    }
    const all = [...steps.entries()].map(([urn, ofOne]) => ({ urn, ofOne, change: changeOf(urn, ofOne) }));
    return {
        changes: all.flatMap(({ change }) => change ?? []),
        unchanged: all.filter(({ change, ofOne }) => !change && ofOne.some(exists)).length,
    };
}

/** Changes of what exists outside the state. */
export function withoutComponents(changes: readonly Change[]): Change[] {
    return changes.filter(({ isComponent }) => !isComponent);
}

function changeOf(urn: string, steps: readonly StepEventMetadata[]): Change | undefined {
    const operations = steps.flatMap(({ op }) => operationOf[op] ?? []);
    const operation = operations.includes("replace") ? "replace" : operations[0];
    const [first] = steps;
    if (operation === undefined || first === undefined) {
        return undefined;
    }
    const differences = differencesOf(operation, steps);
    const [latest] = [...steps].reverse().flatMap(({ new: next, old }) => next ?? old ?? []);
    const told = steps.flatMap(({ diffs, detailedDiff }) => [
        ...(diffs ?? []),
        ...Object.keys(detailedDiff ?? {}),
    ]);
    return {
        operation,
        urn,
        type: first.type,
        name: shortName(urn),
        isComponent: !steps.some(isCustom),
        isProtected: steps.some(({ old, new: next }) => (old ?? next)?.protect === true),
        replaceKeys: operation === "replace" ? sorted(steps.flatMap(({ keys }) => keys ?? [])) : [],
        paths: inFull([...told, ...differences.map(({ path }) => path)]),
        differences,
        inputsDigest: digestOf(first.type, steps.find(({ new: next }) => next)?.new?.inputs ?? {}),
        current: { ...latest?.inputs, ...latest?.outputs },
    };
}

function differencesOf(
    operation: ChangeOperation,
    steps: readonly StepEventMetadata[],
): PropertyDifference[] {
    if (operation !== "update" && operation !== "replace") {
        return [];
    }
    const found = new Map<string, PropertyDifference>();
    for (const { op, old, new: next, diffs, detailedDiff } of steps) {
        const tops = new Set([...(diffs ?? []), ...Object.keys(detailedDiff ?? {})].map(topProperty));
        if (!old || !next) {
            continue;
        }
        // A refresh compares what was with what is; everything else what was asked for with what is asked for.
        const isRefresh = op === "refresh" || steps.some((step) => step.op === "refresh");
        const [before, after] = isRefresh ? [old.outputs, next.outputs] : [old.inputs, next.inputs];
        for (const difference of propertyDifferences(before ?? {}, after ?? {})) {
            if (tops.size === 0 || tops.has(topProperty(difference.path))) {
                found.set(difference.path, difference);
            }
        }
    }
    return [...found.values()];
}

function isCustom({ old, new: next, type }: StepEventMetadata): boolean {
    return (next ?? old)?.custom === true && type !== "pulumi:pulumi:Stack";
}

/** Of what a run leaves out, the engine says `same` also where it was never made: then it has no id. */
function exists(step: StepEventMetadata): boolean {
    return isCustom(step) && (step.new ?? step.old)?.id !== "";
}

/** Paths, sorted; one that is the beginning of another says nothing more. */
function inFull(paths: readonly string[]): string[] {
    const all = sorted(paths);
    return all.filter(
        (path) =>
            !all.some(
                (other) => other !== path && /^[.[]/.test(other.slice(path.length)) && other.startsWith(path),
            ),
    );
}

function sorted(texts: readonly string[]): string[] {
    return [...new Set(texts)].sort();
}

/**
 * Inputs that the provider draws anew in every preview, as long as the resource does not exist: two previews of the same
 * thing differ in them. Found by comparing two previews of a stack on the real engine.
 */
const drawnInputs: Readonly<Record<string, readonly string[]>> = {
    [types.roleAssignment]: ["roleAssignmentName"],
};

function digestOf(type: string, inputs: Record<string, unknown>): string {
    const fixed = Object.fromEntries(
        Object.entries(inputs).filter(([key]) => !drawnInputs[type]?.includes(key)),
    );
    return createHash("sha256")
        .update(JSON.stringify(withSortedKeys(fixed)))
        .digest("hex")
        .slice(0, 16);
}

function withSortedKeys(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(withSortedKeys);
    }
    return typeof value === "object" && value !== null
        ? Object.fromEntries(
              Object.entries(value)
                  .sort(([one], [other]) => (one < other ? -1 : 1))
                  .map(([key, item]) => [key, withSortedKeys(item)]),
          )
        : value;
}
