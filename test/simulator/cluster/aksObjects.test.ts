import * as assert from "node:assert/strict";
import { aksObjects, scrapeDefinitions, serviceNetwork } from "../../../simulator/cluster/aksObjects";
import { existingCluster } from "./nodes/pools";

describe("simulator/cluster/aksObjects", () => {
    const zonal = [{ name: "system", availabilityZones: ["1", "2"] }];
    const object = (inputs: object, path: string, pools: object[] = []) =>
        aksObjects(existingCluster(pools, inputs)).find((each) => each.path.endsWith(path))?.object;
    const classes = (inputs: object) =>
        aksObjects(existingCluster([], inputs))
            .filter(({ path }) => path.includes("/storageclasses/"))
            .map(({ path }) => path.split("/").at(-1));

    it("makes the storage classes of the drivers that are on", () => {
        const disks = ["default", "managed", "managed-csi", "managed-premium", "managed-csi-premium"];
        const files = ["azurefile", "azurefile-csi", "azurefile-premium", "azurefile-csi-premium"];
        assert.deepEqual(classes({}), [...disks, ...files]);
        assert.deepEqual(classes({ storageProfile: { fileCSIDriver: { enabled: false } } }), disks);
        assert.deepEqual(
            classes({
                storageProfile: { diskCSIDriver: { enabled: false }, blobCSIDriver: { enabled: true } },
            }),
            [...files, "azureblob-fuse-premium", "azureblob-nfs-premium"],
        );
    });

    it("makes disks zone-redundant where nodes are in several zones, and marks one class", () => {
        const parameters = (pools: object[], name: string) =>
            (object({}, `/${name}`, pools) as { parameters: { skuname: string } }).parameters.skuname;
        assert.equal(parameters([], "managed-csi"), "StandardSSD_LRS");
        assert.equal(parameters(zonal, "managed-csi-premium"), "Premium_ZRS");
        assert.equal(parameters(zonal, "azurefile-csi"), "Standard_LRS");
        const marked = aksObjects(existingCluster([])).filter(({ object: each }) =>
            JSON.stringify(each).includes("is-default-class"),
        );
        assert.deepEqual(
            marked.map(({ path }) => path.split("/").at(-1)),
            ["default"],
        );
    });

    it("gives the cluster's DNS the address that the cluster names, or AKS's own", () => {
        const named = { networkProfile: { serviceCidr: "10.9.0.0/24", dnsServiceIP: "10.9.0.10" } };
        assert.deepEqual(serviceNetwork(existingCluster([])), {
            serviceCidr: "10.0.0.0/16",
            dnsServiceIp: "10.0.0.10",
        });
        assert.match(JSON.stringify(object(named, "/services/kube-dns")), /"clusterIP":"10.9.0.10"/);
    });

    it("binds the administrators' groups, where there are any", () => {
        const path = "/clusterrolebindings/aks-cluster-admin-binding-aad";
        assert.equal(object({}, path), undefined);
        const binding = object({ aadProfile: { adminGroupObjectIDs: ["g"] } }, path);
        assert.match(JSON.stringify(binding), /"kind":"Group","name":"g"/);
    });

    it("follows the add-ons for policies and metrics", () => {
        const policies = { addonProfiles: { azurepolicy: { enabled: true } } };
        assert.ok(object(policies, "/gatekeeper-system"));
        assert.equal(object({}, "/gatekeeper-system"), undefined);
        const metrics = { azureMonitorProfile: { metrics: { enabled: true } } };
        assert.deepEqual(scrapeDefinitions(existingCluster([])), []);
        assert.equal(scrapeDefinitions(existingCluster([], metrics)).length, 2);
    });
});
