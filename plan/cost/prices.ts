/**
 * Azure list prices in USD, pay-as-you-go, without tax: an estimate's raw material, never a quote. Collected 2026-11-21
 * from public material; nothing was read from Azure's price API, and every figure carries the date of its own evidence.
 * A price that was found for no region is `unknown`, never zero. How each was found: docs/plan.md.
 */
export const priceTable = {
    currency: "USD",
    collected: "2026-11-21",
    /** Azure bills a month as 730 hours. */
    hoursPerMonth: 730,
} as const;

/** What one unit of a price is. Prices by any other unit (gigabyte, operation, user) depend on usage and are no amount a month. */
export type PriceUnit = "hour" | "day" | "month";

/** Evidence for a price in one region. */
export interface Evidence {
    usd: number;
    /** Day of the evidence. */
    date: string;
    /** Letter of the source in docs/plan.md. */
    source: string;
}

/** Region of meters that cost the same everywhere. */
export const everywhere = "global";

/** One meter. */
export interface Price {
    /** Azure's name of the meter: service / product or sku / meter. */
    meter: string;
    unit: PriceUnit;
    /** By region as Azure spells it, or {@link everywhere}. Empty: no evidence was found. */
    regions: Readonly<Record<string, Evidence>>;
}

function evidence(usd: number, date: string, source: string): Evidence {
    return { usd, date, source };
}

/** Meters other than virtual machines. */
export const prices = {
    aksFree: {
        meter: "no meter",
        unit: "hour",
        regions: { [everywhere]: evidence(0, "2026-08-25", "T") },
    },
    aksStandard: {
        meter: "Azure Kubernetes Service / Standard / Standard Uptime SLA",
        unit: "hour",
        regions: {
            eastus: evidence(0.1, "2026-09-29", "B"),
            germanywestcentral: evidence(0.1, "2026-08-25", "T"),
        },
    },
    aksPremium: {
        meter: "Azure Kubernetes Service / Standard / Standard Long Term Support",
        unit: "hour",
        regions: {
            eastus: evidence(0.6, "2026-09-29", "B"),
            germanywestcentral: evidence(0.6, "2026-08-25", "T"),
        },
    },
    diskP10: {
        meter: "Storage / Premium SSD Managed Disks / P10 LRS Disk",
        unit: "month",
        regions: {
            eastus: evidence(19.71, "2026-09-29", "B"),
            westeurope: evidence(21.68, "2026-07-15", "R"),
        },
    },
    diskP20: {
        meter: "Storage / Premium SSD Managed Disks / P20 LRS Disk",
        unit: "month",
        regions: {
            eastus: evidence(73.22, "2026-09-29", "B"),
            westeurope: evidence(80.54, "2026-07-15", "R"),
        },
    },
    diskOther: { meter: "Storage / Premium SSD Managed Disks / other sizes", unit: "month", regions: {} },
    loadBalancer: {
        meter: "Load Balancer / Standard / Standard Included LB Rules and Outbound Rules",
        unit: "hour",
        regions: { [everywhere]: evidence(0.025, "2026-08-25", "T") },
    },
    publicIpAddress: {
        meter: "Virtual Network / IP Addresses / Standard IPv4 Static Public IP",
        unit: "hour",
        regions: { eastus: evidence(0.005, "2026-09-29", "B") },
    },
    publicIpPrefixAddress: {
        meter: "Virtual Network / Public IP Prefix / Static IP Addresses",
        unit: "hour",
        regions: { eastus: evidence(0.006, "2024-07-01", "I") },
    },
    natGateway: {
        meter: "NAT Gateway / Standard / Standard Gateway",
        unit: "hour",
        regions: { [everywhere]: evidence(0.045, "2026-01-27", "L, I") },
    },
    natGatewayV2: { meter: "NAT Gateway / StandardV2", unit: "hour", regions: {} },
    privateEndpoint: {
        meter: "Virtual Network / Virtual Network Private Link / Standard Private Endpoint",
        unit: "hour",
        regions: { [everywhere]: evidence(0.01, "2024-07-01", "I") },
    },
    privateDnsZone: {
        meter: "Azure DNS / Private / Private Zone",
        unit: "month",
        // Azure's billing zone 1, which has one price; the first 25 zones.
        regions: { [everywhere]: evidence(0.5, "2026-10-03", "W") },
    },
    registryBasic: {
        meter: "Container Registry / Basic Registry Unit",
        unit: "day",
        regions: { eastus: evidence(0.1666, "2026-09-29", "B") },
    },
    registryStandard: {
        meter: "Container Registry / Standard Registry Unit",
        unit: "day",
        regions: { eastus: evidence(0.6666, "2026-09-29", "B") },
    },
    registryPremium: {
        meter: "Container Registry / Premium Registry Unit",
        unit: "day",
        regions: { eastus: evidence(1.6666, "2026-09-29", "B") },
    },
    registryReplica: {
        meter: "Container Registry / Premium Registry Replication Unit",
        unit: "day",
        regions: { westeurope: evidence(1.6667, "2024-07-01", "I") },
    },
    grafanaUnit: {
        meter: "Azure Grafana Service / Standard / Standard Node",
        unit: "hour",
        regions: { germanywestcentral: evidence(0.0445, "2026-08-25", "T") },
    },
    grafanaZones: { meter: "Azure Grafana Service / Standard Zone Redundancy", unit: "hour", regions: {} },
    metricAlertSeries: {
        meter: "Azure Monitor / Alerts / Alerts Metric Monitored",
        unit: "month",
        regions: { eastus: evidence(0.1, "2026-10-03", "W") },
    },
    logAlert1Minute: {
        meter: "Azure Monitor / Alerts / Alerts System Log Monitored at 1 Minute Frequency",
        unit: "month",
        regions: { westeurope: evidence(3, "2024-07-01", "I") },
    },
    logAlert5Minutes: {
        meter: "Azure Monitor / Alerts / Alerts System Log Monitored at 5 Minute Frequency",
        unit: "month",
        regions: { eastus: evidence(1.5, "2026-10-03", "W") },
    },
    logAlert10Minutes: {
        meter: "Azure Monitor / Alerts / Alerts System Log Monitored at 10 Minute Frequency",
        unit: "month",
        regions: { westeurope: evidence(1, "2024-07-01", "I") },
    },
    logAlert15Minutes: {
        meter: "Azure Monitor / Alerts / Alerts System Log Monitored at 15 Minute Frequency",
        unit: "month",
        regions: { westeurope: evidence(0.5, "2024-07-01", "I") },
    },
    logAlertOther: { meter: "Azure Monitor / Alerts / other frequencies", unit: "month", regions: {} },
    prometheusAlertRule: { meter: "none found besides query samples", unit: "month", regions: {} },
    activityLogAlert: { meter: "none found", unit: "month", regions: {} },
    defenderVCpu: {
        meter: "Microsoft Defender for Cloud / Standard vCore / Standard vCore vCore Pack",
        unit: "month",
        // The source does not say for which region.
        regions: { "an unnamed region": evidence(6.87, "2024-12-05", "I") },
    },
    advancedNetworking: { meter: "Advanced Container Networking Services", unit: "hour", regions: {} },
    hsmKey: {
        meter: "Key Vault / Premium / Premium HSM-protected RSA 2048-bit key",
        unit: "month",
        regions: { eastus: evidence(1, "2024-07-01", "I") },
    },
} as const satisfies Record<string, Price>;

