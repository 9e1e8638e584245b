import type { OperationResult, StateResource } from "../engine";
import type { Stage } from "../stage";
import { workloadProblems } from "../workloads";
import type { Notes } from "./notes";
import { placementProblems } from "./placement";

/** A preview, the first `up`, and what runs after it. */
export async function creation({ engine, adminApi, settings }: Stage, notes: Notes): Promise<void> {
    const preview = await notes.run("preview", (watcher) => engine.preview(watcher));
    const up = await notes.run("first up", (watcher) => engine.up(watcher));
    if (!notes.succeeded("first-up", up)) {
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
