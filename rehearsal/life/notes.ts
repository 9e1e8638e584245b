import { changesOf } from "../engine";
import type { OperationResult, StateResource } from "../engine";
import type { Watcher } from "../../engine/events";
import { chapterWords, checksOf } from "../lifeChecks";
import type { ChapterName, CheckId } from "../lifeChecks";
import type { Reservations } from "../borrowing";
import type { Progress } from "../../terminal/progress/liveProgress";
import type { Check, Step } from "../report";

/** What a life begins with. */
export interface NotesOptions {
    /** The stack file's `config:` section. */
    config: Record<string, unknown>;
    isProtected: boolean;
    progress?: Progress;
    /** Absent: everything can be found out. */
    reservations?: Reservations;
}

/** What is written down in the course of a life. */
export class Notes {
    readonly steps: Step[] = [];
    /** Resources in the engine's state after the first `up`. */
    resources: StateResource[] = [];
    /** Secrets that were there before the cluster went. */
    keysAndTokens: string[] = [];
    /** The stack file's `config:` section as it is now; changes of the life are written here. */
    config: Record<string, unknown>;
    #chapter: ChapterName = "creation";
    #expected: number | undefined;
    readonly #progress: Progress | undefined;
    readonly #isProtected: boolean;
    readonly #reservations: Reservations;
    readonly #found = new Map<CheckId, Pick<Check, "outcome" | "detail">>();

    constructor(options: NotesOptions) {
        this.#reservations = options.reservations ?? { notApplicable: {}, remarks: {} };
        this.config = options.config;
        this.#isProtected = options.isProtected;
        this.#progress = options.progress;
    }

    get isProtected(): boolean {
        return this.#isProtected;
    }

    begin(chapter: ChapterName): void {
        this.#chapter = chapter;
    }

    /** Says what is being done. */
    doing(step: string): void {
        this.#progress?.chapter(`${chapterWords[this.#chapter]}: ${step}`);
    }

    timed(name: string, durationInMilliseconds: number): void {
        this.steps.push({ name, durationInMilliseconds: Math.round(durationInMilliseconds) });
    }

    /** Runs an operation of the engine, with its progress shown and its time written down. */
    async run(
        step: string,
        operation: (watcher: Watcher | undefined) => Promise<OperationResult>,
    ): Promise<OperationResult> {
        this.doing(step);
        if (this.#expected !== undefined) {
            this.#progress?.expect(this.#expected);
        }
        const result = await operation(this.#progress);
        // The next operation deals with about as many; components are not shown.
        this.#expected = result.steps.filter(({ isComponent }) => !isComponent).length;
        this.timed(step, result.durationInMilliseconds);
        return result;
    }

    /** A check holds where there are no problems. What does not apply stays so, whatever was found. */
    record(id: CheckId, problems: readonly string[], good: string): void {
        const remark = this.#reservations.remarks[this.#chapter];
        this.#found.set(id, {
            outcome: problems.length === 0 ? "holds" : "fails",
            detail: [problems.length === 0 ? good : problems.join("\n"), ...(remark ? [remark] : [])].join(
                problems.length === 0 ? "; " : "\n",
            ),
        });
    }

    /** Records whether an operation succeeded, and says so. */
    succeeded(id: CheckId, { error, steps }: OperationResult): boolean {
        this.record(id, error === undefined ? [] : [error], `${steps.length} resources`);
        return error === undefined;
    }

    /** A chapter that came to an end by an error: the first check that it owes fails by it. */
    broken(chapter: ChapterName, error: Error): void {
        const owed = this.#applying().find(
            (check) => check.chapter === chapter && !this.#found.has(check.id),
        );
        if (owed === undefined) {
            throw error;
        }
        this.record(owed.id, [error.message], "");
    }

    /** True when a check failed without which the life cannot go on. */
    get isOver(): boolean {
        return this.#applying().some(
            ({ id, vital }) => vital === true && this.#found.get(id)?.outcome === "fails",
        );
    }

    /** All checks that apply to this stack, in the order of its life. */
    checks(): Check[] {
        return this.#applying().map(({ id, title }) => ({
            id,
            title,
            ...this.#findingOf(id),
        }));
    }

    #findingOf(id: CheckId): Pick<Check, "outcome" | "detail"> {
        const reason = this.#reservations.notApplicable[id];
        return reason === undefined
            ? (this.#found.get(id) ?? { outcome: "skipped", detail: "a step before it failed" })
            : { outcome: "notApplicable", detail: reason };
    }

    #applying() {
        return checksOf({ isProtected: this.#isProtected });
    }
}

/** What an operation changed, and its error, a line each. */
export function changesIn(result: OperationResult): string[] {
    return [
        ...(result.error === undefined ? [] : [result.error]),
        ...changesOf(result).map(({ operation, urn }) => `${operation} ${urn}`),
    ];
}
