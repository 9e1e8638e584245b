import { azureResourceType } from "../../simulator/azure";
import { identityInputs } from "../../simulator/azure/identityInputs";
import { armBody } from "../../simulator/azure/models";
import { modelOfType } from "../../simulator/azure/models/modelOf";
import type { CapturedResource } from "../../simulator/capture";
import { isRecord } from "../../simulator/records";
import { types } from "../../stack/resourceTypes";
import { ExportError } from "../exportError";
import { armAddress, homeOf } from "./armAddress";
import type { ArmAddress } from "./armAddress";
import { scopeOf, templateText } from "./expression";
import type { TemplateScope } from "./expression";
import type { KnownValues, TemplateParameter } from "./knownValues";
import { checkPassThrough } from "./passThrough";

/** A resource as a template declares it, with what it takes from elsewhere. */
export interface ArmResource {
    /** Type, API version, name, scope and body, without `dependsOn`. */
    declaration: Readonly<Record<string, unknown>>;
    urn: string;
    address: ArmAddress;
    /** URNs of the resources whose ids or properties the body names. */
    mentions: readonly string[];
    parameters: readonly TemplateParameter[];
}

/**
 * Declares a resource of azure-native as a template does. A type without a model and without a pass-through row is an error.
 * @param unknownTexts Texts of its inputs that a preview does not know.
 */
export function armResource(
    resource: CapturedResource,
    known: KnownValues,
    unknownTexts: ReadonlySet<string>,
): ArmResource {
    const { type, inputs, name, urn, id } = resource;
    const { armType } = azureResourceType(type);
    const model = modelOfType(type);
    if ("unchecked" in model) {
        const address = identityInputs(type).filter((input) => input !== "location");
        checkPassThrough(
            type,
            name,
            Object.keys(inputs).filter((input) => !address.includes(input)),
        );
    }
    const address = armAddress(id ?? "");
    if (address.type.toLowerCase() !== armType.toLowerCase()) {
        throw new ExportError(`${type} ("${name}") should be a ${armType}, and its id says ${address.type}`);
    }
    const scope = homeOf(address);
    const writer = new BodyWriter(known, scope, unknownTexts);
    const body = writer.written(plainBody(resource));
    const extended = scopeOf(address, scope);
    return {
        urn,
        address,
        declaration: {
            type: armType,
            apiVersion: model.apiVersion,
            ...(extended === undefined ? {} : { scope: extended }),
            name: address.names.join("/"),
            comments: name,
            ...(body as Record<string, unknown>),
        },
        mentions: writer.urns,
        parameters: writer.parameters,
    };
}

/** The request body in Resource Manager's spelling, as JSON. */
export function plainBody({ type, inputs }: CapturedResource): Record<string, unknown> {
    const body = JSON.parse(JSON.stringify(armBody(type, inputs))) as Record<string, unknown>;
    const properties = body["properties"];
    if (type === types.deployment && isRecord(properties)) {
        // Sent by itself, a deployment's template is evaluated for itself; inside another one that has to be said.
        return {
            ...body,
            properties: { expressionEvaluationOptions: { scope: "inner" }, ...properties },
        };
    }
    return body;
}

/** Writes bodies with functions in place of what Azure is to be asked for. */
class BodyWriter {
    readonly urns: string[] = [];
    readonly parameters: TemplateParameter[] = [];

    constructor(
        private readonly known: KnownValues,
        private readonly scope: TemplateScope,
        private readonly unknownTexts: ReadonlySet<string>,
    ) {}

    written(value: unknown): unknown {
        if (typeof value === "string") {
            return this.text(value);
        }
        if (Array.isArray(value)) {
            return value.map((item) => this.written(item));
        }
        if (!isRecord(value)) {
            return value;
        }
        // A template inside the body is evaluated by itself: it stays as it is.
        return Object.fromEntries(
            Object.entries(value).map(([key, item]) => [
                this.text(key),
                key === "template" && isTemplate(item) ? item : this.written(item),
            ]),
        );
    }

    private text(text: string): string {
        const { parts, urns, parameters } = this.known.express(text, this.scope, this.unknownTexts.has(text));
        this.urns.push(...urns);
        this.parameters.push(...parameters);
        return templateText(parts);
    }
}

function isTemplate(value: unknown): boolean {
    return isRecord(value) && "$schema" in value && "resources" in value;
}
