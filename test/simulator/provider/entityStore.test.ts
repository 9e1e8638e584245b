import * as assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EntityStore, readEntities } from "../../../simulator/provider/entityStore";
import type { Entity } from "../../../simulator/provider/entityStore";

const entity = (id: string): Entity => ({
    id,
    type: "azure-native:x:Y",
    inputs: {},
    state: { id },
    createdAt: 1,
});

describe("simulator/provider/entityStore", () => {
    let folder: string;
    let file: string;

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "entity-store-"));
        file = join(folder, "azure.json");
    });

    afterEach(() => rmSync(folder, { recursive: true }));

    it("remembers over processes, and finds ids in any case", () => {
        new EntityStore(file, 0).put(entity("/subscriptions/S/resourceGroups/RG"));
        const reopened = new EntityStore(file, 0);
        assert.equal(
            reopened.find("/subscriptions/s/resourcegroups/rg")?.id,
            "/subscriptions/S/resourceGroups/RG",
        );
        assert.equal(reopened.all().length, 1);
    });

    it("removes what is below an id with it, and nothing beside it", () => {
        const store = new EntityStore(file, 0);
        ["/g/rg", "/g/rg/providers/n/vnet", "/g/rg/providers/n/vnet/subnets/a", "/g/rg2"].forEach((id) =>
            store.put(entity(id)),
        );
        store.remove("/G/RG");
        assert.deepEqual(
            readEntities(file).map(({ id }) => id),
            ["/g/rg2"],
        );
    });

    it("replaces the file as a whole: a reader never sees half of it, and a torn write is not taken up", () => {
        const store = new EntityStore(file, 0);
        store.put(entity("/a"));
        const before = { inode: statSync(file).ino, text: readFileSync(file, "utf8") };
        // What a process leaves that is killed while it writes.
        writeFileSync(`${file}.next`, before.text.slice(0, 20));
        assert.deepEqual(readEntities(file), [entity("/a")]);
        store.put(entity("/b"));
        assert.notEqual(statSync(file).ino, before.inode);
        assert.deepEqual(readdirSync(folder), ["azure.json"]);
        assert.deepEqual(readEntities(file), [entity("/a"), entity("/b")]);
    });

    it("is empty where there is no file, and refuses one of another version", () => {
        assert.deepEqual(readEntities(file), []);
        writeFileSync(file, JSON.stringify({ version: 1, entities: [] }));
        assert.throws(() => new EntityStore(file, 0), /has version 1; this simulator reads version 2/);
    });
});
