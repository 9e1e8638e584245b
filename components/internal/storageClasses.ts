import type * as pulumi from "@pulumi/pulumi";

/** The parts of a StorageClass in which ours differ. */
export interface StorageClassPlan {
    name: string;
    /** CSI driver, as AKS installs it. */
    provisioner: string;
    parameters: { [key: string]: pulumi.Input<string> };
    mountOptions?: string[];
}

/** What the storage classes are made of. */
export interface StorageSettings {
    diskEncryptionSetId?: pulumi.Input<string>;
    /** How nodes reach file shares; None leaves the file class out. */
    fileShareEndpoint: string;
}

/**
 * Zone-redundant storage classes: a volume is readable from every zone, so its pod can move when a zone fails, which a
 * locally redundant disk does not allow. Parameters as in the drivers' own documentation
 * (kubernetes-sigs/azuredisk-csi-driver and azurefile-csi-driver, docs/driver-parameters.md).
 */
export function storageClasses(settings: StorageSettings): StorageClassPlan[] {
    const disk = (skuName: string): { [key: string]: pulumi.Input<string> } => ({
        skuName,
        // Nobody downloads a disk by a signed URL; nodes attach it without one.
        networkAccessPolicy: "DenyAll",
        publicNetworkAccess: "Disabled",
        ...(settings.diskEncryptionSetId === undefined
            ? {}
            : { diskEncryptionSetID: settings.diskEncryptionSetId }),
    });
    return [
        { name: "disk-premium-zrs", provisioner: "disk.csi.azure.com", parameters: disk("Premium_ZRS") },
        { name: "disk-standard-zrs", provisioner: "disk.csi.azure.com", parameters: disk("StandardSSD_ZRS") },
        ...(settings.fileShareEndpoint === "None"
            ? []
            : [fileShares(settings.fileShareEndpoint === "Private")]),
    ];
}

function fileShares(isPrivate: boolean): StorageClassPlan {
    return {
        name: "file-premium-zrs",
        provisioner: "file.csi.azure.com",
        parameters: {
            skuName: "Premium_ZRS",
            protocol: "smb",
            ...(isPrivate ? { networkEndpointType: "privateEndpoint" } : {}),
        },
        // As AKS sets them for its own file classes: symbolic links work, attributes are cached, sessions are not shared.
        mountOptions: ["mfsymlinks", "actimeo=30", "nosharesock"],
    };
}
