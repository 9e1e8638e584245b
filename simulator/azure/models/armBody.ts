import { azureResourceType } from "..";
import type { AzureError } from "../azureError";
import { modelOfType } from "./modelOf";
import { sdkModels } from "./sdkModels";
import { sdkObject } from "./sdkObject";
import type { SdkObject } from "./sdkObject";

/** What stands beside `properties` in the body of every resource. Source: the common properties of ARM template resources. */
const envelope = ["extendedLocation", "identity", "kind", "location", "plan", "sku", "tags", "zones"];

/**
 * Everything that Azure has against the properties of a resource, by Microsoft's models: properties that are unknown,
 * missing, of another type, or of a value that is not allowed.
 * @param inputs azure-native's inputs, resolved and without secret envelopes.
 */
export function propertyProblems(
    type: string,
    inputs: Readonly<Record<string, unknown>>,
): readonly AzureError[] {
    return converted(type, inputs)?.problems ?? [];
}

/**
 * The request body with which Azure Resource Manager is asked for a resource, in its own spelling and nesting. Inputs that
 * Microsoft's models refuse are an error.
 * @param inputs azure-native's inputs, resolved and without secret envelopes.
 */
export function armBody(type: string, inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const model = modelOfType(type);
    const result = converted(type, inputs);
    if (!result || "unchecked" in model) {
        return enveloped(bodyInputs(type, inputs));
    }
    const [problem] = result.problems;
    if (problem) {
        throw problem;
    }
    const { serializer, mapper } = sdkModels(model.package);
    return serializer.serialize(mapper(model.mapper), result.object, type) as Record<string, unknown>;
}

function converted(type: string, inputs: Readonly<Record<string, unknown>>): SdkObject | undefined {
    const model = modelOfType(type);
    if ("unchecked" in model) {
        return undefined;
    }
    const models = sdkModels(model.package);
    return sdkObject(models, models.mapper(model.mapper), bodyInputs(type, inputs));
}

/** The inputs without those that are part of the address. */
function bodyInputs(type: string, inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const { nameInputs, scope } = azureResourceType(type);
    const address = [
        ...nameInputs,
        "resourceGroupName",
        ...(typeof scope === "object" ? [scope.extensionOf] : []),
    ];
    return Object.fromEntries(Object.entries(inputs).filter(([name]) => !address.includes(name)));
}

function enveloped(inputs: Record<string, unknown>): Record<string, unknown> {
    const entries = Object.entries(inputs);
    return {
        ...Object.fromEntries(entries.filter(([name]) => envelope.includes(name))),
        properties: Object.fromEntries(entries.filter(([name]) => !envelope.includes(name))),
    };
}
