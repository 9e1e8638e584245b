import { World } from "./world";

const registry = (world: World, resourceGroupName: string, registryName: string) =>
    world.create("azure-native:containerregistry:Registry", {
        resourceGroupName,
        registryName,
        sku: { name: "Premium" },
    });

describe("rules, names that are taken", () => {
    it("refuse the name of a registry or vault in another group", () => {
        const world = new World();
        world.add("azure-native:resources:ResourceGroup", { resourceGroupName: "rg-other" });
        world.put(registry(world, "rg-other", "acrTaken"));
        world.refuses(
            registry(world, "rg-test", "acrtaken"),
            "AlreadyInUse",
            /The registry DNS name acrtaken\.azurecr\.io is already in use/,
        );
        world.allows(registry(world, "rg-test", "acrfree"));
        world.put(world.createVault({ resourceGroupName: "rg-other" }));
        world.refuses(world.createVault(), "VaultAlreadyExists", /The vault name 'vault' is already in use/);
        world.allows(world.createVault({ vaultName: "free" }));
    });

    it("refuse the name of a deleted vault, except to recover it", () => {
        const world = new World();
        const recover = world.createVault({ properties: { createMode: "recover" } });
        world.refuses(recover, "SoftDeletedVaultDoesNotExist", /with the given name does not exist/);
        world.softDeleted = [world.createVault().id.toUpperCase()];
        world.refuses(world.createVault(), "ConflictError", /already exists in deleted state/);
        world.allows(recover);
        world.allows(world.createVault({ vaultName: "another" }));
    });
});
