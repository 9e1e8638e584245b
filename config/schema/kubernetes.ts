import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";
import { IngressController, IngressExposure } from "../../components/ingressArgs";
import { explainRefusedController } from "../../components/internal/ingressChoices";
import {
    choice,
    cidr,
    dnsLabel,
    effect,
    flag,
    inPlace,
    integer,
    labels,
    ipAddress,
    replaces,
    text,
    timeOfDay,
    words,
} from "./values";

const helmValues = (description = "Helm values, laid over those that the component sets.") =>
    z.record(z.string(), z.unknown()).default({}).meta(effect(description));

const toleration = z.strictObject({
    key: words("dedicated")
        .optional()
        .meta(effect("Key of the taint.", inPlace, { defaultText: "every key" })),
    operator: z
        .enum(["Equal", "Exists"])
        .default("Equal")
        .meta(effect("Equal compares the value, Exists does not.")),
    value: z
        .string()
        .optional()
        .meta(effect("Value of the taint.", inPlace, { defaultText: "none" })),
    effect: z
        .enum(["NoSchedule", "PreferNoSchedule", "NoExecute"])
        .optional()
        .meta(effect("Effect of the taint.", inPlace, { defaultText: "every effect" })),
});

const custom = z.strictObject({
    name: dnsLabel("envoy-gateway", 53).meta(effect("Name of the Helm release.", replaces("the release"))),
    chart: words("oci://docker.io/envoyproxy/gateway-helm").meta(
        effect("Chart: an oci:// path, or a name in `repository`.", replaces("the release")),
    ),
    version: words("1.9.0").meta(effect("Exact version of the chart.")),
    repository: words("https://example.com/charts")
        .optional()
        .meta(effect("Chart repository, for a chart that is not an oci:// path.")),
    values: helmValues("Helm values; nothing is added to them."),
    ingressClassName: dnsLabel("envoy")
        .optional()
        .meta(
            effect("IngressClass that the chart creates; becomes a stack output.", inPlace, {
                defaultText: "not known",
            }),
        ),
});

const ingress = z.strictObject({
    controller: choice(IngressController)
        .default(IngressController.Traefik)
        .meta(
            effect(
                "Ingress controller: Traefik, a chart of your own, or none.",
                replaces("the ingress controller"),
                { explain: explainRefusedController },
            ),
        ),
    custom: custom.optional().meta(effect("The chart, with controller Custom.")),
    exposure: choice(IngressExposure)
        .default(IngressExposure.Internal)
        .meta(
            effect(
                "Internal: an address in the ingress subnet. Public: an address on the Internet, and ports 80 and 443 open.",
                "in place; the address changes",
            ),
        ),
    loadBalancerIp: ipAddress()
        .optional()
        .meta(
            effect("Address of the load balancer.", "in place; the address changes", {
                defaultText: "Azure chooses one",
            }),
        ),
    replicas: integer(1, 50).default(3).meta(effect("Pods of the ingress controller.")),
    allowedSourceRanges: z
        .array(cidr())
        .default([])
        .meta(effect("Ranges that may reach the load balancer; all that reach it by network when empty.")),
    defaultIngressClass: flag()
        .default(true)
        .meta(effect("Ingress objects that name no class are Traefik's.")),
    nodeSelector: labels().default({}).meta(effect("Labels of the nodes that Traefik runs on.")),
    tolerations: z.array(toleration).default([]).meta(effect("Taints that Traefik's pods accept.")),
    values: helmValues(),
});

