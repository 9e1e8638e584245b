import type { Spread } from "./lines";

/** What a region costs beside East US, and the evidence. */
export interface RegionFactor extends Spread {
    date: string;
    /** Letter of the source in docs/plan.md. */
    source: string;
}

/** Letter of the source of all factors. */
export const factorSource = "K";

function factor(minimum: number, expected: number, maximum: number): RegionFactor {
    return { minimum, expected, maximum, date: "2026-06-18", source: factorSource };
}

/**
 * How many times its price in East US a machine costs in each region: `expected` is that of Standard_D4ds_v5, the size that the
 * landing zone uses; the others are the least and the most over D2, D4, D8 and D16ds_v5, D4ds_v6, E4ds_v5, B2ms, B4ms and
 * F4s_v2. Sizes of which the source mixes in Windows prices are left out. They stand in where no price of the region was found.
 */
export const regionFactors: Readonly<Record<string, RegionFactor>> = {
    australiacentral: factor(1.208, 1.257, 1.314),
    australiacentral2: factor(1.208, 1.257, 1.314),
    australiaeast: factor(1.208, 1.257, 1.314),
    australiasoutheast: factor(1.271, 1.301, 1.32),
    austriaeast: factor(1.148, 1.204, 1.204),
    brazilsouth: factor(1.55, 1.593, 1.62),
    brazilsoutheast: factor(2.018, 2.071, 2.103),
    canadacentral: factor(1.095, 1.115, 1.116),
    canadaeast: factor(1.095, 1.115, 1.12),
    centralindia: factor(1.006, 1.08, 1.08),
    centralus: factor(1.128, 1.128, 1.207),
    chilecentral: factor(1.394, 1.398, 1.404),
    eastasia: factor(1.215, 1.372, 1.41),
    eastus: factor(1, 1, 1),
    eastus2: factor(1, 1, 1),
    francecentral: factor(1.135, 1.168, 1.195),
    francesouth: factor(1.518, 1.518, 1.627),
    germanynorth: factor(1.491, 1.566, 1.566),
    germanywestcentral: factor(1.148, 1.204, 1.204),
    indonesiacentral: factor(1.041, 1.124, 1.145),
    israelcentral: factor(1.154, 1.168, 1.195),
    italynorth: factor(1.148, 1.168, 1.169),
    japaneast: factor(1.208, 1.292, 1.313),
    japanwest: factor(1.208, 1.292, 1.446),
    jioindiacentral: factor(1.006, 1.08, 1.08),
    jioindiawest: factor(1.006, 1.08, 1.08),
    koreacentral: factor(1.136, 1.23, 1.253),
    koreasouth: factor(1.136, 1.15, 1.25),
    malaysiawest: factor(1.041, 1.124, 1.145),
    mexicocentral: factor(1.097, 1.102, 1.102),
    newzealandnorth: factor(1.267, 1.319, 1.379),
    northcentralus: factor(1, 1, 1.006),
    northeurope: factor(1.094, 1.115, 1.136),
    norwayeast: factor(1.266, 1.323, 1.43),
    norwaywest: factor(1.647, 1.721, 1.87),
    polandcentral: factor(1.148, 1.204, 1.204),
    qatarcentral: factor(1.167, 1.226, 1.249),
    southafricanorth: factor(1.298, 1.327, 1.349),
    southafricawest: factor(1.006, 1.726, 1.726),
    southcentralus: factor(1.199, 1.199, 1.207),
    southeastasia: factor(1.16, 1.248, 1.274),
    southindia: factor(1.107, 1.412, 1.422),
    spaincentral: factor(1.1, 1.115, 1.136),
    swedencentral: factor(1.038, 1.062, 1.148),
    swedensouth: factor(1.346, 1.381, 1.408),
    switzerlandnorth: factor(1.263, 1.323, 1.329),
    switzerlandwest: factor(1.642, 1.721, 2.028),
    uaecentral: factor(1.491, 1.593, 1.595),
    uaenorth: factor(1.2, 1.226, 1.249),
    uksouth: factor(1.135, 1.159, 1.195),
    ukwest: factor(1.13, 1.208, 1.213),
    westcentralus: factor(1.199, 1.199, 1.207),
    westeurope: factor(1.148, 1.204, 1.204),
    westindia: factor(1.006, 1.279, 1.434),
    westus: factor(1.125, 1.177, 1.254),
    westus2: factor(1, 1, 1),
    westus3: factor(1, 1, 1),
};
