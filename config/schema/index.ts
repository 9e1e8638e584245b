import * as z from "zod";
import { clusterSchema } from "./cluster";
import { commonSettings } from "./common";
import { accessSchema, governanceSchema, protectionSchema } from "./governance";
import { kubernetesSchema } from "./kubernetes";
import { networkSchema } from "./network";
import { nodePoolsSchema } from "./nodePools";
import { keyVaultSchema, monitoringSchema, registrySchema } from "./services";
import { tenantsSchema } from "./tenants";
import { effect, replaces, text } from "./values";

const derived = { defaultText: "derived from workload, environment and location" };

const name = (allowed: string, example: string) =>
    text(/\S/, { allowed, example, fix: "Change it, or leave it out to have one derived." }).optional();

const names = z.strictObject({
    cluster: name("a name that Azure allows for a cluster", "aks-lz-dev-weu").meta(
        effect("Name of the cluster.", replaces("the cluster"), derived),
    ),
    keyVault: name("a name that Azure allows for a vault", "kv-lz-dev-weu").meta(
        effect("Name of the vault, unique in Azure.", replaces("the vault"), derived),
    ),
    registry: name("a name that Azure allows for a registry", "crlzdevweu").meta(
        effect("Name of the registry, unique in Azure.", replaces("the registry"), derived),
    ),
    grafana: name("a name that Azure allows for Grafana", "amg-lz-dev-weu").meta(
        effect("Name of Grafana, unique in Azure.", replaces("Grafana"), derived),
    ),
});

/** The whole configuration of a stack: one key of the stack file per property. */
export const settingsSchema = z.strictObject({
    ...commonSettings({
        environment: "Name of the environment",
        subscription: "Subscription to deploy to.",
    }),
    protection: protectionSchema.prefault({}).meta(effect("Guards against deletion.")),
    names: names.prefault({}).meta(effect("Names, where the derived ones do not suit.")),
    network: networkSchema.meta(effect("Virtual network, way out, peering and private DNS.")),
    cluster: clusterSchema.meta(effect("The AKS cluster with its system pool.")),
    nodePools: nodePoolsSchema,
    keyVault: keyVaultSchema.prefault({}).meta(effect("The vault for secrets and keys.")),
    registry: registrySchema.prefault({}).meta(effect("The container registry.")),
    monitoring: monitoringSchema.meta(effect("Logs, metrics and alerts.")),
    access: accessSchema.meta(
        effect("Who deploys, who administers, and the groups that everything else names."),
    ),
    governance: governanceSchema.prefault({}).meta(effect("Policies and budget.")),
    kubernetes: kubernetesSchema.prefault({}).meta(effect("What is installed inside the cluster.")),
    tenants: tenantsSchema.meta(effect("Namespaces: teams x environments.")),
});

/** Settings as the program reads them: defaults filled in. */
export type Settings = z.output<typeof settingsSchema>;
