import * as assert from "node:assert/strict";
import { broken } from "./files";
import type { Change, Files } from "./files";

/** Looks at the pipeline files and says what is wrong, each time with the place. */
export type Rule = (files: Files) => string[];

/** A rule with a copy of the files that breaks it, and what it says of that. */
export interface RuleCase {
    rule: Rule;
    change: Change;
    expected: string[];
}

/** Declares a test for each case: the rule finds nothing in the files as they are, and what it must in the broken copy. */
export function holdsRules(files: Files, cases: Readonly<Record<string, RuleCase>>): void {
    for (const [title, { rule, change, expected }] of Object.entries(cases)) {
        it(`holds the rule that refuses ${title}`, () => {
            assert.deepEqual(rule(files), []);
            assert.deepEqual(rule(broken(files, change)).sort(), [...expected].sort());
        });
    }
}

/** What a reader of the files says of a broken copy. */
export interface ReadingCase {
    change: Change;
    expected: RegExp;
}

/** Declares a test for each case: the reader throws, or says something, about the broken copy only. */
export function isRead(
    files: Files,
    problemsOf: (files: Files) => string[] | Promise<string[]>,
    cases: Readonly<Record<string, ReadingCase>>,
): void {
    it("is valid", async () => {
        assert.deepEqual(await problemsOf(files), []);
    });
    for (const [title, { change, expected }] of Object.entries(cases)) {
        it(`would not be valid with ${title}`, async () => {
            const [first = "no problem"] = await problemsOf(broken(files, change));
            assert.match(first, expected);
        });
    }
}
