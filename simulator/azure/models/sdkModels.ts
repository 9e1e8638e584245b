import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import type { CompositeMapper, Mapper, Serializer } from "@azure/core-client";
import { differences } from "./differences";
import type { Difference } from "./differences";
import { openEnums } from "./openEnums";
import type { KnownValues } from "./openEnums";
import { sdkPackages } from "./sdkPackages";
import type { SdkPackageName } from "./sdkPackages";

/** The models of one of Microsoft's packages, ready to use. */
export interface SdkModels {
    /** The model of that name; none is an error. */
    mapper: (name: string) => CompositeMapper;
    /** The models that stand for another one, by name and the value that chooses: `MetricAlertCriteria.Microsoft.Azure...`. */
    discriminators: Readonly<Record<string, CompositeMapper>>;
    serializer: Serializer;
    knownValues: KnownValues;
}

type Mappers = Readonly<Record<string, CompositeMapper>>;

// At the first use, because the offline plan must not pay for them; by path, because packages do not export their mappers.
const load = createRequire(__filename);
const loaded = new Map<SdkPackageName, SdkModels>();

/** The models of a package with the known differences of the API versions, loaded once. */
export function sdkModels(name: SdkPackageName): SdkModels {
    const known = loaded.get(name);
    if (known) {
        return known;
    }
    const models = loadModels(name, differences[name] ?? []);
    loaded.set(name, models);
    return models;
}

/** Loads the models of a package and applies differences to them. */
export function loadModels(name: SdkPackageName, changes: readonly Difference[]): SdkModels {
    const { createSerializer } = load("@azure/core-client") as typeof import("@azure/core-client");
    const folder = path.join(path.dirname(load.resolve(`${name}/package.json`)), sdkPackages[name].folder);
    const { discriminators = {}, ...mappers } = load(path.join(folder, "mappers.js")) as Mappers & {
        discriminators?: Mappers;
    };
    const changed = changes.reduce<Mappers>(withDifference, mappers);
    const exported = load(path.join(folder, "index.js")) as Record<string, unknown>;
    const known = openEnums(readFileSync(path.join(folder, "index.d.ts"), "utf8"), exported);
    return {
        mapper: (wanted) => {
            const mapper = changed[wanted];
            if (!mapper) {
                throw new Error(`${name} has no model "${wanted}".`);
            }
            return mapper;
        },
        discriminators: discriminators,
        serializer: createSerializer({ ...changed, discriminators }, false),
        knownValues: (model, property) =>
            changes.some((change) => change.isOpen && change.model === model && change.property === property)
                ? undefined
                : known(model, property),
    };
}

function withDifference(mappers: Mappers, { model, property, adds, isOptional }: Difference): Mappers {
    const mapper = mappers[model];
    if (!mapper) {
        throw new Error(`a difference names the model "${model}", which the package does not have.`);
    }
    const properties = mapper.type.modelProperties ?? {};
    const key = Object.keys(properties).find((each) => properties[each]?.serializedName === property);
    const changed: Mapper | undefined = adds
        ? { serializedName: property, type: adds }
        : isOptional && key !== undefined
          ? ({ ...properties[key], required: false } as Mapper)
          : undefined;
    if (!changed) {
        return mappers;
    }
    const modelProperties = { ...properties, [key ?? property.split(".").at(-1) ?? property]: changed };
    return { ...mappers, [model]: { ...mapper, type: { ...mapper.type, modelProperties } } };
}
