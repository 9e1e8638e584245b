import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readStackFile } from "../plan/stackFile";
import type { StackFile } from "../plan/stackFile";
import { inTemporaryFolder } from "./temporaryFolder";

/** Has `action` use files with what stacks are configured with, for `programs/mocked.ts`; they are gone afterwards. */
export function withStackValues<Result>(
    stacks: Readonly<Record<string, StackFile>>,
    action: (fileOf: (stack: string) => string) => Promise<Result>,
): Promise<Result> {
    return inTemporaryFolder((folder) => {
        const fileOf = (stack: string) => join(folder, `${stack}.json`);
        Object.entries(stacks).forEach(([stack, values]) =>
            writeFileSync(fileOf(stack), JSON.stringify(values)),
        );
        return action(fileOf);
    });
}

/** The stack dev with so many tenants of one namespace each, in place of its own. */
export function devWithTenants(directory: string, count: number): StackFile {
    const file = readStackFile(directory, "dev");
    const quota = {
        requestsCpu: "2",
        requestsMemory: "4Gi",
        limitsCpu: "4",
        limitsMemory: "8Gi",
        pods: 30,
    };
    const names = Array.from({ length: count }, (_, index) => `team-${String(index + 1).padStart(4, "0")}`);
    const tenants = {
        environments: ["dev"],
        sizes: { small: { quota } },
        teams: Object.fromEntries(names.map((name) => [name, { size: "small" }])),
    };
    return { ...file, values: { ...file.values, "aks-landing-zone:tenants": JSON.stringify(tenants) } };
}
