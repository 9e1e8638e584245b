import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { vaultType } from "../azure/typeTokens";

/** Something that exists in the simulated Azure. */
export interface Entity {
    /** Id as the platform wrote it; ids are compared without regard to case, as Azure does. */
    id: string;
    /** Pulumi type token. */
    type: string;
    /** What it was last asked to be, with the engine's secret envelopes. */
    inputs: Record<string, unknown>;
    /** What the platform answers when it is read. */
    state: Record<string, unknown>;
    /** When its creation was finished, in simulated seconds. */
    createdAt: number;
}

interface StateFile {
    version: 2;
    /** Real time at which simulated time began, in milliseconds since 1970. */
    clockOrigin: number;
    /** Ids of deleted vaults, whose names stay taken. */
    softDeleted: string[];
    entities: Entity[];
}

/**
 * What exists, kept in one JSON file. Every change is written to a second file that then takes the first one's place:
 * whoever is killed in the middle leaves the old contents or the new ones, never half of them.
 */
export class EntityStore {
    readonly #path: string;
    readonly #entities: Map<string, Entity>;
    #softDeleted: string[];
    /** Real time at which simulated time began, in milliseconds since 1970. */
    readonly clockOrigin: number;

    /** Reads what is in the file; where there is none, nothing exists and simulated time begins at `startOfTime`. */
    constructor(path: string, startOfTime: number) {
        const { clockOrigin, softDeleted, entities } = readState(path) ?? {
            clockOrigin: startOfTime,
            softDeleted: [],
            entities: [],
        };
        this.#path = path;
        this.clockOrigin = clockOrigin;
        this.#softDeleted = softDeleted;
        this.#entities = new Map(entities.map((entity) => [keyOf(entity.id), entity]));
    }

    all(): Entity[] {
        return [...this.#entities.values()];
    }

    find(id: string): Entity | undefined {
        return this.#entities.get(keyOf(id));
    }

    /** Ids of deleted vaults, whose names stay taken. */
    get softDeleted(): readonly string[] {
        return this.#softDeleted;
    }

    /** Adds or replaces. A vault that comes back is no longer among the deleted ones. */
    put(entity: Entity): void {
        this.#entities.set(keyOf(entity.id), entity);
        this.#softDeleted = this.#softDeleted.filter((id) => keyOf(id) !== keyOf(entity.id));
        this.#write();
    }

    /** Removes the entity and, as Azure does, everything whose id is below its own. Answers with what is gone. */
    remove(id: string): Entity[] {
        const key = keyOf(id);
        const gone = [...this.#entities].filter(
            ([candidate]) => candidate === key || candidate.startsWith(`${key}/`),
        );
        gone.forEach(([candidate]) => this.#entities.delete(candidate));
        const entities = gone.map(([, entity]) => entity);
        // Soft deletion of vaults cannot be switched off (learn.microsoft.com/azure/key-vault/general/soft-delete-change).
        const vaults = entities.filter(({ type }) => type === vaultType);
        this.#softDeleted = [...this.#softDeleted, ...vaults.map((vault) => vault.id)];
        this.#write();
        return entities;
    }

    #write(): void {
        const content: StateFile = {
            version: 2,
            clockOrigin: this.clockOrigin,
            softDeleted: this.#softDeleted,
            entities: this.all(),
        };
        const next = `${this.#path}.next`;
        writeFileSync(next, JSON.stringify(content, undefined, 1), { mode: 0o600 });
        renameSync(next, this.#path);
    }
}

/** The entities of a state file; none where there is no file yet. */
export function readEntities(path: string): Entity[] {
    return readState(path)?.entities ?? [];
}

function readState(path: string): StateFile | undefined {
    if (!existsSync(path)) {
        return undefined;
    }
    const state = JSON.parse(readFileSync(path, "utf8")) as StateFile;
    if (state.version !== 2) {
        throw new Error(`${path} has version ${String(state.version)}; this simulator reads version 2`);
    }
    return state;
}

function keyOf(id: string): string {
    return id.toLowerCase();
}
