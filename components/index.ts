/*
 * The public surface of the component package: components, their arguments, and the closed sets that these use.
 * Arguments come first: the schema analyzer knows the description of a type only when it has read its file before it
 * meets the type in a component.
 *
 * A component gives Pulumi no arguments of its own (`super(type, name, {}, opts)`): the engine would wait for all of them
 * before it makes the first of its children, most of which need none of those that come last.
 */
export * from "./clusterArgs";
export * from "./clusterMonitoringArgs";
export * from "./governanceArgs";
export * from "./ingressArgs";
export * from "./keyVaultArgs";
export * from "./monitoringArgs";
export * from "./networkArgs";
export * from "./nodePoolArgs";
export * from "./podSecurityLevel";
export * from "./registryArgs";
export * from "./shared";
export * from "./tenantArgs";

export * from "./access";
export * from "./cluster";
export * from "./clusterIdentity";
export * from "./clusterMonitoring";
export * from "./diskEncryption";
export * from "./entraGroups";
export * from "./governance";
export * from "./grafana";
export * from "./ingress";
export * from "./keyVault";
export * from "./kured";
export * from "./monitoring";
export * from "./network";
export * from "./nodePool";
export * from "./platform";
export * from "./privateLink";
export * from "./registry";
export * from "./tenant";
export * from "./workloadIdentity";
