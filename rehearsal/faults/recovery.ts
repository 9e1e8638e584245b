import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { providerUrn, shortName } from "../../engine/names";
import { RehearsalError } from "../rehearsalError";
import { runCli } from "./cliRun";
import type { CliResult, CommandLine } from "./cliRun";
import { isThere } from "./convergence";

/** A resource as the exported state has it, with secrets as ciphertext. */
export interface RecordedResource {
    urn: string;
    type: string;
    custom?: boolean;
    id?: string;
    parent?: string;
    /** URN of the provider, and its id. */
    provider?: string;
    /** URNs of what it was made after. */
    dependencies?: string[];
    inputs?: Record<string, unknown>;
    outputs?: Record<string, unknown>;
    /** True of what the engine has deleted in order to make it anew, and has not made yet. */
    pendingReplacement?: boolean;
}

/** An operation that the engine had begun, and whose end it did not live to see. */
export interface PendingOperation {
    type: "creating" | "updating" | "deleting" | "reading" | "importing";
    resource: RecordedResource;
}

/** What `pulumi stack export` writes. */
export interface ExportedState {
    deployment: { resources?: RecordedResource[]; pending_operations?: PendingOperation[] };
}

/** What is found where a creation was interrupted. */
export interface Whereabouts {
    /** Resolves when nothing is going on any more: Azure finishes what it has begun, whoever asked for it. */
    settled(): Promise<void>;
    /** Id of the resource for the engine, where it exists; asks Azure, Entra ID or Kubernetes. */
    idOf(resource: RecordedResource): Promise<string | undefined>;
    /** True of a Helm release that was not installed to its end: nobody can go on with it. */
    isHalfInstalled(resource: RecordedResource): Promise<boolean>;
}

/** What a recovery did. */
export interface Recovery {
    /** Creations that had happened, by URN: taken over with this id. */
    imported: Record<string, string>;
    /** Creations that had not happened: forgotten. */
    cleared: string[];
    /** Helm releases that were taken over, removed with all that they had installed, and are to be made anew. */
    removed: string[];
    /** Ids of what was made to replace something that is still in the state: to be deleted by hand before `up`. */
    superfluous: string[];
    /** The first step that failed, and why. */
    error?: string;
}

/**
 * What a person does after the engine was killed, by the CLI alone; docs/operations.md has it as a runbook:
 * 1. `pulumi cancel`: the lock of an engine that is dead goes.
 * 2. `pulumi stack export`: which operations were going on.
 * 3. For each creation among them: whether the resource is there now, asked of Azure or Kubernetes themselves.
 * 4. `pulumi import --file` of those that are there, under their own URNs and with the inputs that the state has of the
 *    operation. (`refresh --import-pending-creates` is made for this, but the engine 3.259 drops what it is given
 *    without a word.)
 * 5. `pulumi refresh --clear-pending-creates`: the state follows what happened to the resources that it knows, and
 *    forgets the creations. Interrupted updates and deletions are settled by that. It comes after the import, because
 *    the Kubernetes provider takes the inputs of an object over when it reads it once more: before, the next `up` would
 *    find nothing but the name, and replace what cannot change, such as storage classes.
 * 6. `pulumi destroy --target` for each Helm release that was interrupted: Helm can neither go on with it nor begin anew.
 * `pulumi up` may follow.
 */
export async function recover(commandLine: CommandLine, where: Whereabouts): Promise<Recovery> {
    const recovery: Recovery = { imported: {}, cleared: [], removed: [], superfluous: [] };
    const run = async (...args: string[]): Promise<string> => {
        const result = await runCli(commandLine, args);
        if (result.code !== 0) {
            throw new RehearsalError(failureOf(args.slice(0, 2).join(" "), result));
        }
        return result.output;
    };
    try {
        await run("cancel", "--yes");
        await where.settled();
        const { deployment } = JSON.parse(await run("stack", "export")) as ExportedState;
        const known = new Map((deployment.resources ?? []).map((resource) => [resource.urn, resource]));
        const creations = (deployment.pending_operations ?? []).filter(({ type }) => type === "creating");
        const toImport: RecordedResource[] = [];
        for (const { resource } of creations) {
            const id = isPatch(resource) ? undefined : await where.idOf(resource);
            const old = known.get(resource.urn);
            // What is found under the id that the state has is the old one and not its replacement, unless the engine
            // had deleted the old one before.
            if (id === undefined || (old?.id === id && isThere(old))) {
                recovery.cleared.push(resource.urn);
            } else if (old) {
                recovery.superfluous.push(id);
            } else {
                toImport.push({ ...resource, id });
                recovery.imported[resource.urn] = id;
                if (await where.isHalfInstalled(resource)) {
                    recovery.removed.push(resource.urn);
                }
            }
        }
        if (toImport.length > 0) {
            const file = join(commandLine.directory, "import.json");
            writeFileSync(file, JSON.stringify(importFile(toImport), undefined, 2), { mode: 0o600 });
            const quiet = ["--yes", "--skip-preview", "--protect=false", "--generate-code=false"];
            await run("import", "--file", file, ...quiet);
        }
        await run("refresh", "--yes", "--skip-preview", "--clear-pending-creates");
        for (const urn of recovery.removed) {
            await run("destroy", "--yes", "--skip-preview", "--target", urn);
        }
        if (recovery.superfluous.length > 0) {
            const ids = recovery.superfluous.join(", ");
            throw new RehearsalError(
                `made as a replacement and in no state; delete by hand, then run up: ${ids}`,
            );
        }
        return recovery;
    } catch (error) {
        if (error instanceof RehearsalError) {
            return { ...recovery, error: error.message };
        }
        throw error;
    }
}

/** What `pulumi import --file` reads. */
export interface ImportFile {
    /** Names that the resources of the file use, with the URNs that they stand for. */
    nameTable: Record<string, string>;
    resources: {
        type: string;
        name: string;
        id: string;
        parent?: string;
        provider?: string;
        /** As the engine was about to record them, secrets as ciphertext: what the provider does not read back. */
        inputs?: Record<string, unknown>;
    }[];
}

/** The file by which resources come into the state under the URNs that the program gives them. */
export function importFile(resources: readonly RecordedResource[]): ImportFile {
    const nameTable: Record<string, string> = {};
    const named = (urn: string): string => {
        nameTable[urn] = urn;
        return urn;
    };
    return {
        resources: resources.map(({ urn, type, id = "", parent, provider, inputs }) => ({
            type,
            name: shortName(urn),
            id,
            ...(parent === undefined ? {} : { parent: named(parent) }),
            ...(provider === undefined ? {} : { provider: named(providerUrn(provider)) }),
            ...(inputs === undefined ? {} : { inputs }),
        })),
        nameTable,
    };
}

/** A patch owns nothing: made again, it says the same again. The provider cannot take one over. */
function isPatch({ type }: RecordedResource): boolean {
    return type.startsWith("kubernetes:") && type.endsWith("Patch");
}

/** The errors of a run, or the end of what it said. */
export function failureOf(name: string, { code, errors, output, events }: CliResult): string {
    const diagnostics = events
        .filter(({ diagnosticEvent }) => diagnosticEvent?.severity === "error")
        .map(
            ({ diagnosticEvent }) =>
                `${diagnosticEvent?.urn ?? ""}: ${diagnosticEvent?.message.trim() ?? ""}`,
        );
    const said = diagnostics.length > 0 ? diagnostics : [errors.trim() || output.trim().slice(-1000)];
    const how = code === undefined ? "was killed" : `failed with exit code ${code}`;
    return `pulumi ${name} ${how}: ${said.join("\n")}`;
}