/** A virtual machine size with what it costs an hour under Linux. */
export interface MachinePrice {
    vCpus: number;
    eastus: number;
    westeurope: number;
    /** Share of the price that Spot saves, as least and most seen in West Europe on 2026-08-20; absent: not sold as Spot. */
    spotDiscount?: readonly [least: number, most: number];
    /** USD an hour and vCPU that Windows costs more, in West Europe. */
    windowsSurcharge: number;
}

const usualSpotDiscount = [0.77, 0.82] as const;
const usualWindowsSurcharge = 0.046;

function machine(
    vCpus: number,
    eastus: number,
    westeurope: number,
    more: Partial<MachinePrice> = {},
): MachinePrice {
    return {
        vCpus,
        eastus,
        westeurope,
        spotDiscount: usualSpotDiscount,
        windowsSurcharge: usualWindowsSurcharge,
        ...more,
    };
}

/** Evidence of all machine prices: East US source K, West Europe source R. */
export const machineEvidence = {
    eastus: { date: "2026-06-18", source: "K" },
    westeurope: { date: "2026-08-20", source: "R" },
} as const;

/** Virtual machine sizes, by the name that node pools use. */
export const machines: Readonly<Record<string, MachinePrice>> = {
    Standard_D2ds_v5: machine(2, 0.113, 0.136),
    Standard_D4ds_v5: machine(4, 0.226, 0.272),
    Standard_D8ds_v5: machine(8, 0.452, 0.544),
    Standard_D16ds_v5: machine(16, 0.904, 1.088),
    Standard_D4ds_v6: machine(4, 0.249, 0.298),
    Standard_D4as_v5: machine(4, 0.172, 0.208),
    Standard_D4ads_v5: machine(4, 0.206, 0.25),
    Standard_D4pds_v5: machine(4, 0.181, 0.218),
    Standard_D4pds_v6: machine(4, 0.184, 0.22),
    Standard_E4ds_v5: machine(4, 0.288, 0.346),
    Standard_B2ms: machine(2, 0.0832, 0.096, { spotDiscount: undefined, windowsSurcharge: 0.004 }),
    Standard_B4ms: machine(4, 0.166, 0.192, { spotDiscount: undefined, windowsSurcharge: 0.004 }),
    // The table of discounts covers F of v5 and v6 only.
    Standard_F4s_v2: machine(4, 0.169, 0.194, { spotDiscount: undefined, windowsSurcharge: 0.044 }),
    Standard_NC4as_T4_v3: machine(4, 0.526, 0.658, { spotDiscount: [0.31, 0.31] }),
    Standard_NC24ads_A100_v4: machine(24, 3.673, 4.775, { spotDiscount: [0.77, 0.77] }),
};
