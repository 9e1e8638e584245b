import type { SubscriptionLimits } from "../../simulator/azure/subscription";

/** `standardDDSv5Family=100`: vCPUs that a family of machines may have; `cores` is the region's total. */
export function parseQuota(text: string, before: SubscriptionLimits["vcpuQuota"] = {}): typeof before {
    const [family, amount] = nameAndValue(text, "--quota", "standardDDSv5Family=100");
    const vCpus = Number(amount);
    if (!Number.isInteger(vCpus) || vCpus < 0) {
        throw new Error(
            `--quota ${text}: "${amount}" is no number of vCPUs; it takes a whole number from 0, as in standardDDSv5Family=100`,
        );
    }
    return { ...before, [family]: vCpus };
}

/** `Standard_D4ds_v5=1,2`: the zones in which a size of machines is offered; nothing after the sign is none. */
export function parseZones(text: string, before: SubscriptionLimits["zonesOfVmSize"] = {}): typeof before {
    const [size, zones] = nameAndValue(text, "--zones", "Standard_D4ds_v5=1,2");
    const list = zones.split(",").filter((zone) => zone !== "");
    const wrong = list.find((zone) => !["1", "2", "3"].includes(zone));
    if (wrong !== undefined) {
        throw new Error(`--zones ${text}: there is no zone "${wrong}"; the zones are 1, 2 and 3`);
    }
    return { ...before, [size]: list };
}

function nameAndValue(text: string, option: string, example: string): [string, string] {
    const match = /^([^=\s]+)=(.*)$/.exec(text.trim());
    if (!match) {
        throw new Error(`${option} ${text}: it takes a name, an equals sign and a value, as in ${example}`);
    }
    return [match[1] ?? "", match[2] ?? ""];
}
