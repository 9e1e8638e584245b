import type {
    CompositeMapper,
    DictionaryMapper,
    EnumMapper,
    Mapper,
    SequenceMapper,
} from "@azure/core-client";
import { isRecord } from "../../records";
import type { AzureError } from "../azureError";
import {
    missingProperty,
    notAllowed,
    outsideLimits,
    readOnlyProperty,
    unknownProperty,
    wantedType,
    wrongType,
} from "./problem";
import type { SdkModels } from "./sdkModels";

/** What became of a resource's inputs: the object of Microsoft's SDK, and what Azure has against them. */
export interface SdkObject {
    object: Record<string, unknown>;
    problems: readonly AzureError[];
}

/** One property of a model: its key in the SDK, and the way to it in the request body. */
interface ModelProperty {
    key: string;
    mapper: Mapper;
    /** What is left of the way in the body from where the search stands: `properties`, `kubernetesVersion`. */
    way: readonly string[];
}

/**
 * Makes an object of Microsoft's SDK from azure-native's inputs. Both flatten the request body, but not at the same places
 * and not with the same names; what they share are the names in the body, which each model property has.
 */
export function sdkObject(
    models: SdkModels,
    mapper: CompositeMapper,
    inputs: Readonly<Record<string, unknown>>,
): SdkObject {
    const conversion = new Conversion(models);
    return { object: conversion.composite(mapper, inputs, ""), problems: conversion.problems };
}

class Conversion {
    readonly problems: AzureError[] = [];

    constructor(private readonly models: SdkModels) {}

    composite(
        mapper: CompositeMapper,
        given: Readonly<Record<string, unknown>>,
        at: string,
    ): Record<string, unknown> {
        const model = this.chosenModel(mapper, given, at);
        const properties = this.propertiesOf(model);
        const object: Record<string, unknown> = {};
        this.place(model, properties, given, at, object);
        for (const { key, mapper: property, way } of properties) {
            const isGivenByOthers = property.isConstant || property.readOnly;
            if (property.required && !isGivenByOthers && !(key in object)) {
                this.problems.push(missingProperty(inside(at, inputName(way.at(-1) ?? key))));
            }
        }
        return object;
    }

    /** Puts what was given at one place of the body to the SDK's properties; `properties` are those at or below it. */
    private place(
        model: CompositeMapper,
        properties: readonly ModelProperty[],
        given: Readonly<Record<string, unknown>>,
        at: string,
        object: Record<string, unknown>,
    ): void {
        for (const [name, value] of Object.entries(given)) {
            const path = inside(at, name);
            if (value === undefined || value === null) {
                continue;
            }
            // A node pool has two of them: the `type` of every resource, which is read only, and its own. A few properties
            // have a better name in the SDK than in the body (`iPAddressOrRange` for `value`), and azure-native takes it.
            const inBody = properties.filter(({ way }) => isAt(way, name));
            const named = inBody.length > 0 ? inBody : properties.filter(({ key }) => key === name);
            const property = named.find(({ mapper }) => !mapper.readOnly) ?? named[0];
            const below = property ? [] : properties.flatMap((each) => belowName(each, name));
            if (property) {
                object[property.key] = this.value(property, model, value, path);
            } else if (below.length > 0 && isRecord(value)) {
                this.place(model, below, value, path, object);
            } else if (model.type.additionalProperties) {
                object[name] = value;
            } else {
                const known = properties
                    .filter(({ mapper }) => !mapper.readOnly)
                    .map(({ way }) =>
                        inputName((way[0] === "properties" ? way[1] : undefined) ?? way[0] ?? ""),
                    );
                this.problems.push(unknownProperty(path, [...new Set(known)]));
            }
        }
    }

    private value(
        { key, mapper }: ModelProperty,
        model: CompositeMapper,
        given: unknown,
        at: string,
    ): unknown {
        if (mapper.readOnly) {
            this.problems.push(readOnlyProperty(at));
            return undefined;
        }
        const known = this.models.knownValues(model.type.className ?? "", key);
        return this.converted(mapper, given, at, known);
    }

    private converted(mapper: Mapper, given: unknown, at: string, known?: readonly string[]): unknown {
        const { name } = mapper.type;
        if (name === "Composite") {
            return isRecord(given)
                ? this.composite(mapper as CompositeMapper, given, at)
                : this.mistyped(mapper, given, at);
        }
        if (name === "Sequence") {
            return this.list(mapper as SequenceMapper, given, at, known);
        }
        if (name === "Dictionary") {
            return this.dictionary(mapper as DictionaryMapper, given, at);
        }
        this.checkValue(mapper, given, at, known);
        return given;
    }

