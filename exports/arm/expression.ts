import { homeOf, isGroup } from "./armAddress";
import type { ArmAddress, GroupPlace, SubscriptionPlace } from "./armAddress";

/** Where a template is evaluated: that decides what its functions mean. */
export type TemplateScope = GroupPlace | SubscriptionPlace;

/** A piece of a text: as it is, or a call of a template function. */
export type Part = { text: string } | { call: string };

/** A text of a template function's argument. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * A text as it stands in a template: `[...]` where functions are in it. A text that only looks like an expression is
 * escaped. Source: learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions.
 */
export function templateText(parts: readonly Part[]): string {
    const calls = parts.map((part) => ("call" in part ? part.call : quoted(part.text)));
    if (!parts.some((part) => "call" in part)) {
        const text = parts.map((part) => ("text" in part ? part.text : "")).join("");
        return text.startsWith("[") ? `[${text}` : text;
    }
    return calls.length === 1 ? `[${calls[0]}]` : `[concat(${calls.join(", ")})]`;
}

/** The call that gives the id of a resource, wherever the template is evaluated. */
export function idCall(address: ArmAddress, scope: TemplateScope): string {
    const { place, type, names } = address;
    const rest = [type, ...names].map(quoted);
    if (isGroup(address)) {
        // What `reference` and `dependsOn` take for a group; as a text, its id is `subscription().id` with its name.
        return `subscriptionResourceId(${[...outside(place, scope), ...rest].join(", ")})`;
    }
    if (place.kind === "extension") {
        return `extensionResourceId(${[idCall(place.of, scope), ...rest].join(", ")})`;
    }
    if (place.kind === "subscription") {
        return `subscriptionResourceId(${[...outside(place, scope), ...rest].join(", ")})`;
    }
    const isHere =
        scope.kind === "group" &&
        scope.subscriptionId === place.subscriptionId &&
        scope.resourceGroup === place.resourceGroup;
    const where = isHere ? [] : [subscriptionCall(place, scope), quoted(place.resourceGroup)];
    return `resourceId(${[...where, ...rest].join(", ")})`;
}

/** The value of a resource's `scope`, or of the id of a place: nothing where it is the template's own. */
export function scopeOf(address: ArmAddress, scope: TemplateScope): string | undefined {
    return address.place.kind === "extension" ? `[${idCall(address.place.of, scope)}]` : undefined;
}

/** The scope of the template that an address is declared in. */
export function templateScopeOf(address: ArmAddress): TemplateScope {
    return homeOf(address);
}

function outside(place: ArmAddress["place"], scope: TemplateScope): string[] {
    return place.kind !== "extension" && place.subscriptionId !== scope.subscriptionId
        ? [quoted(place.subscriptionId)]
        : [];
}

function subscriptionCall({ subscriptionId }: GroupPlace, scope: TemplateScope): string {
    return subscriptionId === scope.subscriptionId ? "subscription().subscriptionId" : quoted(subscriptionId);
}
