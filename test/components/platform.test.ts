import * as assert from "node:assert/strict";
import { ResourceGroup } from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { FileShareEndpoint, Platform, VolumeReclaimPolicy } from "../../components/platform";
import type { PlatformArgs } from "../../components/platform";
import { createdPairs as created, deploy, failureOf, sortedByName as sorted } from "../support/harness";
import type { Deployment } from "../support/harness";

const priorityType = "kubernetes:scheduling.k8s.io/v1:PriorityClass";
const storageType = "kubernetes:storage.k8s.io/v1:StorageClass";
const namespacePatchType = "kubernetes:core/v1:NamespacePatch";

function platform(args: PlatformArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const { criticalPriorityClassName, priorityClassNames, storageClassNames } = new Platform(
        "platform",
        args,
        opts,
    );
    return { criticalPriorityClassName, priorityClassNames, storageClassNames };
}

function parametersOf(deployment: Deployment): Record<string, unknown> {
    return Object.fromEntries(
        sorted(deployment, storageType).map(({ inputs }) => [
            (inputs["metadata"] as { name: string }).name,
            inputs["parameters"],
        ]),
    );
}

const byDefault: [string, string][] = [
    ["aks-landing-zone:index:Platform", "platform"],
    [namespacePatchType, "platform-namespace-default"],
    [namespacePatchType, "platform-namespace-kube-node-lease"],
    [namespacePatchType, "platform-namespace-kube-public"],
    [namespacePatchType, "platform-namespace-kube-system"],
    [priorityType, "platform-priority-class-platform-critical"],
    [priorityType, "platform-priority-class-tenant-default"],
    [priorityType, "platform-priority-class-tenant-high"],
    [priorityType, "platform-priority-class-tenant-low"],
    [storageType, "platform-storage-class-disk-premium-zrs"],
    [storageType, "platform-storage-class-disk-standard-zrs"],
];

const closedDisk = { networkAccessPolicy: "DenyAll", publicNetworkAccess: "Disabled" };

