import * as assert from "node:assert/strict";
import { delegatedPrincipalTypes, delegatedRoleIds } from "../../bootstrap/internal/delegation";
import { roles } from "../../components/internal/roles";
import { KeyVaultRole } from "../../components";
import type { Deployment } from "../support/harness";
import { deployStack, setting } from "../support/stacks";
import { deployBootstrap, deployBootstrapStack, operatorsId, subscription } from "./bootstrapStacks";

const roleAssignment = "azure-native:authorization:RoleAssignment";
const ids = {
    Contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
    "Role Based Access Control Administrator": "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
    "Locks Contributor": "28bf596f-4eb7-45ce-b5bc-6cf482fec137",
    "Storage Blob Data Contributor": "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
    "Storage Blob Data Reader": "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
    "Key Vault Crypto User": "12338af0-0e69-4776-bea7-57ae8d297424",
    "Azure Kubernetes Service Cluster User Role": "4abbcc35-e782-43d8-92c5-2d3f1bd2253f",
    Reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
};
const forbidden = {
    Owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
    "User Access Administrator": "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
};

const guidOf = (definitionId: unknown) => String(definitionId).split("/").pop() ?? "";

/** `who: role at what`, for every assignment. */
function grants(deployment: Deployment): string[] {
    const titles = new Map(Object.entries(ids).map(([title, id]) => [id, title]));
    for (const { inputs } of deployment.ofType("azure-native:authorization:RoleDefinition")) {
        titles.set(String(inputs["roleDefinitionId"]), String(inputs["roleName"]));
    }
    const nameOf = (id: unknown) =>
        deployment.resources.find((resource) => resource.id === id)?.name ?? String(id);
    const holder = (id: unknown) =>
        deployment.resources.find(
            ({ state }) => state["principalId"] === id && id !== undefined && !("roleDefinitionId" in state),
        )?.name ?? String(id);
    return deployment
        .ofType(roleAssignment)
        .map(
            ({ inputs }) =>
                `${holder(inputs["principalId"])} (${String(inputs["principalType"])}): ` +
                `${titles.get(guidOf(inputs["roleDefinitionId"])) ?? "?"} at ${nameOf(inputs["scope"])}`,
        )
        .sort();
}

