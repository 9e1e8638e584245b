import { principalKnownAfterSeconds } from "../../../simulator/azure/rules/principals";
import { World, identity, roles } from "./world";

function assignment(world: World, principalId: unknown, more: Record<string, unknown> = {}) {
    return world.create("azure-native:authorization:RoleAssignment", {
        scope: world.group.id,
        principalId,
        roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${roles.reader}`,
        ...more,
    });
}

describe("rules, principals", () => {
    it("refuse a role for an identity that the directory does not know yet, unless its kind is said", () => {
        const world = new World();
        const { state } = world.add(...identity("new"), principalKnownAfterSeconds - 1);
        const { principalId } = state;
        world.refuses(
            assignment(world, principalId),
            "PrincipalNotFound",
            /does not exist in the directory 22222222-/,
        );
        world.allows(assignment(world, principalId, { principalType: "ServicePrincipal" }));
        world.now += 1;
        world.allows(assignment(world, principalId));
    });

    it("do not take another assignment of a moment ago for the principal", () => {
        const world = new World();
        world.put(assignment(world, "somebody", { scope: world.subnet.id }));
        world.allows(assignment(world, "somebody"));
    });

    it("know the identity that a resource has of its own", () => {
        const world = new World();
        const { state } = world.add(
            "azure-native:compute:DiskEncryptionSet",
            {
                resourceGroupName: "rg-test",
                diskEncryptionSetName: "set",
                identity: { type: "SystemAssigned" },
            },
            0,
        );
        const { principalId } = state["identity"] as { principalId: string };
        world.refuses(assignment(world, principalId), "PrincipalNotFound", /replication delay/);
    });
});
