import { World } from "./world";

describe("rules, capacity", () => {
    it("refuse more vCPUs of a family than the subscription has", () => {
        const world = new World();
        world.put(world.createCluster());
        world.limits = { vcpuQuota: { standardDDSv5Family: 19, standardESv5Family: 0 } };
        world.refuses(
            world.createPool(),
            "ErrCode_InsufficientVCPUQuota",
            /requested 8, remaining 7 for family standardDDSv5Family for region westeurope/,
        );
        world.allows(world.createPool({ vmSize: "Standard_D4s_v5" }));
        world.limits = { vcpuQuota: { standardDDSv5Family: 20 } };
        world.allows(world.createPool());
    });

    it("refuse more vCPUs than the region gives, and count an autoscaled pool with its fewest nodes", () => {
        const world = new World();
        world.limits = { vcpuQuota: { cores: 12 } };
        world.allows(world.createCluster());
        world.put(world.createCluster());
        const scaled = { enableAutoScaling: true, minCount: 1, count: 5 };
        world.refuses(
            world.createPool(scaled),
            "ErrCode_InsufficientVCPUQuota",
            /location westeurope\. left regional vcpu quota 0, requested quota 4\./,
        );
        world.limits = { vcpuQuota: { cores: 16 } };
        world.allows(world.createPool(scaled));
    });

    it("count only what an update adds", () => {
        const world = new World();
        world.put(world.createCluster());
        const pool = world.put(world.createPool());
        world.limits = { vcpuQuota: { cores: 20 } };
        world.allows(world.update(pool, { tags: {} }));
        world.refuses(
            world.update(pool, { count: 3 }),
            "ErrCode_InsufficientVCPUQuota",
            /left regional vcpu quota 0, requested quota 4/,
        );
    });

    it("refuse zones in which a size is not offered", () => {
        const world = new World();
        world.put(world.createCluster());
        world.limits = { zonesOfVmSize: { standard_d4ds_v5: ["1", "3"] } };
        world.refuses(
            world.createPool(),
            "AvailabilityZoneNotSupported",
            /The zone\(s\) '2' for resource 'apps' is not supported\..*'westeurope' are '1,3'/,
        );
        world.allows(world.createPool({ availabilityZones: ["3"] }));
        world.allows(world.createPool({ vmSize: "Standard_E4s_v5" }));
    });
});
