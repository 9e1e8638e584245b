/** What the landing zone needs to know about an Azure region. */
export interface Region {
    /** Short form for names. */
    readonly abbreviation: string;
    /** Whether it has availability zones. */
    readonly zones: boolean;
}

const zonal = (abbreviation: string): Region => ({ abbreviation, zones: true });
const plain = (abbreviation: string): Region => ({ abbreviation, zones: false });

/**
 * Azure's public regions. Zones as in "List of Azure regions" (https://learn.microsoft.com/azure/reliability/regions-list).
 * Read 2025-09-23; a region that is missing is
 * added with a line here.
 */
export const regions: Readonly<Record<string, Region>> = {
    australiacentral: plain("auc"),
    australiaeast: zonal("aue"),
    australiasoutheast: plain("ause"),
    austriaeast: zonal("ate"),
    belgiumcentral: zonal("bec"),
    brazilsouth: zonal("brs"),
    canadacentral: zonal("cac"),
    canadaeast: plain("cae"),
    centralindia: zonal("inc"),
    centralus: zonal("cus"),
    chilecentral: zonal("clc"),
    eastasia: zonal("ea"),
    eastus: zonal("eus"),
    eastus2: zonal("eus2"),
    francecentral: zonal("frc"),
    germanywestcentral: zonal("gwc"),
    indonesiacentral: zonal("idc"),
    israelcentral: zonal("ilc"),
    italynorth: zonal("itn"),
    japaneast: zonal("jpe"),
    japanwest: zonal("jpw"),
    koreacentral: zonal("krc"),
    koreasouth: plain("krs"),
    malaysiawest: zonal("myw"),
    mexicocentral: zonal("mxc"),
    newzealandnorth: zonal("nzn"),
    northcentralus: plain("ncus"),
    northeurope: zonal("neu"),
    norwayeast: zonal("noe"),
    polandcentral: zonal("plc"),
    qatarcentral: zonal("qac"),
    southafricanorth: zonal("san"),
    southcentralus: zonal("scus"),
    southeastasia: zonal("sea"),
    southindia: plain("ins"),
    spaincentral: zonal("spc"),
    swedencentral: zonal("sdc"),
    switzerlandnorth: zonal("szn"),
    switzerlandwest: plain("szw"),
    uaenorth: zonal("uan"),
    uksouth: zonal("uks"),
    ukwest: plain("ukw"),
    westcentralus: plain("wcus"),
    westeurope: zonal("weu"),
    westindia: plain("inw"),
    westus: plain("wus"),
    westus2: zonal("wus2"),
    westus3: zonal("wus3"),
};

/** Whether the region has the zones that are asked for; a sentence when it has none. */
export function zoneProblems(location: string, zones: readonly string[]): string[] {
    const region = regions[location];
    return region !== undefined && !region.zones && zones.length > 0
        ? [
              `\`zones\` is ${JSON.stringify(zones)}, but ${location} has no availability zones. Use [], or another region.`,
          ]
        : [];
}
