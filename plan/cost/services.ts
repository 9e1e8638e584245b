import { chartName } from "../../components/internal/charts";
import { types } from "../../stack/resourceTypes";
import { at, listAt, numberAt, recordAt, recordsAt, textAt } from "../../stack/values";
import { daysPerMonth, expectedShareOfLogs } from "./assumptions";
import { byUsage, priced, regionOf, spreadOf, unknown } from "./lines";
import type { CostLine, LineContext } from "./lines";
import type { PriceName } from "./prices";

type LineRule = (context: LineContext) => CostLine[];

/** What network resources cost. */
export const networkLines: Readonly<Record<string, LineRule>> = {
    [types.natGateway]: (context) => {
        const isV2 = textAt(context.resource.inputs, "sku", "name") === "StandardV2";
        return [
            priced(context, isV2 ? "natGatewayV2" : "natGateway", { item: "NAT gateway" }),
            byUsage(context, "NAT gateway, data", "by the gigabyte, in both directions"),
        ];
    },
    [types.publicIpAddress]: (context) => [priced(context, "publicIpAddress", { item: "Public IP address" })],
    [types.publicIpPrefix]: (context) => [
        priced(context, "publicIpPrefixAddress", {
            item: "Public IP prefix",
            quantity: 2 ** (32 - (numberAt(context.resource.inputs, "prefixLength") ?? 28)),
            note: "by address",
        }),
    ],
    [types.privateEndpoint]: (context) => [
        priced(context, "privateEndpoint", { item: "Private endpoint" }),
        byUsage(context, "Private endpoint, data", "by the gigabyte, each way"),
    ],
    [types.privateDnsZone]: (context) => [
        priced(context, "privateDnsZone", {
            item: "Private DNS zone",
            note: "one of the first 25; Azure's billing zone 1",
        }),
        byUsage(context, "Private DNS zone, queries", "by the million"),
    ],
    [types.peering]: (context) => [byUsage(context, "Network peering, data", "by the gigabyte, each way")],
};

/** What the vault, the registry and monitoring cost. */
export const dataLines: Readonly<Record<string, LineRule>> = {
    [types.vault]: (context) => [byUsage(context, "Key Vault, operations", "by 10,000")],
    [types.key]: (context) => {
        const isHsm = /HSM$/i.test(textAt(context.resource.inputs, "properties", "kty") ?? "");
        return isHsm ? [priced(context, "hsmKey", { item: "HSM-protected key" })] : [];
    },
    [types.storageAccount]: (context) => [
        byUsage(context, "Storage account, blobs", "by the gigabyte and month, and by 10,000 operations"),
    ],
    [types.registry]: (context) => {
        const sku = textAt(context.resource.inputs, "sku", "name") ?? "?";
        const price = {
            Basic: "registryBasic",
            Standard: "registryStandard",
            Premium: "registryPremium",
        } as const;
        const known = Object.entries(price).find(([name]) => name === sku);
        return [
            known
                ? priced(context, known[1], { item: `Container registry, ${sku}` })
                : unknown(context, { item: `Container registry, ${sku}` }),
            byUsage(context, "Container registry, storage", "by the gigabyte above what the tier includes"),
        ];
    },
    [types.registryReplication]: (context) => [
        priced(context, "registryReplica", { item: "Registry replica" }),
    ],
    [types.logAnalyticsWorkspace]: (context) => {
        const cap = numberAt(context.resource.inputs, "workspaceCapping", "dailyQuotaGb");
        const item = "Log Analytics, ingestion";
        return [
            cap !== undefined && cap > 0
                ? priced(context, "logIngestion", {
                      item,
                      quantity: spreadOf([cappedShare], (share) => cap * daysPerMonth * share),
                      note: `gigabytes; stops at ${cap} GB a day`,
                      basis: "assumed",
                  })
                : byUsage(context, item, "by the gigabyte; without a daily cap"),
            byUsage(context, "Log Analytics, retention", "by the gigabyte and month after 31 days"),
        ];
    },
    [types.azureMonitorWorkspace]: (context) => [
        byUsage(context, "Managed Prometheus, ingestion and queries", "by 10 million samples"),
    ],
    [types.grafana]: (context) => [
        priced(context, "grafanaUnit", { item: "Managed Grafana, size X1", quantity: 2, note: "2 units" }),
        ...(at(context.resource.inputs, "properties", "zoneRedundancy") === "Enabled"
            ? [priced(context, "grafanaZones", { item: "Managed Grafana, zone redundancy" })]
            : []),
        byUsage(context, "Managed Grafana, users", "by active user and month"),
    ],
    [types.actionGroup]: (context) => [
        byUsage(context, "Action group, e-mail", "by message, the first 1,000 free"),
    ],
    [types.metricAlert]: (context) => {
        const { inputs } = context.resource;
        const series = listAt(inputs, "scopes").length * recordsAt(inputs, "criteria", "allOf").length;
        return [
            priced(context, "metricAlertSeries", {
                item: "Metric alert",
                // The first ten series are free, and other alerts of the subscription may use them up.
                quantity: { minimum: 0, expected: series, maximum: series },
                region: alertRegion(context),
                note: "the first 10 series are free",
            }),
        ];
    },
    [types.activityLogAlert]: (context) => [
        priced(context, "activityLogAlert", { item: "Activity log alert", region: alertRegion(context) }),
    ],
    [types.scheduledQueryRule]: (context) => {
        const frequency = textAt(context.resource.inputs, "evaluationFrequency") ?? "?";
        return [
            priced(context, logAlertPrices[frequency] ?? "logAlertOther", {
                item: `Log alert, every ${frequency}`,
            }),
        ];
    },
    [types.prometheusRuleGroup]: (context) => {
        const alerts = recordsAt(context.resource.inputs, "rules").filter((rule) =>
            textAt(rule, "alert"),
        ).length;
        return alerts === 0
            ? []
            : [priced(context, "prometheusAlertRule", { item: "Prometheus alert rules", quantity: alerts })];
    },
};