const kured = z.strictObject({
    window: z
        .strictObject({
            days: z
                .array(z.enum(["mo", "tu", "we", "th", "fr", "sa", "su"]))
                .min(1)
                .meta(effect("Days on which nodes may reboot, in timeZone.")),
            startTime: timeOfDay().meta(effect("When reboots may start.")),
            endTime: timeOfDay().meta(
                effect(
                    "When no further reboot starts. Later than startTime: a window does not cross midnight.",
                ),
            ),
            timeZone: words("Europe/Amsterdam").meta(effect("IANA time zone of the window.")),
        })
        .meta(effect("When nodes that ask for it are rebooted.")),
    concurrency: integer(1, 50).default(1).meta(effect("Nodes that reboot at the same time.")),
    drainTimeoutInMinutes: integer(1, 1440)
        .default(15)
        .meta(effect("Longest time to empty a node before its reboot.")),
    checkIntervalInMinutes: integer(1, 1440)
        .default(15)
        .meta(effect("How often each node looks whether it must reboot.")),
    lockTtlInMinutes: integer(0, 1440)
        .default(60)
        .meta(
            effect("After this time another node may go on though one did not come back; 0 waits for ever."),
        ),
    lockReleaseDelayInMinutes: integer(0, 1440)
        .default(2)
        .meta(
            effect(
                "How long a node keeps the lock after its reboot, so that its pods are ready before the next node goes.",
            ),
        ),
    values: helmValues(),
    notifyUrl: text(/^[a-z][a-z0-9+]*:\/\/\S+$/, {
        allowed: "a shoutrrr URL such as slack://... or teams://...",
        example: "logger://",
        fix: "Set it with `pulumi config set --secret --path 'kubernetes.kured.notifyUrl' <url>`.",
        standIn: "notifyUrl",
        secret: true,
    })
        // From here on Pulumi keeps it out of logs and state.
        .transform((url) => pulumi.secret(url))
        .optional()
        .meta(effect("Where kured reports reboots. Keep it encrypted.", inPlace, { defaultText: "nowhere" })),
});

export const kubernetesSchema = z.strictObject({
    login: z
        .enum(["azurecli", "workloadidentity", "spn", "msi"])
        .default("azurecli")
        .meta(
            effect(
                "How kubelogin signs the deployer in: azurecli with the session of `az login`, on a laptop and in pipelines; workloadidentity, spn or msi where there is no such session.",
            ),
        ),
    chartMirror: words("oci://registry.example.com/charts")
        .optional()
        .meta(
            effect("Registry path (oci://...) or local folder that all charts are taken from.", inPlace, {
                defaultText: "each chart's own source",
            }),
        ),
    imageRegistry: text(/^(?!.*:\/\/)\S+$/, {
        allowed: "a registry host, with a path if need be, such as crlzprodweu.azurecr.io/mirror",
        example: "crlzprodweu.azurecr.io",
        fix: "Leave out the scheme.",
    })
        .optional()
        .meta(
            effect(
                "Registry host, with a path if need be, that serves the images of Traefik and kured.",
                inPlace,
                { defaultText: "each image's own registry" },
            ),
        ),
    ingress: ingress.prefault({}).meta(effect("The way into the cluster.")),
    kured: kured
        .optional()
        .meta(
            effect("Reboots of patched nodes; needed by, and only for, cluster.upgrades.nodePatching Kured."),
        ),
    platform: z
        .strictObject({
            storageClasses: flag()
                .default(true)
                .meta(effect("Zone-redundant storage classes that bind late.")),
            priorityClasses: z
                .array(
                    z.strictObject({
                        name: dnsLabel("batch").meta(effect("Name of the class.", replaces("the class"))),
                        value: integer(-2_147_483_648, 1_000_000_000).meta(
                            effect("Priority: the higher goes first.", replaces("the class")),
                        ),
                        description: words("Nightly jobs").meta(effect("What the class is for.")),
                        preempting: flag()
                            .default(true)
                            .meta(effect("Pods of the class may displace others.", replaces("the class"))),
                    }),
                )
                .default([])
                .meta(
                    effect(
                        "Priority classes beside platform-critical, tenant-high, tenant-default and tenant-low.",
                    ),
                ),
            volumeReclaimPolicy: z
                .enum(["Delete", "Retain"])
                .default("Delete")
                .meta(
                    effect(
                        "What becomes of a volume when its claim is deleted.",
                        replaces("the storage classes, not the volumes"),
                    ),
                ),
            fileShareEndpoint: z
                .enum(["None", "Private", "Public"])
                .default("None")
                .meta(
                    effect(
                        "Storage class for file shares: none, by private endpoint (the cluster may then change the network's resource group), or by public endpoint.",
                        replaces("the file storage class, not the shares"),
                    ),
                ),
            defaultStorageClass: dnsLabel("disk-premium-zrs")
                .optional()
                .meta(
                    effect("Storage class of claims that name none.", inPlace, {
                        defaultText: "the one of AKS",
                    }),
                ),
        })
        .prefault({})
        .meta(effect("Priority classes and storage classes.")),
});
