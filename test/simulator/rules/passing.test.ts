import * as assert from "node:assert/strict";
import { isWorthRetrying } from "../../../components/internal/retry";
import { objection } from "../../../simulator/azure/rules";
import { subscriptionRules } from "../../../simulator/azure/rules/subscriptionRules";
import type { Operation } from "../../../simulator/azure/subscription";
import { World, identity, roles, subnet } from "./world";

/** Refusals that waiting mends, each as an operation in a world where it is refused. */
const passing: Record<string, (world: World) => Operation> = {
    "a role on the zone that does not work yet": (world) => world.without(world.zoneRole).createCluster(),
    "a role on the subnet that does not work yet": (world) => world.without(world.subnetRole).createCluster(),
    "a role on the kubelet's identity that does not work yet": (world) =>
        world.without(world.kubeletRole).createCluster(),
    "an identity that is not known yet": (world) =>
        world.create("azure-native:authorization:RoleAssignment", {
            scope: world.group.id,
            principalId: world.add(...identity("new"), 0).state["principalId"],
            roleDefinitionId: roles.reader,
        }),
    "another credential": (world) => {
        world.running = [world.createCredential("one")];
        return world.createCredential("two");
    },
    "another pool": (world) => {
        world.put(world.createCluster());
        world.running = [world.createPool({ agentPoolName: "first" })];
        return world.createPool();
    },
    "a change of the cluster": (world) => {
        const cluster = world.put(world.createCluster());
        world.running = [world.update(cluster, {})];
        return world.createPool();
    },
    "another subnet": (world) => {
        world.running = [world.create(...subnet("one", "10.0.8.0/24"))];
        return world.create(...subnet("two", "10.0.9.0/24"));
    },
};

describe("rules, refusals that pass by themselves", () => {
    for (const [what, prepare] of Object.entries(passing)) {
        it(`are waited for by the components: ${what}`, () => {
            const world = new World();
            const error = objection(subscriptionRules, prepare(world), world);
            assert.ok(error);
            assert.equal(isWorthRetrying([error.message]), true, error.message);
        });
    }
});
