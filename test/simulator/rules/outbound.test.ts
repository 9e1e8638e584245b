import { World } from "./world";

const routed = { networkProfile: { outboundType: "userDefinedRouting" } };

describe("rules, the cluster's way out", () => {
    it("refuse a NAT gateway that the subnet does not have", () => {
        const world = new World();
        world.allows(world.createCluster());
        world.put(world.update(world.subnet, { natGateway: undefined }));
        world.refuses(
            world.createCluster(),
            "SubnetNotAssociatedWithNATGateway",
            /Subnet '.*\/subnets\/nodes' must have a NAT gateway associated/,
        );
        world.allows(world.createCluster({ networkProfile: { outboundType: "loadBalancer" } }));
    });

    it("refuse routing by a table that the subnet does not have", () => {
        const world = new World();
        world.allows(world.createCluster(routed));
        world.put(world.update(world.subnet, { routeTable: undefined }));
        world.refuses(
            world.createCluster(routed),
            "ExistingRouteTableNotAssociatedWithSubnet",
            /not been associated with subnet .*\/subnets\/nodes\. Please/,
        );
    });

    it("refuse a default route to nowhere, and take a table without one", () => {
        const world = new World();
        const routes = (nextHopType: string) => [{ addressPrefix: "0.0.0.0/0", nextHopType }];
        world.put(world.update(world.routeTable, { routes: routes("Internet") }));
        world.refuses(world.createCluster(routed), "RouteTableInvalidNextHop", /a next hop of Internet but/);
        world.put(world.update(world.routeTable, { routes: routes("VirtualNetworkGateway") }));
        world.allows(world.createCluster(routed));
        world.put(world.update(world.routeTable, { routes: [] }));
        world.allows(world.createCluster(routed));
    });

    it("hold for pools of the cluster too", () => {
        const world = new World();
        world.put(world.createCluster());
        world.allows(world.createPool());
        world.put(world.update(world.subnet, { natGateway: undefined }));
        world.refuses(world.createPool(), "SubnetNotAssociatedWithNATGateway", /nodes/);
    });
});
