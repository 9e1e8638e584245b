import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Fault } from "./faults";

/** What a provider asks Azure to do. */
export type OperationKind = "create" | "update" | "delete" | "read";

/** One thing that Azure was asked to do, and what became of it. */
export interface OperationRecord {
    /** 1 for the first; numbers go on over restarts. */
    number: number;
    kind: OperationKind;
    /** Pulumi type token. */
    type: string;
    id: string;
    urn: string;
    /** Simulated seconds since the subscription began. */
    beganAt: number;
    /** Simulated seconds since the subscription began; absent while it runs. */
    endedAt?: number;
    outcome: "running" | "succeeded" | "failed";
    error?: string;
    /** Azure's error code. */
    code?: string;
    /** What was done to it on demand. */
    fault?: Fault["effect"];
}

/**
 * All operations, in memory and as JSON lines in a file: a line when one begins and another when it ends. The last line
 * with a number counts.
 */
export class OperationLog {
    readonly #path: string;
    readonly #records: Map<number, OperationRecord>;

    constructor(path: string) {
        this.#path = path;
        this.#records = new Map(readOperations(path).map((record) => [record.number, record]));
        const cutShort = this.all().filter(({ outcome }) => outcome === "running");
        for (const record of cutShort) {
            record.outcome = "failed";
            record.error = "the simulator ended before the operation did";
        }
        // Written anew: a process that was killed may have left half a line at the end.
        writeFileSync(path, this.all().map(lineOf).join(""), { mode: 0o600 });
    }

    all(): OperationRecord[] {
        return [...this.#records.values()];
    }

    begin(operation: Pick<OperationRecord, "kind" | "type" | "id" | "urn" | "beganAt">): OperationRecord {
        const { kind, type, id, urn, beganAt } = operation;
        const number = this.#records.size + 1;
        const record: OperationRecord = { number, kind, type, id, urn, beganAt, outcome: "running" };
        this.#records.set(number, record);
        this.#write(record);
        return record;
    }

    end(
        record: OperationRecord,
        result: Pick<OperationRecord, "endedAt" | "outcome" | "error" | "code">,
    ): void {
        Object.assign(record, result);
        this.#write(record);
    }

    #write(record: OperationRecord): void {
        appendFileSync(this.#path, lineOf(record));
    }
}

/** The operations of a log file, in the order in which they began; none where there is no file yet. */
export function readOperations(path: string): OperationRecord[] {
    if (!existsSync(path)) {
        return [];
    }
    const lines = readFileSync(path, "utf8").split("\n");
    // Whoever is killed while writing leaves a line without an end.
    const records = lines.slice(0, -1).map((line) => JSON.parse(line) as OperationRecord);
    return [...new Map(records.map((record) => [record.number, record])).values()];
}

function lineOf(record: OperationRecord): string {
    return `${JSON.stringify(record)}\n`;
}
