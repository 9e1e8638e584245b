import * as z from "zod";
import {
    GpuInstanceProfile,
    NodeOsSku,
    NodePoolMode,
    OsType,
    SpotEvictionPolicy,
} from "../../components/nodePoolArgs";
import { amount, choice, effect, flag, inPlace, integer, labels, replaces, text, zones } from "./values";

const rolls = replaces("the pool, without downtime (new pool first)");
const machine = replaces("the cluster's system pool (see docs/operations.md)");

const vmSize = () =>
    text(/^Standard_[A-Za-z0-9_-]+$/, {
        allowed: "an Azure machine size such as Standard_D4ds_v5",
        example: "Standard_D4ds_v5",
        fix: "List them with `az vm list-skus --location <region> --size Standard_D --output table`.",
    });

const osDiskSizeInGb = (change: string) =>
    integer(30, 2048)
        .optional()
        .meta(
            effect("Size of the operating system disk, GiB.", change, {
                defaultText: "what AKS chooses for the machine size",
            }),
        );

const trustedLaunch = () =>
    flag()
        .optional()
        .meta(
            effect("Secure boot and a virtual TPM.", "in place; the nodes are reimaged", {
                defaultText: "true where Azure can",
            }),
        );

const sshDisabled = () =>
    flag()
        .default(false)
        .meta(
            effect(
                "Switch SSH to the nodes off; the subscription must have the preview feature DisableSSHPreview.",
            ),
        );

/** The one pool inside the cluster resource. */
export const systemPoolSchema = z.strictObject({
    name: text(/^[a-z][a-z0-9]{0,11}$/, {
        allowed: "1 to 12 lower-case letters and digits, starting with a letter",
        example: "system",
        fix: "Rename it.",
    })
        .default("system")
        .meta(effect("Name of the pool that runs cluster services.", machine)),
    vmSize: vmSize().default("Standard_D4ds_v5").meta(effect("Machine size of system nodes.", machine)),
    minCount: integer(1, 1000).default(3).meta(effect("Fewest system nodes that the autoscaler keeps.")),
    maxCount: integer(1, 1000).default(5).meta(effect("Most system nodes that the autoscaler starts.")),
    zones: zones().default(["1", "2", "3"]).meta(effect("Availability zones of system nodes.", machine)),
    osDiskSizeInGb: osDiskSizeInGb(machine),
    ephemeralOsDisk: flag()
        .default(true)
        .meta(
            effect(
                "Keep the operating system disk on the host: faster and free, needs a machine size with a local disk.",
                machine,
            ),
        ),
    osSku: z
        .enum([NodeOsSku.Ubuntu, NodeOsSku.AzureLinux])
        .default(NodeOsSku.Ubuntu)
        .meta(effect("Operating system image of the nodes.", machine)),
    maxPods: integer(30, 250).default(110).meta(effect("Most pods on a node.", machine)),
    criticalAddonsOnly: flag()
        .default(true)
        .meta(
            effect(
                "Keep other workloads off the system nodes with a taint; needs at least one pool in nodePools.",
                machine,
            ),
        ),
    encryptionAtHost: flag()
        .default(false)
        .meta(
            effect(
                "Encrypt disks on the host; the subscription must have Microsoft.Compute/EncryptionAtHost.",
                machine,
            ),
        ),
    fips: flag()
        .default(false)
        .meta(effect("Use a node image with FIPS 140 validated cryptography.", machine)),
    trustedLaunch: trustedLaunch(),
    sshDisabled: sshDisabled(),
});

const spot = z.strictObject({
    maxPrice: amount(-1, 1000)
        .default(-1)
        .meta(effect("Most to pay for a node, USD an hour; -1 pays up to the normal price.", rolls)),
    evictionPolicy: choice(SpotEvictionPolicy)
        .default(SpotEvictionPolicy.Delete)
        .meta(effect("What happens to a node that Azure takes back.", rolls)),
});

const gpu = z.strictObject({
    installDriver: flag()
        .default(true)
        .meta(effect("Let AKS install the driver; false leaves it to the NVIDIA GPU operator.", rolls)),
    instanceProfile: choice(GpuInstanceProfile)
        .optional()
        .meta(effect("Split each GPU.", rolls, { defaultText: "not split" })),
});

