import type { EngineEvent } from "@pulumi/pulumi/automation";
import type { Progress } from "./liveProgress";

/**
 * Passes on what the engine says of resources. Components are left out: they are nothing outside the state, and run until
 * all that is in them has ended.
 */
export function passOn(event: EngineEvent, progress: Pick<Progress, "began" | "ended">): void {
    const { resourcePreEvent, resOutputsEvent, resOpFailedEvent } = event;
    const begun = resourcePreEvent?.metadata;
    if (begun && (begun.new ?? begun.old)?.custom) {
        progress.began(begun.urn, begun.type);
    }
    const ended = (resOutputsEvent ?? resOpFailedEvent)?.metadata;
    if (ended) {
        progress.ended(ended.urn);
    }
}
