import { changesOf } from "../engine";
import type { OperationResult } from "../engine";
import type { LandingZoneConfig } from "../../config";
import type { CheckId } from "../lifeChecks";
import { shortName } from "../../engine/names";

/** The stack file's `config:` section. */
export type Config = Record<string, unknown>;

/** One change of the configuration, and what it must lead to. */
export interface Change {
    check: Extract<CheckId, `change-${string}`>;
    /** In words, for the report. */
    title: string;
    apply(config: Config): Config;
    /** What the `up` after it does to resources, each `<operation> <logical name>`; components are nothing outside the state. */
    expected: readonly string[];
}

/** Makes the changes that a stack is put through, in order; a stack may have no use for one. */
export type ChangeMaker = (config: LandingZoneConfig) => Change | undefined;

/** The operations of an `up`, as `Change.expected` writes them. */
export function operationsOf(result: Pick<OperationResult, "steps">): string[] {
    return changesOf(result)
        .filter(({ isComponent }) => !isComponent)
        .map(({ operation, urn }) => `${operation} ${shortName(urn)}`);
}

/** What is in one of the two lists only, a line each. */
export function operationProblems(expected: readonly string[], found: readonly string[]): string[] {
    return [
        ...expected.filter((line) => !found.includes(line)).map((line) => `not done: ${line}`),
        ...found.filter((line) => !expected.includes(line)).map((line) => `not expected: ${line}`),
    ];
}