describe("Platform", () => {
    it("makes priority classes, storage classes and labels by default, the same in a preview", async () => {
        const deployment = await deploy(() => platform());
        assert.deepEqual(created(deployment), [...byDefault].sort());
        assert.deepEqual(created(await deploy(() => platform(), { preview: true })), [...byDefault].sort());
        assert.deepEqual(deployment.outputs, {
            criticalPriorityClassName: "platform-critical",
            priorityClassNames: ["platform-critical", "tenant-high", "tenant-default", "tenant-low"],
            storageClassNames: ["disk-premium-zrs", "disk-standard-zrs"],
        });
    });

    it("puts the platform above the tenants, and none of the classes on pods that name none", async () => {
        const deployment = await deploy(() => platform());
        const classes = sorted(deployment, priorityType).map(({ inputs }) => {
            const { metadata, value, globalDefault, preemptionPolicy } = inputs;
            return { ...(metadata as { name: string }), value, globalDefault, preemptionPolicy };
        });
        const rest = { globalDefault: false, preemptionPolicy: "PreemptLowerPriority" };
        assert.deepEqual(classes, [
            { name: "platform-critical", value: 1_000_000, ...rest },
            { name: "tenant-default", value: 1_000, ...rest },
            { name: "tenant-high", value: 10_000, ...rest },
            { name: "tenant-low", value: -5, globalDefault: false, preemptionPolicy: "Never" },
        ]);
    });

    it("adds the priority classes that are asked for", async () => {
        const deployment = await deploy(() =>
            platform({
                priorityClasses: [
                    { name: "batch", value: 10, description: "Batch jobs.", preempting: false },
                    { name: "urgent", value: 20_000, description: "Urgent work." },
                ],
            }),
        );
        assert.deepEqual(deployment.one(priorityType, "platform-priority-class-batch").inputs, {
            apiVersion: "scheduling.k8s.io/v1",
            kind: "PriorityClass",
            metadata: { name: "batch" },
            value: 10,
            globalDefault: false,
            preemptionPolicy: "Never",
            description: "Batch jobs.",
        });
        const urgent = deployment.one(priorityType, "platform-priority-class-urgent");
        assert.equal(urgent.inputs["preemptionPolicy"], "PreemptLowerPriority");
        assert.deepEqual((deployment.outputs["priorityClassNames"] as string[]).slice(-2), [
            "batch",
            "urgent",
        ]);
    });

    it("makes zone-redundant storage classes that bind late and are not the default", async () => {
        const deployment = await deploy(() => platform({ fileShareEndpoint: FileShareEndpoint.Private }));
        for (const { inputs } of deployment.ofType(storageType)) {
            const { metadata, reclaimPolicy, volumeBindingMode, allowVolumeExpansion } = inputs;
            assert.deepEqual((metadata as { annotations: object }).annotations, {});
            assert.deepEqual(
                { reclaimPolicy, volumeBindingMode, allowVolumeExpansion },
                {
                    reclaimPolicy: "Delete",
                    volumeBindingMode: "WaitForFirstConsumer",
                    allowVolumeExpansion: true,
                },
            );
        }
        assert.deepEqual(
            sorted(deployment, storageType).map(({ inputs }) => inputs["provisioner"]),
            ["disk.csi.azure.com", "disk.csi.azure.com", "file.csi.azure.com"],
        );
        assert.deepEqual(parametersOf(deployment), {
            "disk-premium-zrs": { skuName: "Premium_ZRS", ...closedDisk },
            "disk-standard-zrs": { skuName: "StandardSSD_ZRS", ...closedDisk },
            "file-premium-zrs": {
                skuName: "Premium_ZRS",
                protocol: "smb",
                networkEndpointType: "privateEndpoint",
            },
        });
        assert.deepEqual(
            deployment.one(storageType, "platform-storage-class-file-premium-zrs").inputs["mountOptions"],
            ["mfsymlinks", "actimeo=30", "nosharesock"],
        );
    });

    it("encrypts disks with the customer's keys when there is a set for it", async () => {
        const deployment = await deploy(() =>
            platform({
                diskEncryptionSetId: pulumi.output("/des"),
                fileShareEndpoint: FileShareEndpoint.Private,
            }),
        );
        assert.deepEqual(parametersOf(deployment), {
            "disk-premium-zrs": { skuName: "Premium_ZRS", ...closedDisk, diskEncryptionSetID: "/des" },
            "disk-standard-zrs": { skuName: "StandardSSD_ZRS", ...closedDisk, diskEncryptionSetID: "/des" },
            "file-premium-zrs": {
                skuName: "Premium_ZRS",
                protocol: "smb",
                networkEndpointType: "privateEndpoint",
            },
        });
    });

    it("makes no class for file shares unless told how nodes reach them", async () => {
        const deployment = await deploy(() => platform({ fileShareEndpoint: FileShareEndpoint.None }));
        assert.deepEqual(Object.keys(parametersOf(deployment)), ["disk-premium-zrs", "disk-standard-zrs"]);
    });

    it("reaches file shares by their public endpoint only when asked", async () => {
        const deployment = await deploy(() => platform({ fileShareEndpoint: FileShareEndpoint.Public }));
        assert.deepEqual(parametersOf(deployment)["file-premium-zrs"], {
            skuName: "Premium_ZRS",
            protocol: "smb",
        });
    });

    it("keeps volumes and marks a default class when asked", async () => {
        const deployment = await deploy(() =>
            platform({
                volumeReclaimPolicy: VolumeReclaimPolicy.Retain,
                defaultStorageClass: "disk-standard-zrs",
                fileShareEndpoint: FileShareEndpoint.Public,
            }),
        );
        const classes = sorted(deployment, storageType).map(({ inputs }) => {
            const { name, annotations } = inputs["metadata"] as { name: string; annotations: object };
            return [name, inputs["reclaimPolicy"], annotations];
        });
        assert.deepEqual(classes, [
            ["disk-premium-zrs", "Retain", {}],
            ["disk-standard-zrs", "Retain", { "storageclass.kubernetes.io/is-default-class": "true" }],
            ["file-premium-zrs", "Retain", {}],
        ]);
    });

    it("makes no storage classes when they are switched off", async () => {
        const deployment = await deploy(() => platform({ storageClasses: false }));
        assert.deepEqual(deployment.ofType(storageType), []);
        assert.deepEqual(deployment.outputs["storageClassNames"], []);
    });

    it("replaces classes for what Kubernetes does not change in place, the old one first", async () => {
        const deployment = await deploy(() => platform());
        for (const { options } of deployment.ofType(priorityType)) {
            assert.deepEqual(options.replaceOnChanges, ["value", "preemptionPolicy"]);
            assert.equal(options.deleteBeforeReplace, true);
        }
        for (const { options } of deployment.ofType(storageType)) {
            assert.deepEqual(options.replaceOnChanges, [
                "provisioner",
                "parameters",
                "mountOptions",
                "reclaimPolicy",
                "volumeBindingMode",
            ]);
            assert.equal(options.deleteBeforeReplace, true);
        }
    });

    it("closes the system namespaces to pods, but for kube-system, which stays as AKS needs it", async () => {
        const deployment = await deploy(() =>
            platform({
                systemNamespaceLabels: {
                    owner: "platform",
                    "pod-security.kubernetes.io/enforce": "restricted",
                },
            }),
        );
        const labels = (level: string) => ({
            owner: "platform",
            "pod-security.kubernetes.io/enforce": level,
            "pod-security.kubernetes.io/enforce-version": "latest",
            "pod-security.kubernetes.io/audit": level,
            "pod-security.kubernetes.io/audit-version": "latest",
            "pod-security.kubernetes.io/warn": level,
            "pod-security.kubernetes.io/warn-version": "latest",
        });
        assert.deepEqual(
            sorted(deployment, namespacePatchType).map(({ inputs }) => inputs["metadata"]),
            [
                { name: "default", labels: labels("restricted") },
                { name: "kube-node-lease", labels: labels("restricted") },
                { name: "kube-public", labels: labels("restricted") },
                { name: "kube-system", labels: labels("privileged") },
            ],
        );
    });

    it("puts its resources under the component, protects them with it, deletes them with the cluster and waits as told", async () => {
        const deployment = await deploy(() => {
            const cluster = new ResourceGroup("cluster", { resourceGroupName: "rg-test" });
            platform({ waitFor: [cluster.id] }, { protect: true, deletedWith: cluster });
        });
        const cluster = deployment.one("azure-native:resources:ResourceGroup");
        const children = deployment.resources.filter(({ type }) => type.startsWith("kubernetes:"));
        assert.equal(children.length, byDefault.length - 1);
        for (const child of children) {
            assert.equal(deployment.parentName(child), "platform");
            assert.equal(child.options.protect, true);
            assert.equal(child.options.deletedWith, cluster.urn);
            assert.deepEqual(deployment.dependencyNames(child), ["cluster"]);
        }
    });

    it("takes the highest and the lowest priority that Kubernetes leaves to users", async () => {
        const deployment = await deploy(() => {
            platform({
                priorityClasses: [
                    { name: "top", value: 1_000_000_000, description: "The highest." },
                    { name: "bottom", value: -2_147_483_648, description: "The lowest." },
                ],
            });
        });
        const value = (name: string) =>
            deployment.one("kubernetes:scheduling.k8s.io/v1:PriorityClass", `platform-priority-class-${name}`)
                .inputs["value"];
        assert.deepEqual([value("top"), value("bottom")], [1_000_000_000, -2_147_483_648]);
    });

    const refused: [string, PlatformArgs, string][] = [
        [
            "a class that exists already",
            { priorityClasses: [{ name: "tenant-low", value: 1, description: "Again." }] },
            '`priorityClasses` holds "tenant-low", which exists already. Choose another name.',
        ],
        [
            "a priority of Kubernetes' own",
            { priorityClasses: [{ name: "top", value: 2_000_000_000, description: "Too high." }] },
            '`priorityClasses` gives "top" the value 2000000000: a whole number from -2147483648 to 1000000000 is allowed.',
        ],
        [
            "a priority just above the highest",
            { priorityClasses: [{ name: "top", value: 1_000_000_001, description: "Too high." }] },
            '`priorityClasses` gives "top" the value 1000000001: a whole number from -2147483648 to 1000000000 is allowed.',
        ],
        [
            "a priority just below the lowest",
            { priorityClasses: [{ name: "low", value: -2_147_483_649, description: "Too low." }] },
            '`priorityClasses` gives "low" the value -2147483649: a whole number from -2147483648 to 1000000000 is allowed.',
        ],
        [
            "an unknown default class",
            { defaultStorageClass: "managed-csi" },
            '`defaultStorageClass` is "managed-csi": name one of disk-premium-zrs, disk-standard-zrs.',
        ],
        [
            "a default class without classes",
            { storageClasses: false, defaultStorageClass: "disk-premium-zrs" },
            '`defaultStorageClass` is "disk-premium-zrs": no storage class is made. Set `storageClasses` to true.',
        ],
    ];
    for (const [what, args, message] of refused) {
        it(`refuses ${what}`, async () => {
            assert.equal(await failureOf(() => platform(args)), message);
        });
    }
});