describe("bootstrap, rights", () => {
    let deployment: Deployment;
    /** The landing zone: both stacks, and production with every role that a setting leads to. */
    let landingZones: Deployment[];

    before(async () => {
        deployment = await deployBootstrap();
        const vaultRoles = Object.values(KeyVaultRole).map((role) => ({ group: "support-engineers", role }));
        const encryption = { kms: true, customerManagedDisks: true };
        landingZones = [
            await deployStack("dev"),
            await deployStack("prod"),
            await deployStack("prod", "update", (config) =>
                setting(
                    "cluster",
                    ["encryption"],
                    encryption,
                )(setting("keyVault", ["roleAssignments"], vaultRoles)(config)),
            ),
        ];
    });

    it("are these and no others", () => {
        assert.deepEqual(grants(deployment), [
            `${operatorsId} (Group): Key Vault Crypto User at secrets-key`,
            `${operatorsId} (Group): Storage Blob Data Contributor at state-container`,
            `prod-deploy-identity (ServicePrincipal): Contributor at ${subscription}`,
            "prod-deploy-identity (ServicePrincipal): Key Vault Crypto User at secrets-key",
            `prod-deploy-identity (ServicePrincipal): Landing zone policy assigner (lz-prod-weu-ops) at ${subscription}`,
            `prod-deploy-identity (ServicePrincipal): Locks Contributor at ${subscription}`,
            `prod-deploy-identity (ServicePrincipal): Role Based Access Control Administrator at ${subscription}`,
            "prod-deploy-identity (ServicePrincipal): Storage Blob Data Contributor at state-container",
            `prod-drift-identity (ServicePrincipal): Azure Kubernetes Service Cluster User Role at ${subscription}`,
            `prod-drift-identity (ServicePrincipal): Landing zone cluster reader (lz-prod-weu-ops) at ${subscription}`,
            "prod-drift-identity (ServicePrincipal): Landing zone state decrypter (lz-prod-weu-ops) at secrets-key",
            `prod-drift-identity (ServicePrincipal): Reader at ${subscription}`,
            "prod-drift-identity (ServicePrincipal): Storage Blob Data Reader at state-container",
            `prod-preview-identity (ServicePrincipal): Azure Kubernetes Service Cluster User Role at ${subscription}`,
            "prod-preview-identity (ServicePrincipal): Landing zone state decrypter (lz-prod-weu-ops) at secrets-key",
            `prod-preview-identity (ServicePrincipal): Reader at ${subscription}`,
            "prod-preview-identity (ServicePrincipal): Storage Blob Data Reader at state-container",
        ]);
    });

    for (const stack of ["dev", "prod"]) {
        it(`make nobody an owner in ${stack}, and let roles be granted on a condition only`, async () => {
            const assignments = (await deployBootstrapStack(stack)).ofType(roleAssignment);
            assert.equal(assignments.length, 17);
            for (const { name, inputs } of assignments) {
                const role = guidOf(inputs["roleDefinitionId"]);
                assert.ok(!Object.values(forbidden).includes(role), name);
                const grantsRoles = role === ids["Role Based Access Control Administrator"];
                assert.equal(inputs["condition"] !== undefined, grantsRoles, name);
            }
        });
    }

    it("to assign roles are limited by this condition", () => {
        const { condition, conditionVersion } = deployment.one(roleAssignment, "prod-deploy-role-assignments")
            .inputs as Record<string, string>;
        const list = Object.values(roles)
            .map(({ id }) => id)
            .join(", ");
        assert.equal(conditionVersion, "2.0");
        assert.equal(
            condition,
            "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR " +
                `(@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${list}} AND ` +
                "@Request[Microsoft.Authorization/roleAssignments:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {'ServicePrincipal', 'Group'})) AND " +
                "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})) OR " +
                `(@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${list}} AND ` +
                "@Resource[Microsoft.Authorization/roleAssignments:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {'ServicePrincipal', 'Group'}))",
        );
        // Azure's limit for the text of a condition.
        assert.ok(condition && condition.length < 8192);
    });

    it("to assign roles fit what the landing zone assigns: all of it, and nothing that no setting leads to", () => {
        const assigned = landingZones
            .flatMap((each) => each.ofType(roleAssignment))
            .map(({ inputs }) => inputs);
        assert.deepEqual(
            [...new Set(assigned.map(({ roleDefinitionId }) => guidOf(roleDefinitionId)))].sort(),
            [...delegatedRoleIds].sort(),
        );
        assert.deepEqual(
            [...new Set(assigned.map(({ principalType }) => String(principalType)))].sort(),
            [...delegatedPrincipalTypes].sort(),
        );
    });

    it("do not let a deployment pass on its own rights", () => {
        const own = [
            ids.Contributor,
            ids["Role Based Access Control Administrator"],
            ids["Locks Contributor"],
            ids["Storage Blob Data Contributor"],
            ...Object.values(forbidden),
            ...deployment
                .ofType("azure-native:authorization:RoleDefinition")
                .map(({ inputs }) => String(inputs["roleDefinitionId"])),
        ];
        assert.deepEqual(
            own.filter((id) => delegatedRoleIds.includes(id)),
            [],
        );
    });

    it("of its own are three: to read in clusters, to assign policies and to decrypt", () => {
        const definitions = deployment
            .ofType("azure-native:authorization:RoleDefinition")
            .map(({ inputs }) => [inputs["roleName"], inputs["assignableScopes"], inputs["permissions"]])
            .sort();
        assert.deepEqual(definitions, [
            [
                "Landing zone cluster reader (lz-prod-weu-ops)",
                [subscription],
                [
                    {
                        actions: [],
                        notActions: [],
                        dataActions: ["Microsoft.ContainerService/managedClusters/*/read"],
                        notDataActions: [],
                    },
                ],
            ],
            [
                "Landing zone policy assigner (lz-prod-weu-ops)",
                [subscription],
                [
                    {
                        actions: ["read", "write", "delete"].map(
                            (verb) => `Microsoft.Authorization/policyAssignments/${verb}`,
                        ),
                        notActions: [],
                        dataActions: [],
                        notDataActions: [],
                    },
                ],
            ],
            [
                "Landing zone state decrypter (lz-prod-weu-ops)",
                [subscription],
                [
                    {
                        actions: [],
                        notActions: [],
                        dataActions: [
                            "Microsoft.KeyVault/vaults/keys/read",
                            "Microsoft.KeyVault/vaults/keys/decrypt/action",
                        ],
                        notDataActions: [],
                    },
                ],
            ],
        ]);
    });

    it("cover what the landing zone writes of Microsoft.Authorization, which Contributor does not", () => {
        const written = new Set(
            landingZones
                .flatMap(({ resources }) => resources)
                .filter(({ type }) => type.startsWith("azure-native:authorization:"))
                .map(({ type }) => type.slice("azure-native:authorization:".length)),
        );
        assert.deepEqual([...written].sort(), [
            "ManagementLockByScope",
            "PolicyAssignment",
            "RoleAssignment",
        ]);
    });

    it("can be taken away while everything is protected, and wait for Azure to settle", () => {
        for (const { name, options } of deployment.ofType(roleAssignment)) {
            assert.equal(options.protect, false, name);
            assert.deepEqual(options.replaceOnChanges, ["roleDefinitionId"], name);
        }
    });
});