const upgrade = z.strictObject({
    maxSurge: text(/^(0|[1-9]\d{0,2}|[1-9]\d?%|100%)$/, {
        allowed: 'a number of nodes or a percentage up to 100 in quotes, such as "1" or "33%"',
        example: "33%",
        fix: "Put it in quotes.",
    })
        .default("33%")
        .meta(
            effect(
                'Extra nodes that an upgrade may start at a time; "0" where maxUnavailable takes nodes away.',
            ),
        ),
    maxUnavailable: text(/^(\d{1,3}|\d{1,2}%|100%)$/, {
        allowed: 'a number of nodes or a percentage in quotes, such as "0" or "10%"',
        example: "0",
        fix: "Put it in quotes.",
    })
        .optional()
        .meta(effect("Nodes that an upgrade may take away at a time.", inPlace, { defaultText: "none" })),
    drainTimeoutInMinutes: integer(5, 1440)
        .default(30)
        .meta(effect("Longest time to empty a node before an upgrade gives up.")),
    nodeSoakInMinutes: integer(0, 30).default(0).meta(effect("Pause after each upgraded node.")),
});

const poolSchema = z.strictObject({
    vmSize: vmSize().meta(effect("Machine size of the pool's nodes.", rolls)),
    minCount: integer(0, 1000).default(1).meta(effect("Fewest nodes that the autoscaler keeps.")),
    maxCount: integer(1, 1000).default(3).meta(effect("Most nodes that the autoscaler starts.")),
    autoscaling: flag()
        .default(true)
        .meta(
            effect(
                "Let the cluster autoscaler choose the number of nodes; off, the pool has minCount nodes.",
            ),
        ),
    zones: zones().default(["1", "2", "3"]).meta(effect("Availability zones of the nodes.", rolls)),
    mode: choice(NodePoolMode)
        .default(NodePoolMode.User)
        .meta(effect("User for workloads, System to share the cluster's own services.")),
    osType: choice(OsType).default(OsType.Linux).meta(effect("Operating system of the nodes.", rolls)),
    osSku: choice(NodeOsSku)
        .optional()
        .meta(
            effect("Operating system image of the nodes.", "in place; the nodes are reimaged", {
                defaultText: "Ubuntu, or Windows2022 for Windows",
            }),
        ),
    ephemeralOsDisk: flag()
        .default(true)
        .meta(
            effect(
                "Keep the operating system disk on the host; needs a machine size with a local disk.",
                rolls,
            ),
        ),
    osDiskSizeInGb: osDiskSizeInGb(rolls),
    maxPods: integer(10, 250).default(110).meta(effect("Most pods on a node.", rolls)),
    labels: labels().default({}).meta(effect("Kubernetes labels of the nodes.")),
    taints: z
        .array(
            text(/^[A-Za-z0-9./_-]+(=[A-Za-z0-9._-]*)?:(NoSchedule|PreferNoSchedule|NoExecute)$/, {
                allowed:
                    "a taint as key=value:Effect with the effect NoSchedule, PreferNoSchedule or NoExecute",
                // One that keeps no pod away: what stands for a wrong taint must not break a rule.
                example: "dedicated=batch:PreferNoSchedule",
                fix: "Write it as in dedicated=batch:NoSchedule.",
            }),
        )
        .default([])
        .meta(effect("Kubernetes taints of the nodes.")),
    spot: spot.optional().meta(
        effect("Use spare capacity that Azure may take back at any time.", rolls, {
            defaultText: "none: normal capacity",
        }),
    ),
    gpu: gpu.optional().meta(effect("Settings of a GPU machine size.", rolls, { defaultText: "none" })),
    fips: flag()
        .default(false)
        .meta(
            effect(
                "Use a node image with FIPS 140 validated cryptography.",
                "in place; the nodes are reimaged",
            ),
        ),
    trustedLaunch: trustedLaunch(),
    encryptionAtHost: flag()
        .default(false)
        .meta(
            effect(
                "Encrypt disks on the host; the subscription must have Microsoft.Compute/EncryptionAtHost.",
                rolls,
            ),
        ),
    sshDisabled: sshDisabled(),
    upgrade: upgrade.prefault({}).meta(effect("How the pool's nodes are upgraded.")),
});

export const nodePoolsSchema = z
    .record(
        text(/^[a-z][a-z0-9]{0,11}$/, {
            allowed: "1 to 12 lower-case letters and digits, starting with a letter",
            example: "apps",
            fix: "Rename it.",
        }),
        poolSchema,
    )
    .default({})
    .meta(
        effect(
            "Node pools for workloads, by name. The last four characters of the Azure name are a hash of what cannot change in place.",
        ),
    );