/** How much of its daily cap a workspace takes in. */
const cappedShare = { minimum: 0, expected: expectedShareOfLogs, maximum: 1 };

const logAlertPrices: Readonly<Record<string, PriceName>> = {
    PT1M: "logAlert1Minute",
    PT5M: "logAlert5Minutes",
    PT10M: "logAlert10Minutes",
    PT15M: "logAlert15Minutes",
};

/** Global alerts watch resources of a region; the price is that of the region they are billed in, taken to be their group's. */
function alertRegion({ stack, resource }: LineContext): string | undefined {
    const group = stack
        .ofType(types.resourceGroup)
        .find(({ state }) => state["name"] === resource.inputs["resourceGroupName"]);
    return group && regionOf(group);
}

/** Load balancers that AKS makes for the cluster: one for public and one for internal addresses, shared by all services. */
export function loadBalancerLines(context: LineContext): CostLine[] {
    const { stack, resource: cluster } = context;
    const ingress = stack
        .ofType(types.helmRelease)
        .filter(({ inputs }) => chartName(textAt(inputs, "chart") ?? "") === "traefik");
    const services = stack
        .ofType(types.service)
        .filter(({ inputs }) => textAt(inputs, "spec", "type") === "LoadBalancer")
        .map(({ inputs }) => recordAt(inputs, "metadata", "annotations"));
    const annotations = [
        ...services,
        ...ingress.map(({ inputs }) => recordAt(inputs, "values", "service", "annotations")),
    ];
    const isInternal = (notes: Record<string, unknown>) =>
        String(notes["service.beta.kubernetes.io/azure-load-balancer-internal"]) === "true";
    const internal = annotations.filter(isInternal).length;
    const isOutbound = textAt(cluster.inputs, "networkProfile", "outboundType") === "loadBalancer";
    const publicAddresses = annotations.length - internal + (isOutbound ? 1 : 0);
    const note = "up to 5 rules";
    return [
        ...(internal > 0 ? [priced(context, "loadBalancer", { item: "Load balancer, internal", note })] : []),
        ...(publicAddresses > 0
            ? [
                  priced(context, "loadBalancer", { item: "Load balancer, public", note }),
                  priced(context, "publicIpAddress", {
                      item: "Public IP addresses of the load balancer",
                      quantity: publicAddresses,
                  }),
              ]
            : []),
        ...(internal + publicAddresses > 0
            ? [byUsage(context, "Load balancers, data", "by the gigabyte")]
            : []),
    ];
}
