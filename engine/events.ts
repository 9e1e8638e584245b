import type { EngineEvent } from "@pulumi/pulumi/automation";

/** Is told of each resource that the engine begins and ends with. */
export interface Watcher {
    /** The engine begins with a resource. */
    began(urn: string, type: string): void;
    /** The engine is done with a resource, well or not. */
    ended(urn: string): void;
}

/**
 * Passes on what the engine says of resources. Components are left out: they are nothing outside the state, and run until
 * all that is in them has ended.
 */
export function passOn(event: EngineEvent, watcher: Watcher): void {
    const { resourcePreEvent, resOutputsEvent, resOpFailedEvent } = event;
    const begun = resourcePreEvent?.metadata;
    if (begun && (begun.new ?? begun.old)?.custom) {
        watcher.began(begun.urn, begun.type);
    }
    const ended = (resOutputsEvent ?? resOpFailedEvent)?.metadata;
    if (ended) {
        watcher.ended(ended.urn);
    }
}

/**
 * Messages that the CLI shows with `--debug` only. They hold secrets in plain, by the SDK's own hand: what people may read
 * must not have them.
 */
export function isDebugging({ diagnosticEvent }: EngineEvent): boolean {
    return diagnosticEvent?.prefix?.startsWith("debug") === true;
}
