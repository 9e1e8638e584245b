import type { EngineEvent } from "@pulumi/pulumi/automation";
import { resourceText } from "./render/describe";
import { shortName } from "../engine/names";
import type { Change } from "./changes";

const losses = ["create-replacement", "delete-replaced", "replace", "delete"];

/**
 * Watches an update for replacements and deletions that its preview did not have: a value that was unknown before may turn
 * out to be one that cannot be changed in place. The first of them ends the update: what has begun is finished, nothing
 * more is begun.
 */
export class Strays {
    readonly #expected: ReadonlySet<string>;
    readonly #cancel: () => void;
    readonly #found = new Map<string, string>();

    constructor(previewed: readonly Change[], cancel: () => void) {
        this.#expected = new Set(
            previewed
                .filter(({ operation }) => operation === "replace" || operation === "delete")
                .map(({ urn }) => urn),
        );
        this.#cancel = cancel;
    }

    /** One line for each. */
    get found(): readonly string[] {
        return [...this.#found.values()];
    }

    watch({ resourcePreEvent }: EngineEvent): void {
        const step = resourcePreEvent?.metadata;
        if (!step || !losses.includes(step.op) || this.#expected.has(step.urn)) {
            return;
        }
        const isFirst = this.#found.size === 0;
        const what = resourceText({ type: step.type, name: shortName(step.urn) });
        this.#found.set(
            step.urn,
            `the engine began to ${step.op === "delete" ? "delete" : "replace"} ${what}, which was not previewed: the update was cancelled`,
        );
        if (isFirst) {
            this.#cancel();
        }
    }
}
