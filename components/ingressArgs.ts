import type * as pulumi from "@pulumi/pulumi";

/** What brings requests from outside to the workloads. */
export const IngressController = {
    /** Traefik Proxy, by its Helm chart, with production settings. */
    Traefik: "Traefik",
    /** A Helm chart of the user's choice, in the same namespace and with the same release settings. */
    Custom: "Custom",
    /** Nothing is installed, for example because a managed controller of AKS does the work. */
    None: "None",
} as const;
/** One of the values of the constant of the same name. */
export type IngressController = (typeof IngressController)[keyof typeof IngressController];

/** Who can open a connection to Traefik. */
export const IngressExposure = {
    /** The load balancer has an address inside the virtual network. */
    Internal: "Internal",
    /** The load balancer has a public address; ports 80 and 443 must be open in the subnet's security group. */
    Public: "Public",
} as const;
/** One of the values of the constant of the same name. */
export type IngressExposure = (typeof IngressExposure)[keyof typeof IngressExposure];

/** A Helm chart that takes the place of Traefik. */
export interface CustomChartArgs {
    /** Name of the Helm release. Changing this replaces the release. */
    name: string;
    /** Chart: an `oci://` reference, the name of a chart in `repository`, or the path of a packaged chart. The retired ingress-nginx is refused. */
    chart: string;
    /** Exact version of the chart. */
    version: string;
    /** Chart repository (`https://...`) that holds `chart`. Not used with `oci://` references and paths, nor when `chartMirror` is set. */
    repository?: string;
    /** Helm values. Nothing is added to them: whether the load balancer is internal is decided here. */
    // Helm values have no type that all charts share, and the schema of the package knows `any` only.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    values?: { [key: string]: any };
    /** Name of the IngressClass that the chart creates; it becomes the output `ingressClassName`. */
    ingressClassName?: string;
}

/** A taint that Traefik's pods accept, as in a pod's `tolerations`. */
export interface IngressTolerationArgs {
    /** Key of the taint. Absent: every key, with operator `Exists`. */
    key?: string;
    /** `Equal` or `Exists`. Defaults to `Equal`. */
    operator?: string;
    /** Value of the taint, with operator `Equal`. */
    value?: string;
    /** Effect of the taint: `NoSchedule`, `PreferNoSchedule` or `NoExecute`. Absent: every effect. */
    effect?: string;
}

/** Inputs of the Ingress component. */
export interface IngressArgs {
    /** Which controller is installed. Changing this replaces it. Defaults to Traefik. */
    controller?: IngressController;
    /** Namespace that is created for the controller. Changing this replaces the namespace and the controller. Defaults to `ingress`. */
    namespace?: string;
    /** Where charts are taken from instead of their makers: a registry path (`oci://...`), a chart repository (`https://...`) or a local folder with packaged charts (`<name>-<version>.tgz`). Absent: the makers' own places. */
    chartMirror?: string;
    /** Registry host, with a path if need be, that serves the image `traefik`. For Traefik only. Absent: Docker Hub. */
    imageRegistry?: pulumi.Input<string>;
    /** The chart to install; required with, and only for, controller Custom. */
    custom?: CustomChartArgs;
    /** Whether Traefik's load balancer has an address inside the virtual network or on the Internet. Changing this changes the address. For Traefik only. Defaults to Internal. */
    exposure?: IngressExposure;
    /** Name of the subnet that holds the internal address; without effect on a Public one. For Traefik only. Absent: the subnet of the nodes. */
    internalSubnetName?: pulumi.Input<string>;
    /** Address of the internal load balancer, free and inside the subnet; refused with a Public one. For Traefik only. Absent: Azure chooses one. */
    loadBalancerIp?: string;
    /** Ranges in CIDR notation that may reach the load balancer. For Traefik only. Absent or empty: whoever reaches it by network. */
    allowedSourceRanges?: string[];
    /** Number of Traefik's pods, spread over nodes and zones. Defaults to 3. */
    replicas?: number;
    /** Name of the priority class of Traefik's pods. Absent: the cluster's default priority. */
    priorityClassName?: pulumi.Input<string>;
    /** Whether Ingress objects that name no class are Traefik's. Defaults to true. */
    defaultIngressClass?: boolean;
    /** Labels of the nodes that Traefik's pods run on, beside Linux. Absent: any. */
    nodeSelector?: { [key: string]: string };
    /** Taints that Traefik's pods accept. Absent: none. */
    tolerations?: IngressTolerationArgs[];
    /** Whether managed Prometheus scrapes Traefik, by a PodMonitor of azmonitoring.coreos.com; needs the metrics add-on of the cluster. For Traefik only. Defaults to true. */
    scrape?: boolean;
    /** Helm values laid over the ones that this component sets for Traefik, for what no argument covers. */
    // Helm values have no type that all charts share, and the schema of the package knows `any` only.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    values?: { [key: string]: any };
    /** Values of whatever must exist before the namespace, for example ids of policy assignments; only their order counts. */
    waitFor?: pulumi.Input<string>[];
}