    private list(mapper: SequenceMapper, given: unknown, at: string, known?: readonly string[]): unknown {
        if (!Array.isArray(given)) {
            return this.mistyped(mapper, given, at);
        }
        this.checkLimits(mapper, given, at);
        return given.map((item, index) =>
            this.converted(mapper.type.element, item, `${at}[${index}]`, known),
        );
    }

    private dictionary(mapper: DictionaryMapper, given: unknown, at: string): unknown {
        // azure-native takes the ids of identities as a list; the body has them as keys of empty objects.
        const entries =
            Array.isArray(given) && at.endsWith("userAssignedIdentities")
                ? Object.fromEntries(given.map((id) => [String(id), {}]))
                : given;
        if (!isRecord(entries)) {
            return this.mistyped(mapper, given, at);
        }
        return Object.fromEntries(
            Object.entries(entries).map(([name, value]) => [
                name,
                this.converted(mapper.type.value, value, `${at}["${name}"]`),
            ]),
        );
    }

    private checkValue(mapper: Mapper, given: unknown, at: string, known?: readonly string[]): void {
        const { allowedValues } = mapper.type as Partial<EnumMapper["type"]>;
        const allowed = allowedValues ?? (typeof given === "string" ? known : undefined);
        // Azure takes the values of its enums in any case.
        const matches = (value: unknown) => String(value).toLowerCase() === String(given).toLowerCase();
        if (allowed && !allowed.some(matches)) {
            this.problems.push(notAllowed(at, given, allowed));
            return;
        }
        try {
            this.models.serializer.serialize(mapper, given, at);
        } catch {
            this.mistyped(mapper, given, at);
            return;
        }
        this.checkLimits(mapper, given, at);
    }

    private checkLimits(mapper: Mapper, given: unknown, at: string): void {
        try {
            this.models.serializer.validateConstraints(mapper, given, at);
        } catch (error) {
            const [, name, limit] = /the constraint "(\w+)": (.*)\.$/s.exec((error as Error).message) ?? [];
            this.problems.push(outsideLimits(at, given, `${name} ${limit}`));
        }
    }

    private mistyped(mapper: Mapper, given: unknown, at: string): undefined {
        this.problems.push(wrongType(at, given, wantedType(mapper)));
    }

    /** The model itself, or that of its kinds which a property of the object (its `odataType`) chooses. */
    private chosenModel(
        mapper: CompositeMapper,
        given: Readonly<Record<string, unknown>>,
        at: string,
    ): CompositeMapper {
        const { className = "" } = mapper.type;
        const model = mapper.type.modelProperties ? mapper : this.models.mapper(className);
        const { polymorphicDiscriminator, uberParent } = model.type;
        if (!polymorphicDiscriminator) {
            return model;
        }
        const property = inputName(polymorphicDiscriminator.serializedName);
        const kinds = `${uberParent ?? className}.`;
        const allowed = Object.keys(this.models.discriminators)
            .filter((kind) => kind.startsWith(kinds))
            .map((kind) => kind.slice(kinds.length));
        const chosen = this.models.discriminators[`${kinds}${String(given[property])}`];
        if (!chosen && given[property] !== undefined) {
            this.problems.push(notAllowed(inside(at, property), given[property], allowed));
        }
        return chosen ?? model;
    }

    private propertiesOf(model: CompositeMapper): ModelProperty[] {
        return Object.entries(model.type.modelProperties ?? {}).map(([key, mapper]) => ({
            key,
            mapper,
            way: segments(mapper.serializedName ?? key),
        }));
    }
}

/** True where a name means the property at the end of a way; `properties` on the way goes without saying. */
function isAt(way: readonly string[], name: string): boolean {
    const rest = way.length === 2 && way[0] === "properties" ? way.slice(1) : way;
    return rest.length === 1 && inputName(rest[0] ?? "") === name;
}

/** The property seen from below the object of that name, where the way leads through it. */
function belowName(property: ModelProperty, name: string): ModelProperty[] {
    const skipped = property.way[0] === "properties" && name !== "properties" ? 1 : 0;
    const way = property.way.slice(skipped);
    return way.length > 1 && inputName(way[0] ?? "") === name ? [{ ...property, way: way.slice(1) }] : [];
}

/** The parts of a serialized name: `properties.a\\.b` is `properties` and `a.b`. */
function segments(serializedName: string): string[] {
    return serializedName.split(/(?<!\\)\./).map((segment) => segment.replaceAll("\\", ""));
}

/** What azure-native calls a property of the body: `@odata.type` is `odataType`. */
function inputName(segment: string): string {
    return segment
        .replaceAll("\\", "")
        .replace(/^@/, "")
        .replace(/[.-](\w)/g, (_, letter: string) => letter.toUpperCase());
}

const inside = (at: string, name: string): string => (at === "" ? name : `${at}.${name}`);
