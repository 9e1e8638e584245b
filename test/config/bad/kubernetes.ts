import { kured } from "./badConfiguration";
import type { BadConfiguration } from "./badConfiguration";

/** What is inside the cluster. */
export const kubernetes: readonly BadConfiguration[] = [
    [
        "kured is missing",
        { "cluster.upgrades": { nodePatching: "Kured" } },
        "kubernetes.kured: `kured` is missing, but cluster.upgrades.nodePatching is Kured: nodes would never be rebooted. Add `kured` with a `window`, or choose NodeImage or SecurityPatch.",
    ],
    [
        "kured is not wanted",
        { "kubernetes.kured": kured },
        "kubernetes.kured: `kured` is set, but cluster.upgrades.nodePatching is NodeImage, with which nodes never ask for a reboot. Remove `kured`, or set nodePatching to Kured.",
    ],
    [
        "a reboot window crosses midnight",
        {
            "cluster.upgrades": { nodePatching: "Kured" },
            "kubernetes.kured": {
                window: { days: ["mo"], startTime: "22:00", endTime: "04:00", timeZone: "UTC" },
            },
        },
        "kubernetes.kured.window.endTime: `window.endTime` 04:00 is not after `startTime` 22:00: kured goes by the weekday of the current minute, so a window cannot cross midnight. End it at 23:59 at the latest, or start it at 00:00 and name the following day.",
    ],
    [
        "a time zone is none",
        {
            "cluster.upgrades": { nodePatching: "Kured" },
            "kubernetes.kured": {
                window: { days: ["mo"], startTime: "01:00", endTime: "05:00", timeZone: "Amsterdam" },
            },
        },
        'kubernetes.kured.window.timeZone: `window.timeZone` is "Amsterdam": write an IANA name such as UTC or Europe/Amsterdam.',
    ],
    [
        "a lock ends before the drain",
        {
            "cluster.upgrades": { nodePatching: "Kured" },
            "kubernetes.kured": { ...kured, lockTtlInMinutes: 10 },
        },
        "kubernetes.kured.lockTtlInMinutes: `lockTtlInMinutes` is 10, but draining and releasing may take 17 minutes: more nodes than `concurrency` would reboot at once. Set it above 17 plus the time of a reboot, or to 0 for a lock that never expires.",
    ],
    [
        "nodes look more seldom than the window is long",
        {
            "cluster.upgrades": { nodePatching: "Kured" },
            "kubernetes.kured": {
                window: { days: ["mo"], startTime: "01:00", endTime: "01:30", timeZone: "UTC" },
                checkIntervalInMinutes: 45,
            },
        },
        "kubernetes.kured.checkIntervalInMinutes: `checkIntervalInMinutes` is 45, but the window lasts 30 minutes: nodes could miss it. Check more often, or widen `window`.",
    ],
    [
        "an open image expression",
        { "governance.policies": { allowedImagesRegex: "azurecr.io/.+$" } },
        'governance.policies.allowedImagesRegex: `policies.allowedImagesRegex` is "azurecr.io/.+$", which matches anywhere in an image\'s name: a foreign registry could carry yours in its path. Start it with ^.',
    ],
    [
        "a policy against the ingress itself",
        { "governance.policies": { effect: "Deny" }, "kubernetes.ingress": { exposure: "Public" } },
        'governance.policies.internalLoadBalancersOnly: `internalLoadBalancersOnly` is true and `effect` is Deny, but kubernetes.ingress.exposure is Public: the policy would refuse the ingress controller\'s load balancer. Add "ingress" to `excludedNamespaces`, or set `internalLoadBalancersOnly` to false.',
    ],
    [
        "an ingress address outside its subnet",
        { "kubernetes.ingress": { loadBalancerIp: "10.40.8.10" } },
        "kubernetes.ingress.loadBalancerIp: `loadBalancerIp` 10.40.8.10 is outside the ingress subnet 10.40.0.64/26. Use a free address inside it.",
    ],
    [
        "an ingress address is none",
        { "kubernetes.ingress": { loadBalancerIp: "10.40.8.300" } },
        'kubernetes.ingress.loadBalancerIp: `loadBalancerIp` is "10.40.8.300", which is no IPv4 address. Use a free one of the ingress subnet.',
    ],
    [
        "a chosen public address",
        { "kubernetes.ingress": { exposure: "Public", loadBalancerIp: "10.40.0.70" } },
        "kubernetes.ingress.loadBalancerIp: `loadBalancerIp` is 10.40.0.70, but only an internal address of Traefik can be chosen. Remove `loadBalancerIp`, or set `exposure` to Internal and `controller` to Traefik.",
    ],
    [
        "a source range with bits after its prefix",
        { "kubernetes.ingress": { allowedSourceRanges: ["10.0.0.1/8"] } },
        'kubernetes.ingress.allowedSourceRanges[0]: `allowedSourceRanges[0]` "10.0.0.1/8" has address bits set after its prefix; the range is written 10.0.0.0/8.',
    ],
    [
        "a custom controller without a chart",
        { "kubernetes.ingress": { controller: "Custom" } },
        "kubernetes.ingress.custom: `custom` is missing: controller Custom needs the chart to install. Set `custom`, or another `controller`.",
    ],
    [
        "a chart without controller Custom",
        {
            "kubernetes.ingress": {
                custom: { name: "envoy", chart: "oci://docker.io/envoyproxy/gateway-helm", version: "1.9.0" },
            },
        },
        "kubernetes.ingress.custom: `custom` is set, but `controller` is Traefik. Set `controller` to Custom, or remove `custom`.",
    ],
    [
        "the retired chart as a custom one",
        {
            "kubernetes.ingress": {
                controller: "Custom",
                custom: {
                    name: "nginx",
                    chart: "ingress-nginx",
                    version: "4.15.1",
                    repository: "https://kubernetes.github.io/ingress-nginx",
                },
            },
        },
        "kubernetes.ingress.custom.chart: `custom.chart` ingress-nginx is refused. The community ingress-nginx controller is retired: since March 2026 it gets no releases and no security fixes (https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement). Use `Traefik` (the default; its kubernetesIngressNGINX provider reads most ingress-nginx annotations), `Custom` with a maintained chart such as Envoy Gateway (`oci://docker.io/envoyproxy/gateway-helm`) or F5's NGINX (`oci://ghcr.io/nginx/charts/nginx-ingress`), or `None` beside a managed one: the Gateway API implementation of application routing, or Application Gateway for Containers.",
    ],
    [
        "a priority class twice",
        {
            "kubernetes.platform": {
                priorityClasses: [{ name: "tenant-high", value: 5, description: "Mine" }],
            },
        },
        'kubernetes.platform.priorityClasses: `priorityClasses` has "tenant-high", which exists already. Choose another name.',
    ],
    [
        "a default storage class that is not made",
        { "kubernetes.platform": { defaultStorageClass: "disk-premium" } },
        'kubernetes.platform.defaultStorageClass: `defaultStorageClass` is "disk-premium": allowed are disk-premium-zrs, disk-standard-zrs. Name one of them.',
    ],
    [
        "a default storage class of none",
        { "kubernetes.platform": { storageClasses: false, defaultStorageClass: "disk-premium-zrs" } },
        'kubernetes.platform.defaultStorageClass: `defaultStorageClass` is "disk-premium-zrs": no storage class is made. Set `storageClasses` to true.',
    ],
    [
        "an ingress address that Azure keeps, the first",
        { "kubernetes.ingress": { loadBalancerIp: "10.40.0.67" } },
        "kubernetes.ingress.loadBalancerIp: `loadBalancerIp` 10.40.0.67 is one of the addresses of the ingress subnet 10.40.0.64/26 that Azure keeps. Use one from 10.40.0.68 to 10.40.0.126.",
    ],
    [
        "an ingress address that Azure keeps, the last",
        { "kubernetes.ingress": { loadBalancerIp: "10.40.0.127" } },
        "kubernetes.ingress.loadBalancerIp: `loadBalancerIp` 10.40.0.127 is one of the addresses of the ingress subnet 10.40.0.64/26 that Azure keeps. Use one from 10.40.0.68 to 10.40.0.126.",
    ],
    [
        "disk classes without the driver",
        { "cluster.storage": { disk: false } },
        "cluster.storage.disk: `storage.disk` is false, but kubernetes.platform makes disk-premium-zrs, disk-standard-zrs, whose volumes need that driver. Set it to true, or kubernetes.platform.storageClasses to false.",
    ],
    [
        "a file class without the driver",
        { "cluster.storage": { file: false }, "kubernetes.platform": { fileShareEndpoint: "Private" } },
        "cluster.storage.file: `storage.file` is false, but kubernetes.platform makes file-premium-zrs, whose volumes need that driver. Set it to true, or kubernetes.platform.fileShareEndpoint to None.",
    ],
    [
        "a custom chart from nowhere",
        {
            "kubernetes.ingress": {
                controller: "Custom",
                custom: { name: "x", chart: "haproxy", version: "1.2.3" },
            },
        },
        "kubernetes.ingress.custom.repository: `custom.repository` is missing: `custom.chart` haproxy is a name alone. Give the repository that has it, or an oci:// path as the chart.",
    ],
];
