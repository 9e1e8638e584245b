import * as core from "@pulumi/kubernetes/core/v1";
import * as scheduling from "@pulumi/kubernetes/scheduling/v1";
import * as storage from "@pulumi/kubernetes/storage/v1";
import * as pulumi from "@pulumi/pulumi";
import { duplicates } from "./internal/duplicates";
import { after } from "./internal/ordering";
import { podSecurityLabels } from "./internal/podSecurity";
import {
    criticalPriorityClass,
    highestUserPriority,
    tenantPriorityClasses,
} from "./internal/priorityClasses";
import type { PriorityClassPlan } from "./internal/priorityClasses";
import { storageClasses } from "./internal/storageClasses";
import type { StorageClassPlan } from "./internal/storageClasses";
import { PodSecurityLevel } from "./podSecurityLevel";

/** What becomes of a volume when its claim is deleted. */
export const VolumeReclaimPolicy = {
    /** The disk or file share is deleted too. */
    Delete: "Delete",
    /** The disk or file share stays, and is paid for, until somebody deletes it. */
    Retain: "Retain",
} as const;
/** One of the values of the constant of the same name. */
export type VolumeReclaimPolicy = (typeof VolumeReclaimPolicy)[keyof typeof VolumeReclaimPolicy];

/** How nodes reach the storage accounts of file shares. */
export const FileShareEndpoint = {
    /** There is no storage class for file shares. */
    None: "None",
    /** By a private endpoint that the file driver makes; the cluster needs `storage.fileShareResourceGroupId` for that. */
    Private: "Private",
    /** By the account's public endpoint, which asks for the account's key. */
    Public: "Public",
} as const;
/** One of the values of the constant of the same name. */
export type FileShareEndpoint = (typeof FileShareEndpoint)[keyof typeof FileShareEndpoint];

/** A priority class beside those that the component always makes. */
export interface PriorityClassArgs {
    /** Name of the class. Changing this replaces the class. */
    name: string;
    /** Priority: the higher goes first. From -2147483648 to 1000000000. Changing this replaces the class; running pods keep what they have. */
    value: number;
    /** What the class is for. */
    description: string;
    /** Whether pods of the class may displace pods of lower priority. Changing this replaces the class. Defaults to true. */
    preempting?: boolean;
}

/** Inputs of the Platform component. */
export interface PlatformArgs {
    /** Priority classes beside `platform-critical`, `tenant-high`, `tenant-default` and `tenant-low`. Absent: none. */
    priorityClasses?: PriorityClassArgs[];
    /** Whether the zone-redundant storage classes `disk-premium-zrs`, `disk-standard-zrs` and, with `fileShareEndpoint`, `file-premium-zrs` are made. Defaults to true. */
    storageClasses?: boolean;
    /** Name of the one of these storage classes that claims get which name none. Absent: the class that AKS itself marks (locally redundant disks) stays the default; it marks it again after every change, so another default lasts only as the newer of two. */
    defaultStorageClass?: string;
    /** What becomes of a volume when its claim is deleted. Changing this replaces the storage classes; existing volumes keep what they have. Defaults to Delete. */
    volumeReclaimPolicy?: VolumeReclaimPolicy;
    /** How nodes reach file shares, and whether there is a storage class for them. Changing this replaces the file storage class; existing shares keep what they have. Defaults to None. */
    fileShareEndpoint?: FileShareEndpoint;
    /** Id of the disk encryption set with which new disks are encrypted. Changing this replaces the disk storage classes; existing disks keep theirs. Absent: keys managed by Microsoft. */
    diskEncryptionSetId?: pulumi.Input<string>;
    /** Further labels of the namespaces that Kubernetes itself makes (`default`, `kube-system`, `kube-public`, `kube-node-lease`). Absent: none. */
    systemNamespaceLabels?: { [key: string]: string };
    /** Values of whatever must exist first, for example ids of policy assignments; only their order counts. */
    waitFor?: pulumi.Input<string>[];
}

const defaults = {
    storageClasses: true,
    volumeReclaimPolicy: VolumeReclaimPolicy.Delete,
    fileShareEndpoint: FileShareEndpoint.None,
};

/**
 * Pod security levels of the namespaces that Kubernetes itself makes. Nothing of AKS runs in the first three, so the
 * strict level stops people from using them; in kube-system it says what holds there anyway.
 */
const systemNamespaces = {
    default: PodSecurityLevel.Restricted,
    "kube-public": PodSecurityLevel.Restricted,
    "kube-node-lease": PodSecurityLevel.Restricted,
    "kube-system": PodSecurityLevel.Privileged,
};

/** What all tenants share in a cluster: priority classes, zone-redundant storage classes, labels of the system namespaces. */
export class Platform extends pulumi.ComponentResource {
    /** Name of the priority class for components that every tenant depends on. */
    public readonly criticalPriorityClassName: pulumi.Output<string>;
    /** Names of all priority classes that the component makes. */
    public readonly priorityClassNames: pulumi.Output<string[]>;
    /** Names of the storage classes that the component makes; empty without them. */
    public readonly storageClassNames: pulumi.Output<string[]>;

