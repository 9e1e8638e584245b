import type { Stage } from "../stage";
import { credentialSecrets } from "../secretSearch";
import type { Notes } from "./notes";

/** Everything in the cluster goes with it: from the first moment on, nobody may ask it for an object. */
export async function destruction({ engine, simulator, workspace }: Stage, notes: Notes): Promise<void> {
    // With the cluster go its keys, and its administrator's token.
    const administrators = (await simulator.control.clusters()).flatMap(({ administrator }) =>
        credentialSecrets(administrator),
    );
    notes.keysAndTokens = [...workspace.keysAndTokens(), ...administrators];
    const start = Date.now();
    const destroy = await notes.run("destroy", (watcher) => engine.destroy(watcher));
    const requests = await simulator.control.clusterRequests();
    notes.record(
        "destroy-calls",
        requests.filter(({ at }) => at >= start).map(({ request }) => request),
        `${requests.length} requests for objects in the stack's life, none of them now`,
    );
    if (notes.succeeded("destroy", destroy)) {
        const left = [
            ...simulator.entities().map(({ id }) => `left in the simulated Azure: ${id}`),
            ...engine.resources().map(({ urn }) => `left in the state: ${urn}`),
        ];
        notes.record("destroy", left, "nothing left in the simulated Azure, nothing left in the state");
    }
}
