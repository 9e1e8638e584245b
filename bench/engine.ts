import { missingHere } from "./engine/stage";
import type { Group } from "./measurement";

/** What the real engine takes, on the stage of the rehearsal. */
export const engine: Group = {
    name: "engine",
    title: "The engine, per resource, against a bare program",
    hindrance: missingHere,
    measure: (setting) => lazyMeasure()(setting),
};

/** Loads Pulumi only now: what measures something else has no use for it. */
function lazyMeasure(): (typeof import("./engine/measure.js"))["measureEngine"] {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass by the transpiler.
    return (require("./engine/measure") as typeof import("./engine/measure.js")).measureEngine;
}
