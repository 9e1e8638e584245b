import { changesOf } from "../engine";
import type { Stage } from "../stage";
import { withoutProtection } from "../stackSettings";
import type { Notes } from "./notes";

/** Of a stack whose protection is on: `destroy` is refused, and then protection is lifted on purpose. */
export async function protection(
    { engine, simulator, workspace, stack }: Stage,
    notes: Notes,
): Promise<void> {
    if (!notes.isProtected) {
        return;
    }
    const before = simulator.entities().length;
    const refused = await notes.run("destroy while protected", (watcher) => engine.destroy(watcher));
    const lost = before - simulator.entities().length;
    const problems = [
        ...(/protect/i.test(refused.error ?? "") ? [] : [refused.error ?? "destroy was not refused"]),
        ...(lost === 0 ? [] : [`${lost} resources were deleted before it was refused`]),
    ];
    notes.record("protected-destroy", problems, "refused, and nothing was deleted");

    notes.config = withoutProtection(notes);
    workspace.writeStackFile(stack, notes.config);
    const lifted = await notes.run("up without protection", (watcher) => engine.up(watcher));
    if (notes.succeeded("protection-lifted", lifted)) {
        // A component is nothing outside the state: what it holds of its locks' ids goes with them.
        const changes = changesOf(lifted).filter(({ isComponent }) => !isComponent);
        const others = changes
            .filter(({ operation, urn }) => !(operation === "delete" && /:ManagementLock/.test(urn)))
            .map(({ operation, urn }) => `${operation} ${urn}`);
        notes.record("protection-lifted", others, `${changes.length} locks deleted, nothing else`);
    }
}
