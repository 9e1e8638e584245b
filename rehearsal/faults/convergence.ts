import { azureResourceType } from "../../simulator/azure";
import type { Entity } from "../../simulator/provider/entityStore";
import { isRecord } from "../../simulator/records";
import { signatureKey } from "../../simulator/secrets";
import type { RecordedResource } from "./recovery";

const simulatedPackages = ["azure-native:", "azuread:"];
const providers = "pulumi:providers:";
const autonamed = "pulumi.com/autonamed";

/**
 * Where the simulated Azure and the state are not the same: what exists and no state knows (an orphan, which goes on
 * costing money), what only the state has, and inputs that differ. Secrets are taken to be equal. Empty where all agrees.
 */
export function differencesFromAzure(
    entities: readonly Entity[],
    resources: readonly RecordedResource[],
): string[] {
    const inState = new Map(
        resources
            .filter(isSimulated)
            .filter(isThere)
            .map((resource) => [(resource.id ?? "").toLowerCase(), resource]),
    );
    const inAzure = new Map(entities.map((entity) => [entity.id.toLowerCase(), entity]));
    return [
        ...[...inAzure].filter(([key]) => !inState.has(key)).map(([, { id }]) => `orphaned in Azure: ${id}`),
        ...[...inState].flatMap(([key, { urn, id = "", type, inputs }]) => {
            const entity = inAzure.get(key);
            if (!entity) {
                return [`only in the state: ${urn} (${id})`];
            }
            if (entity.type !== type) {
                return [`of type ${type} in the state, of type ${entity.type} in Azure: ${id}`];
            }
            return pathsOfDifference(masked(inputs), masked(entity.inputs)).map(
                (path) => `different in Azure and in the state: ${path} of ${urn}`,
            );
        }),
    ];
}

/**
 * Where two end states are not the same: resources, ids and inputs. Names that a provider makes up are different in each
 * life; they are taken for the same where they stand for the same resource.
 */
export function differencesOfEndStates(
    expected: readonly RecordedResource[],
    actual: readonly RecordedResource[],
): string[] {
    const wanted = new Map(comparable(expected).map((resource) => [resource.urn, resource]));
    const found = new Map(comparable(actual).map((resource) => [resource.urn, resource]));
    return [
        ...[...wanted.keys()].filter((urn) => !found.has(urn)).map((urn) => `missing: ${urn}`),
        ...[...found].flatMap(([urn, resource]) => {
            const other = wanted.get(urn);
            return other
                ? pathsOfDifference(other, resource).map((path) => `different at the end: ${path} of ${urn}`)
                : [`too much: ${urn}`];
        }),
    ];
}

/** Paths at which two plain values differ; what is undefined is absent. */
export function pathsOfDifference(one: unknown, other: unknown, path = ""): string[] {
    if (Array.isArray(one) && Array.isArray(other)) {
        return one.length === other.length
            ? one.flatMap((item, index) => pathsOfDifference(item, other[index], `${path}[${index}]`))
            : [path];
    }
    if (isRecord(one) && isRecord(other)) {
        const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
        return keys.flatMap((key) =>
            pathsOfDifference(one[key], other[key], path === "" ? key : `${path}.${key}`),
        );
    }
    return one === other ? [] : [path];
}

/** What two lives have in common of each resource, by URN. */
function comparable(
    resources: readonly RecordedResource[],
): { urn: string; id: string | undefined; inputs: unknown }[] {
    const generated = resources.flatMap(generatedName);
    const named = (value: unknown) => withoutGenerated(value, generated);
    return resources.map(({ urn, type, id, inputs }) => ({
        urn,
        // A provider's id is made up by the engine and used nowhere outside it.
        id: type.startsWith(providers) ? undefined : (named(id) as string | undefined),
        inputs: named(masked(inputs ?? {})),
    }));
}

/** The name that a provider made up for the resource, with the words that stand for it in a comparison. */
function generatedName({ urn, type, inputs = {} }: RecordedResource): [name: string, standIn: string][] {
    const metadata = inputs["metadata"];
    if (isRecord(metadata) && isRecord(metadata["annotations"]) && autonamed in metadata["annotations"]) {
        return [[String(metadata["name"]), `<name of ${urn}>`]];
    }
    const row = type.startsWith("azure-native:") ? azureResourceType(type) : undefined;
    const name = row?.guidName ? inputs[row.nameInputs.at(-1) ?? ""] : undefined;
    return typeof name === "string" ? [[name, `<name of ${urn}>`]] : [];
}

function withoutGenerated(value: unknown, generated: readonly [string, string][]): unknown {
    return mapped(value, (item) =>
        typeof item === "string"
            ? generated.reduce((text, [name, standIn]) => text.replaceAll(name, standIn), item)
            : undefined,
    );
}

/** The same value with one word for each secret, be it ciphertext or an envelope with its plain value. */
function masked(value: unknown): unknown {
    return mapped(value, (item) => (isRecord(item) && signatureKey in item ? "<secret>" : undefined));
}

/** The same value with what `replace` says in the place of each part for which it says something. */
function mapped(value: unknown, replace: (part: unknown) => unknown): unknown {
    const replacement = replace(value);
    if (replacement !== undefined) {
        return replacement;
    }
    if (Array.isArray(value)) {
        return value.map((item) => mapped(item, replace));
    }
    return isRecord(value)
        ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapped(item, replace)]))
        : value;
}

/**
 * False of what stands in the state but is gone: an engine that deletes before it replaces keeps the resource until its
 * successor is made. Killed in between, it makes it in the next `up`.
 */
export function isThere({ pendingReplacement }: RecordedResource): boolean {
    return pendingReplacement !== true;
}

function isSimulated({ type, custom }: RecordedResource): boolean {
    return custom === true && simulatedPackages.some((prefix) => type.startsWith(prefix));
}
