import * as assert from "node:assert/strict";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { isDebugging, passOn } from "../../engine/events";

describe("What the engine says of resources", () => {
    const calls = (...events: object[]) => {
        const made: string[] = [];
        for (const event of events) {
            passOn(event as EngineEvent, {
                began: (urn, type) => void made.push(`began ${urn} ${type}`),
                ended: (urn) => void made.push(`ended ${urn}`),
            });
        }
        return made;
    };
    const metadata = { urn: "u", type: "t:m:T" };

    it("is passed on as beginnings and ends, failures included", () => {
        assert.deepEqual(
            calls(
                { resourcePreEvent: { metadata: { ...metadata, new: { custom: true } } } },
                { resOutputsEvent: { metadata } },
                { resourcePreEvent: { metadata: { ...metadata, old: { custom: true } } } },
                { resOpFailedEvent: { metadata } },
                { diagnosticEvent: { message: "m" } },
            ),
            ["began u t:m:T", "ended u", "began u t:m:T", "ended u"],
        );
    });

    it("leaves out the beginnings of components", () => {
        assert.deepEqual(
            calls({ resourcePreEvent: { metadata: { ...metadata, new: { custom: false } } } }),
            [],
        );
    });
});

describe("A message for debugging", () => {
    const isOne = (diagnosticEvent: object) => isDebugging({ diagnosticEvent } as EngineEvent);

    it("is known by its prefix, not by what it says", () => {
        assert.ok(isOne({ prefix: "debug: ", message: "m" }));
        assert.ok(!isOne({ prefix: "error: ", message: "debug: m" }) && !isOne({ message: "debug" }));
        assert.ok(!isDebugging({} as EngineEvent));
    });
});
