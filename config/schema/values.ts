import * as z from "zod";
import { regions } from "../../components/internal/rules/regions";

/** What the messages, the JSON schema and the reference need to know about a setting beside its type. */
export interface SettingMeta {
    /** What the setting does. */
    description?: string;
    /** "in place", or what is replaced when the setting changes on a live stack. */
    change?: string;
    /** What may be written, in words; worked out from the type where absent. */
    allowed?: string;
    /** How to mend a wrong or missing value. */
    fix?: string;
    /** The default in words, where it is not a fixed value. */
    defaultText?: string;
    /** A valid value, to let other checks run while this one is wrong. */
    example?: string;
    /** What kind of value stands in for a `<placeholder>`; a setting without it takes no placeholder. */
    standIn?: StandInKind;
    /** True for a value that is kept encrypted and never printed. */
    secret?: boolean;
    /** Says more about a value that is refused on purpose; undefined for any other. */
    explain?: (value: string) => string | undefined;
}

/** Kinds of values that only the user can know. */
export type StandInKind =
    | "guid"
    | "email"
    | "range"
    | "virtualNetworkId"
    | "notifyUrl"
    | "numericId"
    | "repository"
    | "connectionSubject"
    | "subnetId"
    | "blobZoneId"
    | "vaultZoneId";

export const inPlace = "in place";
/** Text for the reference: Azure refuses a change. */
export const refusedByAzure = "refused by Azure; needs a new one";
/** Text for the reference: a change of the setting replaces something. */
export const replaces = (what: string): string => `replaces ${what}`;

/** The effect of a setting, and what a change of it does, as zod metadata. */
export function effect(
    description: string,
    change: string = inPlace,
    more: SettingMeta = {},
): SettingMeta & Record<string, unknown> {
    return { description, change, ...more };
}

/** A text that must match a pattern. */
export function text(pattern: RegExp, meta: SettingMeta & { allowed: string; example: string }) {
    return z
        .string()
        .regex(pattern)
        .meta({ ...meta });
}

/** Any text that is not empty. */
export function words(example: string) {
    return text(/\S/, { allowed: "a text that is not empty", example });
}

export function flag() {
    return z.boolean();
}

export function integer(minimum: number, maximum: number) {
    return z.int().min(minimum).max(maximum);
}

export function amount(minimum: number, maximum: number) {
    return z.number().min(minimum).max(maximum);
}

/** Values of a closed set, given as the constant object that declares it. */
export function choice<const T extends Readonly<Record<string, string>>>(values: T) {
    return z.enum(values);
}

const guidPattern = /^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/;

/** An id as Azure and Entra give them. `find` says where the user gets it. */
export function guid(find: string) {
    return text(guidPattern, {
        allowed: "a GUID such as 0b1f6471-1bf0-4dda-aec3-cb9272f09590",
        example: "0b1f6471-1bf0-4dda-aec3-cb9272f09590",
        fix: find,
        standIn: "guid",
    });
}

/** A group of the table in `access`, by its key; a rule checks that there is one. */
export function groupKey() {
    return text(/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/, {
        allowed: "a key of access.groups or access.createGroups",
        example: "platform-engineers",
        fix: "Add the group's object id to access.groups and write its key here.",
    });
}

// Syntax alone: a rule checks the numbers, and says what is wrong with them.
const cidrPattern = /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/;

/** An IPv4 range in CIDR notation. */
export function cidr() {
    return text(cidrPattern, {
        allowed: "an IPv4 range in CIDR notation such as 10.20.0.0/16",
        example: "10.20.0.0/16",
        fix: "Write the network address, a slash and the prefix length.",
        standIn: "range",
    });
}

export function ipAddress() {
    return text(/^\d{1,3}(\.\d{1,3}){3}$/, {
        allowed: "an IPv4 address such as 10.245.0.10",
        example: "10.245.0.10",
        fix: "Write four numbers of 0 to 255 with dots between them.",
    });
}

export function email() {
    return text(/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/, {
        allowed: "an e-mail address",
        example: "platform@example.com",
        fix: "Name a mailbox that somebody reads.",
        standIn: "email",
    });
}

export function virtualNetworkId() {
    return text(
        /^\/subscriptions\/[^/]+\/resource[Gg]roups\/[^/]+\/providers\/Microsoft\.Network\/virtualNetworks\/[^/]+$/,
        {
            allowed:
                "the id of a virtual network: /subscriptions/<id>/resourceGroups/<name>/providers/Microsoft.Network/virtualNetworks/<name>",
            example:
                "/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-hub",
            fix: "Read it with `az network vnet show --resource-group <group> --name <name> --query id --output tsv`.",
            standIn: "virtualNetworkId",
        },
    );
}

/** Id of a private DNS zone of the given name. */
export function privateDnsZoneId(zone: string) {
    const path = "/resourceGroups/<name>/providers/Microsoft.Network/privateDnsZones/";
    return text(
        new RegExp(
            `^/subscriptions/[^/]+/resource[Gg]roups/[^/]+/providers/Microsoft\\.Network/privateDnsZones/${zone.replaceAll(".", "\\.")}$`,
        ),
        {
            allowed: `the id of the private DNS zone: /subscriptions/<id>${path}${zone}`,
            example: `/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/resourceGroups/rg-dns/providers/Microsoft.Network/privateDnsZones/${zone}`,
            fix: `Read it with \`az network private-dns zone show --resource-group <group> --name ${zone} --query id --output tsv\`.`,
        },
    );
}

/** A region of Azure. */
export function region() {
    return z.enum(Object.keys(regions)).meta({
        allowed: "an Azure region in lower case such as westeurope",
        fix: "A region that is missing is added in components/internal/rules/regions.ts.",
    });
}

/** A time of day on a 24-hour clock. */
export function timeOfDay() {
    return text(/^([01]\d|2[0-3]):[0-5]\d$/, {
        allowed: "a time of day as HH:MM, from 00:00 to 23:59",
        example: "02:00",
        fix: "Put it in quotes.",
    });
}

/** A Kubernetes quantity; a rule checks the number. */
export function quantity() {
    return text(/^[0-9.]+([eE][0-9]+|[A-Za-z]{0,2})$/, {
        allowed: "a Kubernetes quantity in quotes, such as 500m, 2 or 4Gi",
        example: "1",
        fix: "Write a number and, where needed, one of the units m, k, M, G, T, Ki, Mi, Gi, Ti.",
    });
}

/** A name that Kubernetes takes as a DNS label. */
export function dnsLabel(example: string, maxLength = 63) {
    return text(new RegExp(`^(?=.{1,${maxLength}}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?$`), {
        allowed: `a DNS label: up to ${maxLength} lower-case letters, digits and hyphens, starting and ending with a letter or digit`,
        example,
        fix: "Rename it.",
    });
}

/** Labels of Kubernetes. */
export function labels() {
    const name = text(/^([a-z0-9.-]{1,253}\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/, {
        allowed: "a label of Kubernetes such as workload or example.com/workload",
        example: "workload",
        fix: "Rename it.",
    });
    const value = text(/^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/, {
        allowed: "up to 63 letters, digits, periods, underscores and hyphens, in quotes where it is a number",
        example: "batch",
        fix: "Shorten it or put it in quotes.",
    });
    return z.record(name, value);
}

/** Availability zones of a region. */
export function zones() {
    return z.array(
        z
            .enum(["1", "2", "3"])
            .meta({ allowed: '"1", "2" or "3", in quotes', fix: "Write the zone in quotes." }),
    );
}
