import * as z from "zod";
import { PodSecurityLevel } from "../../components/podSecurityLevel";
import {
    choice,
    cidr,
    dnsLabel,
    effect,
    flag,
    groupKey,
    inPlace,
    integer,
    labels,
    quantity,
    replaces,
} from "./values";

const namespace = replaces("the namespace and everything in it");

const quota = z.strictObject({
    requestsCpu: quantity().meta(effect("CPU that all pods together may request.")),
    requestsMemory: quantity().meta(effect("Memory that all pods together may request.")),
    limitsCpu: quantity().meta(effect("Sum of all CPU limits.")),
    limitsMemory: quantity().meta(effect("Sum of all memory limits.")),
    pods: integer(1, 10_000).meta(effect("Most pods.")),
    persistentVolumeClaims: integer(0, 1000).default(10).meta(effect("Most volume claims.")),
    storage: quantity().default("100Gi").meta(effect("Sum of what all volume claims request.")),
    loadBalancers: integer(0, 100).default(0).meta(effect("Most services of type LoadBalancer.")),
    nodePorts: integer(0, 100).default(0).meta(effect("Most services of type NodePort.")),
});

const containerDefaults = z.strictObject({
    requestCpu: quantity().default("100m").meta(effect("CPU request of a container that names none.")),
    requestMemory: quantity().default("128Mi").meta(effect("Memory request of a container that names none.")),
    limitCpu: quantity().default("500m").meta(effect("CPU limit of a container that names none.")),
    limitMemory: quantity().default("512Mi").meta(effect("Memory limit of a container that names none.")),
    maxCpu: quantity()
        .optional()
        .meta(effect("Largest CPU limit of one container.", inPlace, { defaultText: "the quota's limit" })),
    maxMemory: quantity()
        .optional()
        .meta(
            effect("Largest memory limit of one container.", inPlace, { defaultText: "the quota's limit" }),
        ),
});

const size = z.strictObject({
    quota: quota.meta(effect("ResourceQuota of the namespace.")),
    containerDefaults: containerDefaults.prefault({}).meta(effect("LimitRange of the namespace.")),
});

const environmentName = () => dnsLabel("dev", 20);

const workload = z.strictObject({
    serviceAccount: dnsLabel("api").meta(
        effect(
            "Service account that the workload runs as, in each of the team's namespaces.",
            replaces("the federated credential"),
        ),
    ),
    keyVaultSecrets: flag()
        .default(false)
        .meta(effect("Let the workload read the secrets of the stack's vault.")),
});

const network = z.strictObject({
    allowSameNamespace: flag().default(true).meta(effect("Pods of a namespace may reach each other.")),
    allowMetricsScraping: flag().default(true).meta(effect("Managed Prometheus may reach the pods.")),
    egressCidrs: z
        .array(
            z.strictObject({
                cidr: cidr().meta(effect("Range outside the cluster that pods may reach.")),
                ports: z.array(integer(1, 65_535)).min(1).meta(effect("TCP ports.")),
                except: z.array(cidr()).default([]).meta(effect("Parts of the range that stay closed.")),
            }),
        )
        .default([])
        .meta(effect("Connections out of the cluster that are allowed.")),
    egressNamespaces: z
        .array(dnsLabel("shared-dev"))
        .default([])
        .meta(effect("Other namespaces that pods may reach.")),
});

const team = z.strictObject({
    size: dnsLabel("small", 40).meta(effect("Key of tenants.sizes.")),
    podSecurityLevel: choice(PodSecurityLevel)
        .default(PodSecurityLevel.Restricted)
        .meta(effect("Pod security standard that the namespaces enforce.")),
    developers: z.array(groupKey()).default([]).meta(effect("Groups that may change workloads.")),
    readers: z.array(groupKey()).default([]).meta(effect("Groups that may look.")),
    environments: z
        .record(
            environmentName(),
            z.strictObject({
                size: dnsLabel("small", 40)
                    .optional()
                    .meta(
                        effect("Another size in this environment.", inPlace, { defaultText: "the team's" }),
                    ),
            }),
        )
        .default({})
        .meta(effect("What differs in single environments.")),
    serviceAccounts: z
        .array(dnsLabel("runner"))
        .default([])
        .meta(effect("Service accounts without an Azure identity.")),
    workloads: z
        .record(dnsLabel("api", 30), workload)
        .default({})
        .meta(effect("Workloads with an Azure identity of their own.", replaces("the identity"))),
    network: network
        .prefault({})
        .meta(effect("Traffic of the namespaces; all other traffic is denied, but for DNS.")),
    imagePullSecretName: dnsLabel("registry")
        .optional()
        .meta(effect("Pull secret for registries other than the stack's.", inPlace, { defaultText: "none" })),
    priorityClassName: dnsLabel("tenant-default")
        .default("tenant-default")
        .meta(effect("The one priority class that pods may name.")),
    labels: labels().default({}).meta(effect("Further labels of the namespaces.")),
});

export const tenantsSchema = z.strictObject({
    environments: z
        .array(environmentName())
        .min(1)
        .meta(
            effect(
                "Environments that this cluster carries; every team gets a namespace <team>-<environment> in each.",
                namespace,
            ),
        ),
    sizes: z.record(dnsLabel("small", 40), size).meta(effect("Namespace sizes by name.")),
    teams: z.record(dnsLabel("payments", 40), team).meta(effect("Teams by name.", namespace)),
});
