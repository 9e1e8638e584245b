import type { Check, Step } from "../report";

/** What is written down of the faults: each check that is owed, found or not, in the order of the list. */
export class FaultNotes {
    readonly steps: Step[] = [];
    readonly #owed: readonly Pick<Check, "id" | "title">[];
    readonly #found = new Map<string, Pick<Check, "outcome" | "detail">>();

    constructor(owed: readonly Pick<Check, "id" | "title">[]) {
        this.#owed = owed;
    }

    /** A check holds where there are no problems. */
    record(id: string, problems: readonly string[], good: string): void {
        this.#found.set(id, {
            outcome: problems.length === 0 ? "holds" : "fails",
            detail: problems.length === 0 ? good : problems.join("\n"),
        });
    }

    /** The first of these checks that was not found out fails by the error; whoever comes after is skipped. */
    broken(ids: readonly string[], error: Error): void {
        const owed = ids.find((id) => !this.#found.has(id));
        if (owed === undefined) {
            throw error;
        }
        this.record(owed, [error.message], "");
    }

    async timed<Result>(name: string, action: () => Promise<Result>): Promise<Result> {
        const start = performance.now();
        try {
            return await action();
        } finally {
            this.steps.push({ name, durationInMilliseconds: Math.round(performance.now() - start) });
        }
    }

    checks(): Check[] {
        return this.#owed.map(({ id, title }) => ({
            id,
            title,
            ...(this.#found.get(id) ?? { outcome: "skipped", detail: "a step before it failed" }),
        }));
    }
}
