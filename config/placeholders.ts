import { createHash } from "node:crypto";
import type * as z from "zod";
import type { StandInKind } from "./schema/values";
import { child, fixText, metaOf } from "./schemaTree";
import type { Path } from "./schemaTree";

const placeholder = /^<[^<>]+>$/;
const secretPrefix = "secret://stand-in/";

/**
 * What stands for an encrypted value of the stack file where it cannot be decrypted, as in an offline plan. It has the
 * form of a URL, so that it passes where a secret must be one.
 */
export function secretStandIn(path: string): string {
    return `${secretPrefix}${path}`;
}

/** A `<placeholder>`, where it stands, and what is used in its place. */
export interface StandIn {
    path: Path;
    placeholder: string;
    /** Undefined where the setting takes no placeholder. */
    standIn: string | undefined;
    /** Where to get the real value. */
    find: string;
}

/** A made-up but valid value: the same for the same placeholder, different for different ones. */
function standInFor(kind: StandInKind, source: string): string {
    const digest = createHash("sha256").update(source).digest();
    const hex = digest.toString("hex");
    // An address of 203.0.113.0/24, which is reserved for documentation.
    const host = 1 + (digest.readUInt8(0) % 254);
    const networkResource = (path: string) =>
        `/subscriptions/00000000-0000-4000-8000-${hex.slice(0, 12)}/resourceGroups/rg-unset/providers/Microsoft.Network/${path}`;
    switch (kind) {
        case "guid":
            return `00000000-0000-4000-8000-${hex.slice(0, 12)}`;
        case "email":
            return `unset-${hex.slice(0, 6)}@example.com`;
        case "range":
            return `203.0.113.${host}/32`;
        case "virtualNetworkId":
            return networkResource("virtualNetworks/vnet-unset");
        case "subnetId":
            return networkResource("virtualNetworks/vnet-unset/subnets/snet-unset");
        case "blobZoneId":
            return networkResource("privateDnsZones/privatelink.blob.core.windows.net");
        case "vaultZoneId":
            return networkResource("privateDnsZones/privatelink.vaultcore.azure.net");
        case "notifyUrl":
            return "logger://unset";
        case "numericId":
            return String(digest.readUInt32BE(0));
        case "repository":
            return `unset-${hex.slice(0, 6)}/unset`;
        case "connectionSubject":
            return `/eid1/c/pub/t/unset/a/unset/sc/00000000-0000-4000-8000-${hex.slice(0, 12)}/00000000-0000-4000-8000-${hex.slice(12, 24)}`;
    }
}

/**
 * The value with a stand-in for every placeholder, and the list of them. A placeholder where
 * none is taken stays as it is.
 */
export function replacePlaceholders(
    schema: z.core.$ZodType,
    value: unknown,
): { value: unknown; standIns: StandIn[] } {
    const standIns: StandIn[] = [];
    const visit = (node: z.core.$ZodType | undefined, current: unknown, path: Path): unknown => {
        if (typeof current === "string" && current.startsWith(secretPrefix)) {
            // Set, and known to the deployment alone: here it only has to look right.
            const kind = node && metaOf(node).standIn;
            return kind ? standInFor(kind, current) : current;
        }
        if (typeof current === "string" && placeholder.test(current)) {
            const kind = node && metaOf(node).standIn;
            const standIn = kind && standInFor(kind, current);
            standIns.push({
                path,
                placeholder: current,
                standIn,
                find: node ? fixText(node) : "Write a value.",
            });
            return standIn ?? current;
        }
        if (Array.isArray(current)) {
            return current.map((item, index) => visit(node && child(node, index), item, [...path, index]));
        }
        if (typeof current === "object" && current !== null) {
            return Object.fromEntries(
                Object.entries(current).map(([key, item]) => [
                    key,
                    visit(node && child(node, key), item, [...path, key]),
                ]),
            );
        }
        return current;
    };
    return { value: visit(schema, value, []), standIns };
}
