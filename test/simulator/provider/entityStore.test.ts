import * as assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EntityStore, readEntities } from "../../../simulator/provider/entityStore";
import type { Entity } from "../../../simulator/provider/entityStore";
import { folderPerTest } from "../../support/temporaryFolder";

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

    folderPerTest((made) => {
        folder = made;
        file = join(folder, "azure.json");
    });

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

    it("keeps the names of deleted vaults, their own or in a group, until they come back", () => {
        const vault = (id: string) => ({ ...entity(id), type: "azure-native:keyvault:Vault" });
        const store = new EntityStore(file, 0);
        store.put(entity("/g/rg"));
        store.put(vault("/g/rg/vaults/a"));
        store.put(vault("/g/rg/vaults/b"));
        assert.deepEqual(
            store.remove("/g/rg/vaults/a").map(({ id }) => id),
            ["/g/rg/vaults/a"],
        );
        store.remove("/g/rg");
        assert.deepEqual(new EntityStore(file, 0).softDeleted, ["/g/rg/vaults/a", "/g/rg/vaults/b"]);
        store.put(vault("/G/rg/vaults/a"));
        assert.deepEqual(new EntityStore(file, 0).softDeleted, ["/g/rg/vaults/b"]);
    });

    it("keeps the beginning of simulated time", () => {
        new EntityStore(file, 1_000).put(entity("/a"));
        assert.equal(new EntityStore(file, 2_000).clockOrigin, 1_000);
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
