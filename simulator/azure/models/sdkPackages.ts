/** One of Microsoft's packages whose models say which properties a resource type has. */
export interface SdkPackage {
    /** Which resource types are checked by it, and why this version. */
    why: string;
    /** Folder of its models inside the package: packages from 2025 on have another layout than older ones. */
    folder: "dist/commonjs/models" | "dist-esm/src/models";
}

/**
 * Microsoft's packages with models of Azure's APIs. Package.json pins each exactly, and a test compares the two lists. Later
 * major versions of these packages are built without models that can be read at run time, so an update is not an
 * improvement: the version to take is the last one with `models/mappers.js` whose API version is near azure-native's.
 */
export const sdkPackages = {
    "@azure/arm-authorization": {
        why: "role assignments and definitions, of assignments in azure-native's own API version",
        folder: "dist-esm/src/models",
    },
    "@azure/arm-compute": {
        why: "disk encryption sets, in azure-native's own API version",
        folder: "dist-esm/src/models",
    },
    "@azure/arm-consumption": {
        why: "budgets; the last version that has them",
        folder: "dist-esm/src/models",
    },
    "@azure/arm-containerregistry": {
        why: "registries, replicas and cache rules; 12 is built without readable models",
        folder: "dist/commonjs/models",
    },
    "@azure/arm-containerservice": {
        why: "clusters, node pools and maintenance windows, one month after azure-native's API version",
        folder: "dist/commonjs/models",
    },
    "@azure/arm-dashboard": { why: "Grafana; the only version there is", folder: "dist-esm/src/models" },
    "@azure/arm-keyvault": {
        why: "vaults and keys, in azure-native's own API version",
        folder: "dist/commonjs/models",
    },
    "@azure/arm-locks": {
        why: "management locks, in azure-native's own API version",
        folder: "dist-esm/src/models",
    },
    "@azure/arm-monitor": {
        why: "alerts, data collection and diagnostic settings; 8 is built without readable models",
        folder: "dist-esm/src/models",
    },
    "@azure/arm-msi": {
        why: "identities and federated credentials, in azure-native's own API version",
        folder: "dist-esm/src/models",
    },
    "@azure/arm-network": {
        why: "networks, in azure-native's own API version",
        folder: "dist-esm/src/models",
    },
    "@azure/arm-operationalinsights": {
        why: "log workspaces and their tables; later versions are built without readable models",
        folder: "dist-esm/src/models",
    },
    "@azure/arm-policy": {
        why: "policy assignments; 7 is built without readable models",
        folder: "dist/commonjs/models",
    },
    "@azure/arm-privatedns": {
        why: "private DNS zones and links; 4 is built without readable models",
        folder: "dist-esm/src/models",
    },
    "@azure/arm-resources": {
        why: "resource groups and deployments; 7 has no deployments any more",
        folder: "dist/commonjs/models",
    },
    "@azure/arm-storage": {
        why: "storage accounts and what is set of their blobs, in azure-native's own API version",
        folder: "dist/commonjs/models",
    },
} as const satisfies Record<string, SdkPackage>;

export type SdkPackageName = keyof typeof sdkPackages;
