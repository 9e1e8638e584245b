import * as assert from "node:assert/strict";
import type { ClusterArgs } from "../../components/clusterArgs";
import {
    apiServerAccessProfile,
    autoScalerProfile,
    ignoredChanges,
    networkProfile,
    serviceMeshProfile,
    storageProfile,
    systemPoolProfile,
} from "../../components/internal/clusterProfiles";
import { clusterSettings } from "../../components/internal/clusterSettings";

const args: ClusterArgs = {
    resourceGroupName: "rg",
    location: "westeurope",
    baseName: "lz-test-weu",
    clusterName: "aks-lz-test-weu",
    subscriptionId: "11111111-1111-4111-8111-111111111111",
    tenantId: "22222222-2222-4222-8222-222222222222",
    kubernetesVersion: "1.36",
    network: {
        podCidr: "10.244.0.0/16",
        serviceCidr: "10.245.0.0/16",
        dnsServiceIp: "10.245.0.10",
        outboundType: "loadBalancer",
        nodeSubnets: [],
    },
    systemPool: { vmSize: "Standard_D4ds_v5", subnetId: "subnet" },
    access: { adminGroupObjectIds: [], deployerObjectId: "33333333-3333-4333-8333-333333333333" },
};
const settings = (change: Partial<ClusterArgs> = {}) => clusterSettings({ ...args, ...change });

describe("cluster settings", () => {
    it("are private, locked and patched by default", () => {
        const {
            exposure,
            vnetIntegration,
            runCommand,
            publicFqdn,
            nodeResourceGroupLockdown,
            channel,
            nodePatching,
            tier,
        } = settings();
        assert.deepEqual(
            {
                exposure,
                vnetIntegration,
                runCommand,
                publicFqdn,
                nodeResourceGroupLockdown,
                channel,
                nodePatching,
                tier,
            },
            {
                exposure: "Private",
                vnetIntegration: true,
                runCommand: false,
                publicFqdn: false,
                nodeResourceGroupLockdown: true,
                channel: "patch",
                nodePatching: "NodeImage",
                tier: "Standard",
            },
        );
    });

    it("keep what is said, also false and 0", () => {
        const { azurePolicy, keyVaultSecrets, imageCleanerIntervalInHours, costAnalysis } = settings({
            addons: {
                azurePolicy: false,
                keyVaultSecrets: false,
                imageCleanerIntervalInHours: 0,
                costAnalysis: false,
            },
        });
        assert.deepEqual(
            [azurePolicy, keyVaultSecrets, imageCleanerIntervalInHours, costAnalysis],
            [false, false, 0, false],
        );
    });

    for (const [clusterName, dnsPrefix] of [
        ["aks-lz-dev-weu", "aks-lz-dev-weu"],
        ["AKS_Dev", "aks-dev"],
        ["a".repeat(63), "a".repeat(54)],
        [`${"a".repeat(53)}_b`, "a".repeat(53)],
    ] as const) {
        it(`derive the host name ${dnsPrefix} from ${clusterName}`, () => {
            assert.equal(settings({ clusterName }).dnsPrefix, dnsPrefix);
        });
    }

    for (const [minCount, autoProvisioning, maxCount] of [
        [undefined, false, 4],
        [3, false, 4],
        [6, false, 6],
        [undefined, true, 2],
        [3, true, 3],
    ] as const) {
        it(`let ${minCount ?? "the default number of"} system nodes grow to ${maxCount}${autoProvisioning ? " with auto-provisioning" : ""}`, () => {
            const { systemPool } = settings({
                systemPool: { ...args.systemPool, minCount },
                addons: { nodeAutoProvisioning: autoProvisioning },
            });
            assert.equal(systemPool.maxCount, maxCount);
        });
    }
});

describe("cluster profiles", () => {
    it("set every field of the network that Azure cannot change in place", () => {
        const profile = networkProfile(args.network, settings());
        const forceNew = [
            "dnsServiceIP",
            "ipFamilies",
            "networkDataplane",
            "networkPlugin",
            "networkPluginMode",
            "networkPolicy",
            "outboundType",
            "podCidr",
            "podCidrs",
            "serviceCidr",
            "serviceCidrs",
        ] as const;
        for (const field of forceNew) {
            assert.notEqual(profile[field], undefined, field);
        }
        // Not for an overlay, and not with the backend pool type that comes back in another spelling.
        assert.deepEqual([profile.networkMode, profile.loadBalancerProfile], [undefined, undefined]);
    });

    it("say nothing about advanced networking where nobody asks for it", () => {
        assert.equal(networkProfile(args.network, settings()).advancedNetworking, undefined);
    });

    it("never send ranges to a private API server nor a zone to a public one", () => {
        const isPrivate = apiServerAccessProfile({ subnetId: "s" }, settings());
        assert.equal(isPrivate.authorizedIPRanges, undefined);
        const isPublic = apiServerAccessProfile(
            { subnetId: "s", authorizedIpRanges: ["203.0.113.7"] },
            settings({ apiServer: { exposure: "PublicRestricted" } }),
        );
        assert.equal(isPublic.privateDNSZone, undefined);
        assert.equal(isPublic.enablePrivateClusterPublicFQDN, undefined);
    });

    it("never set a version on the system pool: pools would have to be upgraded one by one", () => {
        assert.equal(
            systemPoolProfile(args.systemPool, settings(), undefined).orchestratorVersion,
            undefined,
        );
    });

    it("give the autoscaler texts, which is what Azure takes", () => {
        for (const [name, value] of Object.entries(autoScalerProfile({}, settings()) ?? {})) {
            assert.equal(typeof value, "string", name);
        }
    });

    it("switch Istio and storage drivers off by name", () => {
        assert.deepEqual(serviceMeshProfile(undefined), { mode: "Disabled" });
        assert.deepEqual(storageProfile({ disk: false, file: false, blob: false, snapshots: false }), {
            diskCSIDriver: { enabled: false },
            fileCSIDriver: { enabled: false },
            blobCSIDriver: { enabled: false },
            snapshotController: { enabled: false },
        });
    });

    it("never ignore the whole list of pools", () => {
        for (const channel of ["patch", "stable", "rapid", "node-image", "none"] as const) {
            assert.ok(!ignoredChanges(settings({ upgrades: { channel } })).includes("agentPoolProfiles"));
        }
    });
});
