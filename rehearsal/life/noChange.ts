import type { Stage } from "../stage";
import { changesIn } from "./notes";
import type { Notes } from "./notes";

/** Nothing has changed, and nothing is changed. */
export async function noChange({ engine }: Stage, notes: Notes): Promise<void> {
    const second = await notes.run("second up", (watcher) => engine.up(watcher));
    notes.record("second-up", changesIn(second), "0 changes");
    const refresh = await notes.run("refresh", (watcher) => engine.refresh(watcher));
    const up = await notes.run("up after refresh", (watcher) => engine.up(watcher));
    notes.record("refresh", [...changesIn(refresh), ...changesIn(up)], "0 changes");
}
