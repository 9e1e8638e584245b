import { join } from "node:path";
import { projectName } from "../../config/project";
import type { OperationResult, StateResource } from "../engine";
import type { Stage } from "../stage";
import { workloadProblems } from "../workloads";
import type { Notes } from "./notes";
import { placementProblems } from "./placement";

/** A preview, the first `up`, and what runs after it. */
export async function creation(stage: Stage, notes: Notes): Promise<void> {
    const { engine, adminApi, settings, workspace } = stage;
    const pack = join(workspace.project, "policy");
    const preview = await notes.run("preview", (watcher) => engine.preview(watcher, [pack]));
    notes.record("policy", policyProblems(preview), "nothing mandatory");
    if (!(await firstUp(stage, notes))) {
        return;
    }
    notes.resources = engine.resources();
    notes.record(
        "preview-names-all",
        previewProblems(preview, notes.resources),
        `${notes.resources.length} resources in both`,
    );
    const api = await adminApi();
    notes.record(
        "workloads-ready",
        await workloadProblems(api, notes.resources),
        "every pod is Ready, every load balancer has an address",
    );
    notes.record(
        "placement",
        await placementProblems(api, settings.checked),
        "every node and zone that takes the ingress has its share of it; kured is everywhere",
    );
}

/**
 * With the lines of the program, which the estimate names. Where something was asked to go wrong and did, the same `up` a
 * second time must make up for it.
 */
async function firstUp({ engine, hasFaults }: Stage, notes: Notes): Promise<boolean> {
    const up = await notes.run("first up", (watcher) => engine.upWithLines(watcher));
    if (up.error === undefined || !hasFaults) {
        return notes.succeeded("first-up", up);
    }
    const again = await notes.run("up again after the fault", (watcher) => engine.upWithLines(watcher));
    const problems = again.error === undefined ? [] : [`at first: ${up.error}`, `then: ${again.error}`];
    notes.record("first-up", problems, `failed as it was asked to (${up.error}); up again succeeded`);
    return problems.length === 0;
}

/** What the engine would refuse, and a pack that did not run at all. */
export function policyProblems({
    policyPacks,
    findings,
    error,
}: Pick<OperationResult, "policyPacks" | "findings" | "error">): string[] {
    return [
        ...(policyPacks.includes(projectName) ? [] : [`the pack did not run${error ? `: ${error}` : ""}`]),
        ...findings
            .filter(({ level }) => level === "mandatory")
            .map(({ rule, resource, message }) => `${rule}, ${resource ?? "the stack"}: ${message}`),
    ];
}

/** Resources that are in one of the two only. */
export function previewProblems(
    preview: Pick<OperationResult, "steps" | "error">,
    resources: readonly Pick<StateResource, "urn">[],
): string[] {
    const previewed = new Set(preview.steps.map(({ urn }) => urn));
    const made = new Set(resources.map(({ urn }) => urn));
    return [
        ...(preview.error === undefined ? [] : [`the preview failed: ${preview.error}`]),
        ...[...made].filter((urn) => !previewed.has(urn)).map((urn) => `not in the preview: ${urn}`),
        ...[...previewed].filter((urn) => !made.has(urn)).map((urn) => `only in the preview: ${urn}`),
    ];
}
