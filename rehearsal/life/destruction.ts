import { GoneCluster } from "../goneCluster";
import type { Stage } from "../stage";
import type { Notes } from "./notes";

/** The cluster is taken away first: whatever still calls it finds nobody. */
export async function destruction(
    { engine, controlPlane, simulator, workspace }: Stage,
    notes: Notes,
): Promise<void> {
    // With the cluster go its keys.
    notes.keysAndTokens = workspace.keysAndTokens();
    await controlPlane.stop();
    const gone = new GoneCluster(controlPlane.key, controlPlane.certificateAuthority);
    await gone.listen(controlPlane.port);
    const destroy = await notes.run("destroy", (watcher) => engine.destroy(watcher));
    await gone.close();
    notes.record(
        "destroy-calls",
        gone.objectRequests,
        `${gone.requests.length} requests by which the provider gets to know a cluster, none for an object`,
    );
    if (notes.succeeded("destroy", destroy)) {
        const left = [
            ...simulator.entities().map(({ id }) => `left in the simulated Azure: ${id}`),
            ...engine.resources().map(({ urn }) => `left in the state: ${urn}`),
        ];
        notes.record("destroy", left, "nothing left in the simulated Azure, nothing left in the state");
    }
}
