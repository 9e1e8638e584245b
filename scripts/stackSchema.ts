import * as z from "zod";
import { projectName } from "../config/project";
import { settingsSchema } from "../config/schema";
import { metaOf } from "../config/schemaTree";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Metadata that is for messages and the reference, not for editors. */
const ownMeta = ["allowed", "change", "defaultText", "example", "explain", "fix", "secret", "standIn"];

const placeholder: JsonSchema = {
    type: "string",
    pattern: "^<[^<>]+>$",
    description: "A placeholder, to be replaced before the first deployment.",
};

const encrypted: JsonSchema = {
    type: "object",
    properties: { secure: { type: "string" } },
    required: ["secure"],
    additionalProperties: false,
    description: "A value that `pulumi config set --secret` encrypted.",
};

/** Turns what zod makes of one schema into what an editor should show. */
function forEditors({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: JsonSchema }): void {
    const { change } = metaOf(zodSchema);
    if (
        jsonSchema.description !== undefined &&
        change !== undefined &&
        !jsonSchema.description.includes(" A change: ")
    ) {
        jsonSchema.description += ` A change: ${change}.`;
    }
    const takesPlaceholder = metaOf(zodSchema).standIn !== undefined && jsonSchema.type === "string";
    for (const key of ownMeta) {
        Reflect.deleteProperty(jsonSchema, key);
    }
    if (takesPlaceholder) {
        const { type, pattern } = jsonSchema;
        Reflect.deleteProperty(jsonSchema, "type");
        Reflect.deleteProperty(jsonSchema, "pattern");
        jsonSchema.anyOf = [{ type, pattern }, placeholder, encrypted];
    }
    // An empty section says nothing to whoever completes it.
    if (JSON.stringify(jsonSchema.default) === "{}") {
        delete jsonSchema.default;
    }
}

/** JSON schema of a whole stack file (`Pulumi.<stack>.yaml`), made from the schema of the configuration. */
export function stackFileSchema(): JsonSchema {
    const settings = z.toJSONSchema(settingsSchema, { io: "input", target: "draft-7", override: forEditors });
    const prefixed = Object.entries(settings.properties ?? {}).map(([key, value]) => [
        `${projectName}:${key}`,
        value,
    ]);
    return {
        $schema: "http://json-schema.org/draft-07/schema#",
        title: "Stack file of the AKS landing zone",
        type: "object",
        properties: {
            config: {
                type: "object",
                properties: Object.fromEntries(prefixed) as Record<string, JsonSchema>,
                // Settings of Pulumi itself and of providers.
                patternProperties: { [`^(?!${projectName}:)[A-Za-z0-9_-]+:`]: {} },
                required: (settings.required ?? []).map((key) => `${projectName}:${key}`),
                additionalProperties: false,
            },
            secretsprovider: { type: "string", description: "What encrypts secrets of this stack." },
            encryptedkey: { type: "string", description: "Written by Pulumi." },
            encryptionsalt: { type: "string", description: "Written by Pulumi." },
            environment: { description: "Pulumi ESC environments." },
        },
        required: ["config"],
        additionalProperties: false,
    };
}
