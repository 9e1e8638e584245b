import * as assert from "node:assert/strict";
import { immutableProperties } from "../../components/internal/nodePoolName";
import { replacingInputs } from "../../simulator/azure/changes";
import { World, roles } from "./rules/world";

const cluster = "azure-native:containerservice:ManagedCluster";

describe("replacingInputs", () => {
    it("has what the provider replaces a cluster for, and no more", () => {
        const paths = replacingInputs(cluster);
        for (const path of ["dnsPrefix", "networkProfile.outboundType", "windowsProfile"]) {
            assert.ok(paths.includes(path), path);
        }
        for (const path of ["networkProfile", "kubernetesVersion", "agentPoolProfiles", "tags"]) {
            assert.ok(!paths.includes(path), path);
        }
    });

    it("leaves to Azure's refusal what the provider tries in place", () => {
        assert.deepEqual(replacingInputs("azure-native:containerservice:AgentPool"), [
            "gpuInstanceProfile",
            "networkProfile.nodePublicIPTags",
            "vmSize",
        ]);
        assert.deepEqual(replacingInputs("azure-native:authorization:RoleAssignment"), ["principalId"]);
        assert.deepEqual(replacingInputs("azure-native:network:PrivateEndpoint"), ["subnet"]);
        assert.deepEqual(replacingInputs("azure-native:network:Subnet"), []);
    });
});

describe("unchangeableProperties", () => {
    it("refuse to change what AKS fixes for a pool", () => {
        const world = new World();
        world.put(world.createCluster());
        const pool = world.put(world.createPool());
        const changes = { maxPods: 30, availabilityZones: ["1"], osDiskType: "Ephemeral" };
        for (const [property, value] of Object.entries(changes)) {
            world.refuses(
                world.update(pool, { [property]: value }),
                "PropertyChangeNotAllowed",
                new RegExp(`Changing property 'properties\\.${property}' is not allowed\\.`),
            );
        }
        world.allows(world.update(pool, { count: 5, nodeLabels: { a: "b" }, maxPods: undefined }));
    });

    it("refuse every property that the components take for immutable", () => {
        const world = new World();
        world.put(world.createCluster());
        const pool = world.put(world.createPool());
        for (const property of immutableProperties) {
            world.refuses(
                world.update(pool, { [property]: "other" }),
                "PropertyChangeNotAllowed",
                new RegExp(`properties\\.${property}'`),
            );
        }
    });

    it("refuse to change a cluster's network plugin, DNS prefix or API server subnet", () => {
        const world = new World();
        const existing = world.put(world.createCluster());
        const access = existing.inputs["apiServerAccessProfile"] as Record<string, unknown>;
        const changes: [string, Record<string, unknown>][] = [
            ["networkProfile.networkPlugin", { networkProfile: { networkPlugin: "none" } }],
            ["dnsPrefix", { dnsPrefix: "other" }],
            [
                "apiServerAccessProfile.subnetId",
                { apiServerAccessProfile: { ...access, subnetId: world.subnet.id } },
            ],
            [
                "apiServerAccessProfile.enablePrivateCluster",
                { apiServerAccessProfile: { ...access, enablePrivateCluster: false } },
            ],
        ];
        for (const [property, change] of changes) {
            world.refuses(
                world.update(existing, change),
                "PropertyChangeNotAllowed",
                new RegExp(`Changing property '${property}' is not allowed`),
            );
        }
        world.allows(world.update(existing, { kubernetesVersion: "1.36", tags: {} }));
    });

    it("let a cluster with the API server in its own network become public", () => {
        const world = new World();
        const access = { enablePrivateCluster: true, enableVnetIntegration: true };
        const existing = world.put(world.createCluster({ apiServerAccessProfile: access }));
        world.allows(
            world.update(existing, { apiServerAccessProfile: { ...access, enablePrivateCluster: false } }),
        );
    });

    it("refuse to switch the token issuer off, not on", () => {
        const world = new World();
        const off = { oidcIssuerProfile: { enabled: false } };
        const on = world.put(world.createCluster());
        world.refuses(world.update(on, off), "OIDCIssuerFeatureCannotBeDisabled", /cannot be disabled/);
        const isOff = world.put(world.createCluster(off));
        world.allows(world.update(isOff, { oidcIssuerProfile: { enabled: true } }));
    });

    it("refuse another size, or another pool, in the cluster's own list", () => {
        const world = new World();
        const existing = world.put(world.createCluster());
        const [system] = existing.inputs["agentPoolProfiles"] as Record<string, unknown>[];
        world.refuses(
            world.update(existing, { agentPoolProfiles: [{ ...system, vmSize: "Standard_D8ds_v5" }] }),
            "PropertyChangeNotAllowed",
            /'agentPoolProfile\.vmSize'/,
        );
        world.refuses(
            world.update(existing, { agentPoolProfiles: [system, { ...system, name: "more" }] }),
            "BadRequest",
            /A new agent pool was introduced/,
        );
        world.allows(world.update(existing, { agentPoolProfiles: [{ ...system, count: 4 }] }));
    });

    it("refuse another role or scope for an assignment", () => {
        const world = new World();
        const roleDefinitionId = `/x/${roles.reader}`;
        world.refuses(
            world.update(world.subnetRole, { roleDefinitionId }),
            "RoleAssignmentUpdateNotPermitted",
            /are not allowed to be updated/,
        );
        world.allows(world.update(world.subnetRole, { description: "why" }));
    });

    it("refuse other zones for an address or a gateway", () => {
        const world = new World();
        world.refuses(
            world.update(world.address, { zones: ["1"] }),
            "ResourceAvailabilityZonesCannotBeModified",
            /constraint 1, 2, 3 and the request has availability zone constraint 1,/,
        );
        world.refuses(
            world.update(world.natGateway, { zones: ["1"] }),
            "ResourceAvailabilityZonesCannotBeModified",
            /constraint NoZone and/,
        );
        world.allows(world.update(world.address, { tags: {} }));
    });

    it("refuse another retention for a vault, and no purge protection at any time", () => {
        const world = new World();
        const vault = world.put(world.createVault());
        world.refuses(
            world.update(vault, { properties: { softDeleteRetentionInDays: 7 } }),
            "BadRequest",
            /"softDeleteRetentionInDays" has been set already/,
        );
        world.allows(world.update(vault, { properties: { enablePurgeProtection: true } }));
        const properties = { enablePurgeProtection: false };
        world.refuses(
            world.createVault({ vaultName: "another", properties }),
            "BadRequest",
            /"enablePurgeProtection" cannot be set to false/,
        );
        world.refuses(world.update(vault, { properties }), "BadRequest", /irreversible/);
    });
});
