/*
 * Rules between settings: pure functions over plain values that return one sentence for each problem, beginning with the
 * argument that it is about. The configuration reports them all at once; policies can use the same ones. What concerns
 * one component alone stands with it (networkRules.ts, clusterChecks.ts, registryRules.ts...).
 */
export * from "./rules/addresses";
export * from "./rules/apiServer";
export * from "./rules/capacity";
export * from "./rules/encryption";
export * from "./rules/groups";
export * from "./rules/ingress";
export * from "./rules/kubernetesVersions";
export * from "./rules/nodePools";
export * from "./rules/privateEndpoints";
export * from "./rules/reboots";
export * from "./rules/regions";
export * from "./rules/tags";
export * from "./rules/tenants";
export * from "./rules/windows";