    constructor(name: string, args: PlatformArgs, opts?: pulumi.ComponentResourceOptions) {
        super("aks-landing-zone:index:Platform", name, {}, opts);
        const otherPriorities: PriorityClassPlan[] = [
            ...tenantPriorityClasses,
            ...(args.priorityClasses ?? []).map((extra) => ({
                ...extra,
                preempting: extra.preempting ?? true,
            })),
        ];
        const plannedStorage: StorageClassPlan[] =
            (args.storageClasses ?? defaults.storageClasses)
                ? storageClasses({
                      diskEncryptionSetId: args.diskEncryptionSetId,
                      fileShareEndpoint: args.fileShareEndpoint ?? defaults.fileShareEndpoint,
                  })
                : [];
        const problem = findProblem(args, [criticalPriorityClass, ...otherPriorities], plannedStorage);
        if (problem !== undefined) {
            throw new pulumi.ResourceError(problem, this);
        }

        const child: pulumi.CustomResourceOptions = {
            parent: this,
            // Children do not inherit this option: without it, deleting a cluster would first call into the cluster that goes away.
            deletedWith: opts?.deletedWith,
            // What must be there first is not an input of any of them.
            dependsOn: after(...(args.waitFor ?? [])),
        };
        const critical = priorityClass(name, criticalPriorityClass, child);
        const others = otherPriorities.map((plan) => priorityClass(name, plan, child));
        const reclaimPolicy = args.volumeReclaimPolicy ?? defaults.volumeReclaimPolicy;
        const storage = plannedStorage.map((plan) =>
            storageClass(name, plan, reclaimPolicy, plan.name === args.defaultStorageClass, child),
        );
        for (const [namespace, level] of Object.entries(systemNamespaces)) {
            new core.NamespacePatch(
                `${name}-namespace-${namespace}`,
                {
                    metadata: {
                        name: namespace,
                        labels: { ...args.systemNamespaceLabels, ...podSecurityLabels(level) },
                    },
                },
                child,
            );
        }

        this.criticalPriorityClassName = critical.metadata.name;
        this.priorityClassNames = pulumi.all([critical, ...others].map((each) => each.metadata.name));
        this.storageClassNames = pulumi.all(storage.map((each) => each.metadata.name));
        this.registerOutputs({
            criticalPriorityClassName: this.criticalPriorityClassName,
            priorityClassNames: this.priorityClassNames,
            storageClassNames: this.storageClassNames,
        });
    }
}

function priorityClass(component: string, plan: PriorityClassPlan, options: pulumi.CustomResourceOptions) {
    return new scheduling.PriorityClass(
        `${component}-priority-class-${plan.name}`,
        {
            metadata: { name: plan.name },
            value: plan.value,
            globalDefault: false,
            preemptionPolicy: plan.preempting ? "PreemptLowerPriority" : "Never",
            description: plan.description,
        },
        {
            ...options,
            // Kubernetes refuses to change these in place.
            replaceOnChanges: ["value", "preemptionPolicy"],
            // The name is fixed, so the old class must go before the new one can come.
            deleteBeforeReplace: true,
        },
    );
}

function storageClass(
    component: string,
    plan: StorageClassPlan,
    reclaimPolicy: VolumeReclaimPolicy,
    isDefault: boolean,
    options: pulumi.CustomResourceOptions,
) {
    return new storage.StorageClass(
        `${component}-storage-class-${plan.name}`,
        {
            metadata: {
                name: plan.name,
                annotations: isDefault ? { "storageclass.kubernetes.io/is-default-class": "true" } : {},
            },
            provisioner: plan.provisioner,
            parameters: plan.parameters,
            mountOptions: plan.mountOptions,
            reclaimPolicy,
            // A volume is made where its pod is scheduled, not before.
            volumeBindingMode: "WaitForFirstConsumer",
            allowVolumeExpansion: true,
        },
        {
            ...options,
            // Kubernetes refuses to change these in place.
            replaceOnChanges: [
                "provisioner",
                "parameters",
                "mountOptions",
                "reclaimPolicy",
                "volumeBindingMode",
            ],
            // The name is fixed, so the old class must go before the new one can come; volumes do not need it any more.
            deleteBeforeReplace: true,
        },
    );
}

/** What is wrong with the arguments, in words; undefined when they can be carried out. */
function findProblem(
    args: PlatformArgs,
    priorities: readonly PriorityClassPlan[],
    storage: readonly StorageClassPlan[],
): string | undefined {
    const [repeated] = duplicates(priorities.map((plan) => plan.name));
    if (repeated !== undefined) {
        return `\`priorityClasses\` holds "${repeated}", which exists already. Choose another name.`;
    }
    for (const { name, value } of priorities) {
        if (!Number.isInteger(value) || value > highestUserPriority || value < -2_147_483_648) {
            return `\`priorityClasses\` gives "${name}" the value ${value}: a whole number from -2147483648 to ${highestUserPriority} is allowed.`;
        }
    }
    const wanted = args.defaultStorageClass;
    if (wanted !== undefined && !storage.some((plan) => plan.name === wanted)) {
        const known = storage.map((plan) => plan.name).join(", ");
        return (
            `\`defaultStorageClass\` is "${wanted}": ` +
            (known === ""
                ? "no storage class is made. Set `storageClasses` to true."
                : `name one of ${known}.`)
        );
    }
    return undefined;
}
