import type { Mapper } from "@azure/core-client";
import { AzureError } from "../azureError";

/**
 * Azure's codes for a body that it cannot read (unknown and missing properties, wrong types) and for a value that it does
 * not allow. Source: learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors.
 */
const codes = { shape: "InvalidRequestContent", value: "InvalidParameter" } as const;

/** What somebody who reads an error must see of a value, and no more. */
const longestExcerpt = 80;

/** A property that the resource type does not have. */
export function unknownProperty(at: string, known: readonly string[]): AzureError {
    return new AzureError(
        codes.shape,
        `\`${at}\` is not a property that Azure knows there. It knows: ${[...known].sort().join(", ")}.`,
    );
}

/** A property without which Azure does not accept the resource. */
export function missingProperty(at: string): AzureError {
    return new AzureError(codes.shape, `\`${at}\` is missing, and Azure requires it.`);
}

/** A property that Azure sets itself. */
export function readOnlyProperty(at: string): AzureError {
    return new AzureError(codes.shape, `\`${at}\` is set by Azure and cannot be given.`);
}

/** A value of another type than the property's. */
export function wrongType(at: string, given: unknown, wanted: string): AzureError {
    return new AzureError(codes.shape, `\`${at}\` is ${excerpt(given)}; it must be ${wanted}.`);
}

/** A value that is none of those allowed. */
export function notAllowed(at: string, given: unknown, allowed: readonly unknown[]): AzureError {
    return new AzureError(
        codes.value,
        `\`${at}\` is ${excerpt(given)}; it must be one of ${allowed.map((value) => JSON.stringify(value)).join(", ")}.`,
    );
}

/** A value outside its limits: the constraint in the words of Microsoft's models (`MaxLength`, `Pattern`, ...). */
export function outsideLimits(at: string, given: unknown, constraint: string): AzureError {
    return new AzureError(codes.value, `\`${at}\` is ${excerpt(given)}; it must satisfy ${constraint}.`);
}

const wantedTypes: Readonly<Record<string, string>> = {
    Boolean: "true or false",
    Composite: "an object",
    Date: "a date such as 2026-01-31",
    DateTime: "a time such as 2026-01-31T00:00:00Z",
    Dictionary: "an object",
    Number: "a number",
    Sequence: "a list",
    String: "text",
    TimeSpan: "a duration such as PT5M",
    Uuid: "a GUID",
};

/** What a value must be for a type of Microsoft's models, in words. */
export function wantedType(mapper: Mapper): string {
    return wantedTypes[mapper.type.name] ?? mapper.type.name;
}

function excerpt(value: unknown): string {
    const text = JSON.stringify(value) ?? String(value);
    return text.length > longestExcerpt ? `${text.slice(0, longestExcerpt)}...` : text;
}
