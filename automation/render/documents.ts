import type { Change } from "../changes";
import type { Violation } from "../guards";
import type { Outcome } from "../operations";
import { countsOf } from "./describe";

/** A change as the JSON documents have it. */
export interface ChangeDocument {
    operation: Change["operation"];
    urn: string;
    type: string;
    name: string;
    component: boolean;
    protected: boolean;
    replaceKeys: string[];
    paths: string[];
    differences: Change["differences"];
}

/** What the operations write with `--json`; docs/driver.md describes each field. */
export interface OperationDocument {
    schemaVersion: 1;
    command: string;
    stack: string;
    /** `done`; `refused` by a guard; `failed`. */
    result: "done" | "refused" | "failed";
    /** True where `changes` were made, false where they would be. */
    applied: boolean;
    /** True where what is inside the cluster was left alone. */
    azureOnly: boolean;
    error?: string;
    counts: Record<string, number>;
    changes: ChangeDocument[];
    refusals: Violation[];
    durationInMilliseconds: number;
}

/** A change without what only the driver works with. */
export function changeDocument(change: Change): ChangeDocument {
    const { operation, urn, type, name, isComponent, isProtected, replaceKeys, paths, differences } = change;
    return {
        operation,
        urn,
        type,
        name,
        component: isComponent,
        protected: isProtected,
        replaceKeys,
        paths,
        differences,
    };
}

/** The document of one operation. */
export function operationDocument(
    about: Pick<OperationDocument, "command" | "stack" | "result" | "applied"> &
        Partial<Pick<OperationDocument, "azureOnly" | "refusals">>,
    outcome: Pick<Outcome, "changes" | "unchanged" | "durationInMilliseconds" | "error">,
): OperationDocument {
    const { changes, unchanged, durationInMilliseconds, error } = outcome;
    const { refusals = [], azureOnly = false, ...rest } = about;
    return {
        schemaVersion: 1,
        ...rest,
        azureOnly,
        ...(error === undefined ? {} : { error }),
        counts: { ...countsOf(changes), same: unchanged },
        changes: changes.map(changeDocument),
        refusals,
        durationInMilliseconds,
    };
}
