import type * as pulumi from "@pulumi/pulumi";
import type { PodSecurityLevel } from "./podSecurityLevel";

/** What all pods and objects of a namespace may use together. Amounts are Kubernetes quantities such as `500m`, `2` or `4Gi`. */
export interface TenantQuotaArgs {
    /** Sum of the CPU requests. */
    requestsCpu: string;
    /** Sum of the memory requests. */
    requestsMemory: string;
    /** Sum of the CPU limits; not below `requestsCpu`. */
    limitsCpu: string;
    /** Sum of the memory limits; not below `requestsMemory`. */
    limitsMemory: string;
    /** Number of pods that have not ended. */
    pods: number;
    /** Number of persistent volume claims. Defaults to 10. */
    persistentVolumeClaims?: number;
    /** Sum of the storage that the claims request. Defaults to `100Gi`. */
    storage?: string;
    /** Number of services of type LoadBalancer; each can be a way in past the ingress controller. Defaults to 0. */
    loadBalancers?: number;
    /** Number of node ports, those that services of type LoadBalancer take included. Defaults to 0. */
    nodePorts?: number;
}

/** What a container gets that does not say it itself, and the most that one may ask for. Amounts are Kubernetes quantities. */
export interface ContainerDefaultsArgs {
    /** CPU request of a container that names none. Defaults to `100m`. */
    requestCpu?: string;
    /** Memory request of a container that names none. Defaults to `128Mi`. */
    requestMemory?: string;
    /** CPU limit of a container that names none. Defaults to `500m`. */
    limitCpu?: string;
    /** Memory limit of a container that names none. Defaults to `512Mi`. */
    limitMemory?: string;
    /** Largest CPU limit of one container. Defaults to the quota's `limitsCpu`. */
    maxCpu?: string;
    /** Largest memory limit of one container. Defaults to the quota's `limitsMemory`. */
    maxMemory?: string;
}

/** A range outside the cluster that the namespace's pods may open connections to. */
export interface EgressRuleArgs {
    /** Range in CIDR notation. With Cilium it never matches pods or nodes. The addresses of instance metadata and the Azure wire server are left out of every wider range. */
    cidr: string;
    /** TCP ports. */
    ports: number[];
    /** Parts of the range, in CIDR notation, that stay closed. Absent: none. */
    except?: string[];
}

/** Traffic that is allowed; all other traffic of the namespace's pods is denied, but for DNS. */
export interface TenantNetworkArgs {
    /** Namespace of the ingress controller, which may reach every pod. Absent: no requests come in that way. */
    ingressNamespace?: string;
    /** Whether pods of the namespace may reach each other. Defaults to true. */
    allowSameNamespace?: boolean;
    /** Whether pods in kube-system, where the scrapers of managed Prometheus run, may reach the namespace's pods. Defaults to true. */
    allowMetricsScraping?: boolean;
    /** Ranges outside the cluster that may be reached. Absent: none. */
    egressCidrs?: EgressRuleArgs[];
    /** Other namespaces whose pods may be reached. Absent: none. */
    egressNamespaces?: string[];
}

/** Inputs of the Tenant component. */
export interface TenantArgs {
    /** Name of the namespace: a DNS label, not one of the cluster's own (`kube-*`, `aks-*`, `azure-*`, `default`, `gatekeeper-system`, `flux-system`, `dataprotection-microsoft`). Changing this replaces the namespace with everything in it. */
    namespace: string;
    /** Team or product that owns the namespace; becomes a label. */
    tenant: string;
    /** Environment that the namespace carries, for example `dev`; becomes a label. */
    environment: string;
    /** Pod security standard that pods are held to. Defaults to Restricted. */
    podSecurityLevel?: PodSecurityLevel;
    /** What the namespace may use altogether. */
    quota: TenantQuotaArgs;
    /** What single containers get and may ask for. Absent: the defaults of each field. */
    containerDefaults?: ContainerDefaultsArgs;
    /** Traffic that is allowed. Absent: DNS, between the namespace's pods, and metrics scraping. */
    network?: TenantNetworkArgs;
    /** Object ids of the Entra groups that may change workloads (ClusterRole `edit`). Absent: none. */
    developerGroupObjectIds?: pulumi.Input<string>[];
    /** Object ids of the Entra groups that may look at everything but secrets (ClusterRole `view`). Absent: none. */
    readerGroupObjectIds?: pulumi.Input<string>[];
    /** Names of service accounts for workloads that need no Azure identity. Their pods get no token of the Kubernetes API unless they ask for it. Absent: none. */
    serviceAccounts?: string[];
    /** Name of a Secret in the namespace, made by its users, with which the namespace's own and the `default` service account pull images. Absent: none, the cluster's registry needs none. */
    imagePullSecretName?: string;
    /** The one priority class that pods may name; pods that name another are refused, so that no tenant displaces the platform. Pods that name none are not affected. Defaults to `tenant-default`. */
    priorityClassName?: string;
    /** Further labels of the namespace. Those that this component sets itself cannot be changed. Absent: none. */
    labels?: { [key: string]: string };
    /** Values of whatever must exist before the namespace, for example ids of policy assignments; only their order counts. */
    waitFor?: pulumi.Input<string>[];
}
