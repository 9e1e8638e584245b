import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";

/** What results depend on beside the program. */
export interface Machine {
    processors: string;
    memoryGibibytes: number;
    /** Version of Node, and of each package that the results depend on, by name. */
    versions: Record<string, string>;
    /** Day of the run, `YYYY-MM-DD`. */
    date: string;
}

const packages = [
    "@pulumi/pulumi",
    "@pulumi/azure-native",
    "@pulumi/kubernetes",
    "typescript",
    "esbuild",
    "mocha",
];

/** The machine and the repository that are measured. */
export function machineHere(directory: string): Machine {
    const processors = cpus();
    return {
        processors: `${processors.length} x ${processors[0]?.model.trim() ?? "unknown"}`,
        memoryGibibytes: Math.round(totalmem() / 2 ** 30),
        versions: {
            node: process.versions.node,
            ...Object.fromEntries(packages.map((name) => [name, versionOf(directory, name)])),
        },
        date: new Date().toISOString().slice(0, 10),
    };
}

function versionOf(directory: string, name: string): string {
    const text = readFileSync(join(directory, "node_modules", name, "package.json"), "utf8");
    return (JSON.parse(text) as { version: string }).version;
}
