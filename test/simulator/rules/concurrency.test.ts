import { World, identity, subnet } from "./world";

describe("rules, one operation at a time", () => {
    it("refuse to write a credential while another of the same identity is written", () => {
        const world = new World();
        world.running = [world.createCredential("one")];
        world.refuses(
            world.createCredential("two"),
            "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity",
            /for the managed identity '.*\/userAssignedIdentities\/kubelet'/,
        );
        world.allows(world.createCredential("two", "control-plane"));
        world.running = [];
        world.allows(world.createCredential("two"));
    });

    it("refuse to delete a credential while another is written", () => {
        const world = new World();
        const credential = world.put(world.createCredential("two"));
        world.running = [world.createCredential("one")];
        world.refuses(
            world.delete(credential),
            "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity",
            /not supported/,
        );
    });

    it("refuse a second pool while the first is made", () => {
        const world = new World();
        const cluster = world.put(world.createCluster());
        world.running = [world.createPool({ agentPoolName: "first" })];
        world.refuses(
            world.createPool(),
            "OperationNotAllowed",
            /Another agentpool operation \(first - Creating\) is in progress/,
        );
        world.refuses(
            world.update(cluster, { tags: {} }),
            "OperationNotAllowed",
            /Another agentpool operation/,
        );
        world.running = [world.createPool({ resourceName: "another" })];
        world.allows(world.createPool());
    });

    it("refuse a pool while the cluster is changed", () => {
        const world = new World();
        const cluster = world.put(world.createCluster());
        world.running = [world.update(cluster, { tags: {} })];
        world.refuses(
            world.createPool(),
            "OperationNotAllowed",
            /Another operation \(Updating\) is in progress/,
        );
        world.running = [world.create(...identity("unrelated"))];
        world.allows(world.createPool());
    });

    it("refuse a second write to a virtual network", () => {
        const world = new World();
        world.running = [world.create(...subnet("one", "10.0.8.0/24"))];
        const second = world.create(...subnet("two", "10.0.9.0/24"));
        world.refuses(
            second,
            "AnotherOperationInProgress",
            /Another operation on this or dependent resource is in progress\..*locations\/westeurope\//,
        );
        world.refuses(
            world.update(world.network, { tags: {} }),
            "AnotherOperationInProgress",
            /dependent resource/,
        );
        world.running = [world.update(world.securityGroup, { tags: {} })];
        world.allows(second);
    });
});
