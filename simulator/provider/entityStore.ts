import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

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
}

interface StateFile {
    version: 1;
    entities: Entity[];
}

/**
 * What exists, kept in one JSON file. Every change is written to a second file that then takes the first one's place:
 * whoever is killed in the middle leaves the old contents or the new ones, never half of them.
 */
export class EntityStore {
    readonly #path: string;
    readonly #entities: Map<string, Entity>;

    constructor(path: string) {
        this.#path = path;
        this.#entities = new Map(readEntities(path).map((entity) => [keyOf(entity.id), entity]));
    }

    all(): Entity[] {
        return [...this.#entities.values()];
    }

    find(id: string): Entity | undefined {
        return this.#entities.get(keyOf(id));
    }

    /** Adds or replaces. */
    put(entity: Entity): void {
        this.#entities.set(keyOf(entity.id), entity);
        this.#write();
    }

    /** Removes the entity and, as Azure does, everything whose id is below its own. */
    remove(id: string): void {
        const key = keyOf(id);
        for (const candidate of [...this.#entities.keys()]) {
            if (candidate === key || candidate.startsWith(`${key}/`)) {
                this.#entities.delete(candidate);
            }
        }
        this.#write();
    }

    #write(): void {
        const content: StateFile = { version: 1, entities: this.all() };
        const next = `${this.#path}.next`;
        writeFileSync(next, JSON.stringify(content, undefined, 1), { mode: 0o600 });
        renameSync(next, this.#path);
    }
}

/** The entities of a state file; none where there is no file yet. */
export function readEntities(path: string): Entity[] {
    if (!existsSync(path)) {
        return [];
    }
    const { version, entities } = JSON.parse(readFileSync(path, "utf8")) as StateFile;
    if (version !== 1) {
        throw new Error(`${path} has version ${String(version)}; this simulator reads version 1`);
    }
    return entities;
}

function keyOf(id: string): string {
    return id.toLowerCase();
}
