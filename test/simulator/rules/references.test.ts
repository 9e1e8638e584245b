import { World, identity, subnet } from "./world";

describe("rules, references", () => {
    it("refuse a subnet whose security group is not there, in the words of Microsoft.Network", () => {
        const world = new World();
        const id = world.securityGroup.id.replace(/nsg$/, "another");
        const wanted = world.create(...subnet("new", "10.0.9.0/24", { networkSecurityGroup: { id } }));
        world.refuses(
            wanted,
            "InvalidResourceReference",
            /networkSecurityGroups\/another referenced by resource/,
        );
        world.allows(
            world.create(
                ...subnet("new", "10.0.9.0/24", {
                    networkSecurityGroup: { id: world.securityGroup.id.toUpperCase() },
                }),
            ),
        );
    });

    it("refuse a cluster whose kubelet identity is not there", () => {
        const world = new World();
        world.without(world.kubelet);
        world.refuses(world.createCluster(), "ResourceNotFound", /userAssignedIdentities\/kubelet'/);
        world.put(world.create(...identity("kubelet")));
        world.allows(world.createCluster());
    });

    it("refuse an update that names what is gone", () => {
        const world = new World();
        const cluster = world.put(world.createCluster());
        world.allows(world.update(cluster, { tags: { team: "platform" } }));
        world.without(world.zone);
        world.refuses(
            world.update(cluster, { tags: { team: "platform" } }),
            "ResourceNotFound",
            /privateDnsZones/,
        );
    });

    it("take ids in groups of others as they are", () => {
        const world = new World();
        const privateDNSZone = world.zone.id.replace("rg-test", "rg-hub");
        world.allows(world.createCluster({ apiServerAccessProfile: { privateDNSZone } }));
    });
});
