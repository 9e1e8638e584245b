import { roleTakesEffectAfterSeconds } from "../../../simulator/azure/rules/rights";
import { World } from "./world";
import type { roles } from "./world";

type Place = "zone" | "subnet" | "apiServerSubnet" | "kubelet";

interface Case {
    place: Place;
    assignment: "zoneRole" | "subnetRole" | "apiServerRole" | "kubeletRole";
    role: keyof typeof roles;
    code: string;
    words: RegExp;
}

const cases: Case[] = [
    {
        place: "zone",
        assignment: "zoneRole",
        role: "privateDnsZoneContributor",
        code: "CustomPrivateDNSZoneMissingPermissionError",
        words: /read and write to custom private dns zone .*azmk8s\.io\. Check access/,
    },
    {
        place: "subnet",
        assignment: "subnetRole",
        role: "networkContributor",
        code: "LinkedAuthorizationFailed",
        words: /subnets\/join\/action' on the linked scope\(s\) '.*subnets\/nodes'/,
    },
    {
        place: "apiServerSubnet",
        assignment: "apiServerRole",
        role: "networkContributor",
        code: "LinkedAuthorizationFailed",
        words: /on the linked scope\(s\) '.*subnets\/api-server'/,
    },
    {
        place: "kubelet",
        assignment: "kubeletRole",
        role: "managedIdentityOperator",
        code: "CustomKubeletIdentityMissingPermissionError",
        words: /must be granted 'Managed Identity Operator' role/,
    },
];

describe("rules, permissions of the cluster's identity", () => {
    for (const { place, assignment, role, code, words } of cases) {
        it(`refuse a cluster without its role on ${place}, and until the role works`, () => {
            const world = new World();
            world.allows(world.createCluster());
            world.without(world[assignment]);
            world.refuses(world.createCluster(), code, words);
            world.assign(role, world[place].id, roleTakesEffectAfterSeconds - 1);
            world.refuses(world.createCluster(), code, words);
            world.now += 1;
            world.allows(world.createCluster());
        });

        it(`take a broader role above ${place}, and not one that only reads`, () => {
            const world = new World();
            world.without(world[assignment]);
            world.assign("reader", world.group.id);
            world.refuses(world.createCluster(), code, words);
            world.assign("contributor", world.group.id);
            world.allows(world.createCluster());
        });
    }

    it("do not take another principal's role", () => {
        const world = new World();
        const { inputs } = world.subnetRole;
        world.without(world.subnetRole);
        world.add(world.subnetRole.type, { ...inputs, principalId: world.kubelet.state["principalId"] });
        world.refuses(world.createCluster(), "LinkedAuthorizationFailed", /subnets\/nodes/);
    });

    it("refuse a pool on a subnet that its cluster may not join", () => {
        const world = new World();
        world.put(world.createCluster());
        world.allows(world.createPool());
        world.without(world.subnetRole);
        world.refuses(world.createPool(), "LinkedAuthorizationFailed", /subnets\/nodes/);
    });
});
