import { World, subnet } from "./world";

describe("rules, what is in use", () => {
    it("keep a subnet with a cluster's nodes or API server in it", () => {
        const world = new World();
        world.allows(world.delete(world.subnet));
        world.put(world.createCluster());
        for (const part of [world.subnet, world.apiServerSubnet]) {
            world.refuses(
                world.delete(part),
                "InUseSubnetCannotBeDeleted",
                /is in use by .*managedClusters\/aks and cannot be deleted/,
            );
        }
    });

    it("keep a subnet with a pool's nodes in it", () => {
        const world = new World();
        world.put(world.createPool());
        world.refuses(world.delete(world.subnet), "InUseSubnetCannotBeDeleted", /agentPools\/apps/);
        world.allows(world.delete(world.apiServerSubnet));
    });

    it("keep a subnet, and its network, with a private endpoint in it", () => {
        const world = new World();
        world.allows(world.delete(world.network));
        world.put(world.createEndpoint());
        world.refuses(world.delete(world.apiServerSubnet), "InUseSubnetCannotBeDeleted", /endpoint/);
        world.refuses(
            world.delete(world.network),
            "InUseSubnetCannotBeDeleted",
            /Subnet api-server is in use/,
        );
        world.allows(world.delete(world.subnet));
    });

    it("keep the addresses of a subnet with something in it", () => {
        const world = new World();
        const smaller = world.update(world.apiServerSubnet, { addressPrefix: "10.0.1.0/29" });
        world.allows(smaller);
        world.put(world.createEndpoint());
        world.refuses(smaller, "InUsePrefixCannotBeDeleted", /IpPrefix 10\.0\.1\.0\/28 on Subnet api-server/);
        world.allows(world.update(world.apiServerSubnet, { defaultOutboundAccess: false }));
    });

    const onSubnet = [
        {
            what: "securityGroup",
            code: "InUseNetworkSecurityGroupCannotBeDeleted",
            words: /following resources: .*\/subnets\/nodes\./,
        },
        {
            what: "routeTable",
            code: "InUseRouteTableCannotBeDeleted",
            words: /Route table routes is in use/,
        },
        {
            what: "natGateway",
            code: "CannotDeleteNatGatewayAssociatedToSubnet",
            words: /still configured on 1 subnets/,
        },
    ] as const;
    for (const { what, code, words } of onSubnet) {
        it(`keep a ${what} that a subnet has`, () => {
            const world = new World();
            world.refuses(world.delete(world[what]), code, words);
            world.without(world.subnet);
            world.allows(world.delete(world[what]));
        });
    }

    it("keep the public address of a NAT gateway", () => {
        const world = new World();
        world.refuses(
            world.delete(world.address),
            "PublicIPAddressCannotBeDeleted",
            /still allocated to resource .*natGateways\/nat\./,
        );
        world.without(world.natGateway);
        world.allows(world.delete(world.address));
    });

    it("keep a zone that is linked", () => {
        const world = new World();
        world.allows(world.delete(world.zone));
        world.add("azure-native:privatedns:VirtualNetworkLink", {
            resourceGroupName: "rg-test",
            privateZoneName: "privatelink.westeurope.azmk8s.io",
            virtualNetworkLinkName: "vnet",
        });
        world.refuses(
            world.delete(world.zone),
            "CannotDeleteResource",
            /: 'Microsoft\.Network\/privateDnsZones\/.*\.azmk8s\.io\/virtualNetworkLinks\/vnet'\./,
        );
    });

    it("keep the zone of a cluster", () => {
        const world = new World();
        const cluster = world.put(world.createCluster());
        world.refuses(world.delete(world.zone), "CannotDeleteResource", /virtualNetworkLinks\/aks'/);
        world.without(cluster);
        world.allows(world.delete(world.zone));
    });

    it("refuse to delete a cluster whose identity or zone went before it", () => {
        for (const part of ["controlPlane", "zone"] as const) {
            const world = new World();
            const cluster = world.put(world.createCluster());
            world.allows(world.delete(cluster));
            world.without(world[part]);
            world.refuses(
                world.delete(cluster),
                "GetUserAssignedIdentityResourceError",
                /Failed to refresh the Token/,
            );
        }
    });

    it("let a group go with all that is in it, unless something outside uses it", () => {
        const world = new World();
        world.put(world.createCluster());
        world.allows(world.delete(world.group));
        world.add("azure-native:resources:ResourceGroup", { resourceGroupName: "rg-other" });
        world.put(world.createPool({ resourceGroupName: "rg-other" }));
        world.refuses(
            world.delete(world.group),
            "ResourceGroupDeletionBlocked",
            /identifiers 'Microsoft\.Network\/virtualNetworks\/vnet,Microsoft\.Network\/virtualNetworks\/vnet\/subnets\/nodes' could/,
        );
    });

    it("keep a group and a network with something locked inside", () => {
        const world = new World();
        world.add("azure-native:authorization:ManagementLockByScope", {
            scope: world.subnet.id,
            lockName: "keep",
        });
        for (const above of [world.group, world.network, world.subnet]) {
            world.refuses(world.delete(above), "ScopeLocked", /are locked: '.*\/subnets\/nodes'/);
        }
        world.allows(world.delete(world.add(...subnet("beside", "10.0.9.0/24"))));
    });
});
