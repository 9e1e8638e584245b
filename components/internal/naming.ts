import { createHash } from "node:crypto";

interface NameRule {
    /** Abbreviation from Microsoft's Cloud Adoption Framework. */
    abbreviation: string;
    maxLength: number;
    /** What the whole name must look like; Azure's own rule for the type. */
    pattern: RegExp;
    /** The pattern in words, for error messages. */
    allowed: string;
    /** False where Azure allows letters and digits only; separators are left out then. */
    separators: boolean;
}

const general = {
    pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9_]$/,
    allowed: "letters, digits, underscores, periods and hyphens, starting with a letter or digit",
    separators: true,
};

/**
 * How Azure lets each kind of resource be called. Limits from "Naming rules and restrictions for Azure resources",
 * abbreviations from "Abbreviation recommendations for Azure resources" (both on learn.microsoft.com).
 */
export const nameRules = {
    actionGroup: { ...general, abbreviation: "ag", maxLength: 260 },
    azureMonitorWorkspace: { ...general, abbreviation: "amw", maxLength: 44 },
    budget: { ...general, abbreviation: "bgt", maxLength: 63 },
    cluster: {
        abbreviation: "aks",
        maxLength: 63,
        pattern: /^[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?$/,
        allowed: "letters, digits, underscores and hyphens, starting and ending with a letter or digit",
        separators: true,
    },
    dataCollectionEndpoint: { ...general, abbreviation: "dce", maxLength: 44 },
    dataCollectionRule: { ...general, abbreviation: "dcr", maxLength: 64 },
    diskEncryptionSet: { ...general, abbreviation: "des", maxLength: 80 },
    grafana: {
        abbreviation: "amg",
        maxLength: 23,
        pattern: /^[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]$/,
        allowed: "letters, digits and hyphens, starting with a letter and ending with a letter or digit",
        separators: true,
    },
    identity: { ...general, abbreviation: "id", maxLength: 128 },
    keyVault: {
        abbreviation: "kv",
        maxLength: 24,
        pattern: /^[A-Za-z](?!.*--)[A-Za-z0-9-]+[A-Za-z0-9]$/,
        allowed:
            "letters, digits and single hyphens, starting with a letter and ending with a letter or digit, at least 3 characters",
        separators: true,
    },
    logAnalyticsWorkspace: {
        abbreviation: "log",
        maxLength: 63,
        pattern: /^[A-Za-z0-9][A-Za-z0-9-]{2,}[A-Za-z0-9]$/,
        allowed:
            "letters, digits and hyphens, starting and ending with a letter or digit, at least 4 characters",
        separators: true,
    },
    natGateway: { ...general, abbreviation: "ng", maxLength: 80 },
    networkSecurityGroup: { ...general, abbreviation: "nsg", maxLength: 80 },
    privateEndpoint: { ...general, abbreviation: "pep", maxLength: 64 },
    publicIpAddress: { ...general, abbreviation: "pip", maxLength: 80 },
    registry: {
        abbreviation: "cr",
        maxLength: 50,
        pattern: /^[A-Za-z0-9]{5,}$/,
        allowed: "letters and digits only, at least 5 characters",
        separators: false,
    },
    resourceGroup: {
        ...general,
        abbreviation: "rg",
        maxLength: 90,
    },
    routeTable: { ...general, abbreviation: "rt", maxLength: 80 },
    storageAccount: {
        abbreviation: "st",
        maxLength: 24,
        pattern: /^[a-z0-9]{3,}$/,
        allowed: "lower-case letters and digits only, at least 3 characters",
        separators: false,
    },
    subnet: { ...general, abbreviation: "snet", maxLength: 80 },
    virtualNetwork: { ...general, abbreviation: "vnet", maxLength: 64 },
} as const satisfies Record<string, NameRule>;

/** A kind of resource that has a row in the table of name rules. */
export type NamedKind = keyof typeof nameRules;

/**
 * The Azure name of a resource: abbreviation, base name and role, for example `vnet-lz-dev-weu` or
 * `snet-lz-dev-weu-ingress`. The same input always gives the same name.
 * Throws when the result breaks Azure's rule for that kind.
 */
export function azureName(kind: NamedKind, baseName: string, role?: string): string {
    const rule: NameRule = nameRules[kind];
    const name = [rule.abbreviation, baseName, role]
        .filter((part) => part !== undefined && part !== "")
        .join("-");
    const spelled = rule.separators ? name : name.replace(/[^A-Za-z0-9]/g, "");
    const problem = nameProblem(kind, spelled);
    if (problem) {
        throw new Error(
            `"${spelled}" cannot be the name of the ${kind}: ${problem}. Use a shorter or plainer \`baseName\`.`,
        );
    }
    return spelled;
}

/**
 * The name of a kind whose names are unique in all of Azure (vault, registry, Grafana): the usual name and five characters
 * worked out from `seed`, shortened in the middle where Azure allows only few characters.
 */
export function globallyUniqueName(kind: NamedKind, baseName: string, seed: string): string {
    const rule: NameRule = nameRules[kind];
    const suffix = createHash("sha256").update(`${kind}/${baseName}/${seed}`).digest("hex").slice(0, 5);
    const separator = rule.separators ? "-" : "";
    const room = rule.maxLength - suffix.length - separator.length;
    const front = [rule.abbreviation, baseName].join("-");
    const spelled = rule.separators ? front : front.replace(/[^A-Za-z0-9]/g, "");
    return `${spelled.slice(0, room).replace(/-+$/, "")}${separator}${suffix}`;
}

/** What Azure would refuse about a name, in words; undefined when the name is good. */
export function nameProblem(kind: NamedKind, name: string): string | undefined {
    const rule: NameRule = nameRules[kind];
    if (name.length > rule.maxLength) {
        return `it has ${name.length} characters, Azure allows ${rule.maxLength}`;
    }
    return rule.pattern.test(name) ? undefined : `Azure allows ${rule.allowed}`;
}
