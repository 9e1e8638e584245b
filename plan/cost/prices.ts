import { hoursPerMonth } from "./assumptions";

/**
 * Azure list prices in USD, pay-as-you-go, without tax: an estimate's raw material, never a quote. Collected 2026-11-21
 * from public material; nothing was read from Azure's price API, and every figure carries the date of its own evidence.
 * A price that was found for no region is `unknown`, never zero. How each was found: docs/plan.md.
 */
export const priceTable = {
    currency: "USD",
    collected: "2026-11-21",
    hoursPerMonth,
} as const;

/** What one unit of a price is. Prices by any other unit (operation, user) depend on usage and are no amount a month. */
export type PriceUnit = "hour" | "day" | "month" | "gigabyte";

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

/** What Azure calls a meter, in its invoices and in its price API. */
export interface Meter {
    service: string;
    product?: string;
    sku?: string;
    name: string;
}

/** One price. */
export interface Price {
    /** Absent where there is no meter, or its exact name was not found. */
    meter?: Meter;
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
        unit: "hour",
        regions: { [everywhere]: evidence(0, "2026-08-25", "T") },
    },
    aksStandard: {
        meter: { service: "Azure Kubernetes Service", sku: "Standard", name: "Standard Uptime SLA" },
        unit: "hour",
        regions: {
            eastus: evidence(0.1, "2026-09-29", "B"),
            germanywestcentral: evidence(0.1, "2026-08-25", "T"),
        },
    },
    aksPremium: {
        meter: { service: "Azure Kubernetes Service", sku: "Standard", name: "Standard Long Term Support" },
        unit: "hour",
        regions: {
            eastus: evidence(0.6, "2026-09-29", "B"),
            germanywestcentral: evidence(0.6, "2026-08-25", "T"),
        },
    },
    diskP10: {
        meter: { service: "Storage", product: "Premium SSD Managed Disks", name: "P10 LRS Disk" },
        unit: "month",
        regions: {
            eastus: evidence(19.71, "2026-09-29", "B"),
            westeurope: evidence(21.68, "2026-07-15", "R"),
        },
    },
    diskP20: {
        meter: { service: "Storage", product: "Premium SSD Managed Disks", name: "P20 LRS Disk" },
        unit: "month",
        regions: {
            eastus: evidence(73.22, "2026-09-29", "B"),
            westeurope: evidence(80.54, "2026-07-15", "R"),
        },
    },
    diskOther: { unit: "month", regions: {} },
    loadBalancer: {
        meter: {
            service: "Load Balancer",
            sku: "Standard",
            name: "Standard Included LB Rules and Outbound Rules",
        },
        unit: "hour",
        regions: { [everywhere]: evidence(0.025, "2026-08-25", "T") },
    },
    publicIpAddress: {
        meter: {
            service: "Virtual Network",
            product: "IP Addresses",
            name: "Standard IPv4 Static Public IP",
        },
        unit: "hour",
        regions: { eastus: evidence(0.005, "2026-09-29", "B") },
    },
    publicIpPrefixAddress: {
        unit: "hour",
        regions: { eastus: evidence(0.006, "2024-07-01", "I") },
    },
    natGateway: {
        meter: { service: "NAT Gateway", sku: "Standard", name: "Standard Gateway" },
        unit: "hour",
        regions: { [everywhere]: evidence(0.045, "2026-01-27", "L, I") },
    },
    natGatewayV2: { unit: "hour", regions: {} },
    privateEndpoint: {
        meter: {
            service: "Virtual Network",
            product: "Virtual Network Private Link",
            name: "Standard Private Endpoint",
        },
        unit: "hour",
        regions: { [everywhere]: evidence(0.01, "2024-07-01", "I") },
    },
    privateDnsZone: {
        meter: { service: "Azure DNS", sku: "Private", name: "Private Zone" },
        unit: "month",
        // Azure's billing zone 1, which has one price; the first 25 zones.
        regions: { [everywhere]: evidence(0.5, "2026-10-03", "W") },
    },
    registryBasic: {
        meter: { service: "Container Registry", name: "Basic Registry Unit" },
        unit: "day",
        regions: { eastus: evidence(0.1666, "2026-09-29", "B") },
    },
    registryStandard: {
        meter: { service: "Container Registry", name: "Standard Registry Unit" },
        unit: "day",
        regions: { eastus: evidence(0.6666, "2026-09-29", "B") },
    },
    registryPremium: {
        meter: { service: "Container Registry", name: "Premium Registry Unit" },
        unit: "day",
        regions: { eastus: evidence(1.6666, "2026-09-29", "B") },
    },
    registryReplica: {
        meter: { service: "Container Registry", name: "Premium Registry Replication Unit" },
        unit: "day",
        regions: { westeurope: evidence(1.6667, "2024-07-01", "I") },
    },
    grafanaUnit: {
        meter: { service: "Azure Grafana Service", sku: "Standard", name: "Standard Node" },
        unit: "hour",
        regions: { germanywestcentral: evidence(0.0445, "2026-08-25", "T") },
    },
    grafanaZones: {
        meter: { service: "Azure Grafana Service", name: "Standard Zone Redundancy" },
        unit: "hour",
        regions: {},
    },
    metricAlertSeries: {
        meter: { service: "Azure Monitor", sku: "Alerts", name: "Alerts Metric Monitored" },
        unit: "month",
        regions: { eastus: evidence(0.1, "2026-10-03", "W") },
    },
    logAlert1Minute: {
        meter: {
            service: "Azure Monitor",
            sku: "Alerts",
            name: "Alerts System Log Monitored at 1 Minute Frequency",
        },
        unit: "month",
        regions: { westeurope: evidence(3, "2024-07-01", "I") },
    },
    logAlert5Minutes: {
        meter: {
            service: "Azure Monitor",
            sku: "Alerts",
            name: "Alerts System Log Monitored at 5 Minute Frequency",
        },
        unit: "month",
        regions: { eastus: evidence(1.5, "2026-10-03", "W") },
    },
    logAlert10Minutes: {
        meter: {
            service: "Azure Monitor",
            sku: "Alerts",
            name: "Alerts System Log Monitored at 10 Minute Frequency",
        },
        unit: "month",
        regions: { westeurope: evidence(1, "2024-07-01", "I") },
    },
    logAlert15Minutes: {
        meter: {
            service: "Azure Monitor",
            sku: "Alerts",
            name: "Alerts System Log Monitored at 15 Minute Frequency",
        },
        unit: "month",
        regions: { westeurope: evidence(0.5, "2024-07-01", "I") },
    },
    logAlertOther: { unit: "month", regions: {} },
    prometheusAlertRule: { unit: "month", regions: {} },
    activityLogAlert: { unit: "month", regions: {} },
    defenderVCpu: {
        meter: {
            service: "Microsoft Defender for Cloud",
            sku: "Standard vCore",
            name: "Standard vCore vCore Pack",
        },
        unit: "month",
        // The source does not say for which region.
        regions: { "an unnamed region": evidence(6.87, "2024-12-05", "I") },
    },
    advancedNetworking: { unit: "hour", regions: {} },
    logIngestion: {
        meter: { service: "Log Analytics", sku: "Analytics Logs", name: "Analytics Logs Data Ingestion" },
        unit: "gigabyte",
        regions: {
            eastus: evidence(2.3, "2026-10-03", "W"),
            westeurope: evidence(2.99, "2024-08-30", "I"),
        },
    },
    hsmKey: {
        meter: { service: "Key Vault", sku: "Premium", name: "Premium HSM-protected RSA 2048-bit key" },
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

/** Regions in which the machine prices were found. */
export type MachineRegion = keyof typeof machineEvidence;

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

/** Name of a price other than a machine's. */
export type PriceName = keyof typeof prices;
