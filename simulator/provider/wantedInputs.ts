import { randomBytes, randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { azureResourceType } from "../azure";
import { identityInputs, ownNameInput } from "../azure/identityInputs";
import { unwrapSecrets } from "../secrets";
import { detailedDiff, replacingProperties } from "./detailedDiff";
import type { DetailedDiff } from "./detailedDiff";

type Values = Record<string, unknown>;

/** How a resource would change. */
export interface DiffAnswer {
    /** Differences by path; none where nothing changes. */
    detailed: DetailedDiff;
    /** Top-level properties that force a replacement. */
    replaces: string[];
    /** True where the new one cannot be made beside the old one. */
    deleteBeforeReplace: boolean;
}

/** Property of the state with the inputs as they were given: a difference is one between inputs. */
export const inputsKey = "__inputs";

// Azure-native marks inputs with a name that it made up itself: only these can be there twice.
const createBeforeDeleteKey = "__createBeforeDelete";

/** Pulumi type token and logical name. */
export function parseUrn(urn: string): { type: string; logicalName: string } {
    const [, , qualifiedType = "", ...name] = urn.split("::");
    return { type: qualifiedType.split("$").at(-1) ?? "", logicalName: name.join("::") };
}

/** The wanted inputs with a name, made up where none is given. Throws for a type that no table knows. */
export function namedInputs(
    { type, logicalName }: { type: string; logicalName: string },
    olds: Values,
    news: Values,
): Values {
    const property = ownNameInput(type);
    if (property === undefined || news[property] !== undefined) {
        return news;
    }
    const name = olds[property] ?? automaticName(type, logicalName);
    const isMadeUp = olds[property] === undefined || olds[createBeforeDeleteKey] === true;
    return { ...news, [property]: name, ...(isMadeUp ? { [createBeforeDeleteKey]: true } : {}) };
}

/**
 * What would change, as azure-native judges it (pulumi/pulumi-azure-native provider/pkg/provider/provider.go, `Diff`).
 * @param olds State of the resource.
 * @param oldInputs Its inputs as the engine has them; those in the state where it says nothing.
 * @param replacing Paths that force a replacement, beside those that are the resource's identity.
 */
export function differences(
    type: string,
    olds: Values,
    news: Values,
    oldInputs: Values = (olds[inputsKey] ?? {}) as Values,
    replacing: readonly string[] = [],
): DiffAnswer {
    const detailed = detailedDiff(plainInputs(oldInputs), plainInputs(news), [
        ...identityInputs(type),
        ...replacing,
    ]);
    for (const [property, kind] of Object.entries(detailed)) {
        // An input that says what Azure had chosen by itself changes nothing.
        if (kind === "add-replace" && isDeepStrictEqual(news[property], olds[property])) {
            detailed[property] = "add";
        }
    }
    const replaces = replacingProperties(detailed);
    const hasMadeUpName = oldInputs[createBeforeDeleteKey] === true;
    return {
        detailed,
        replaces,
        // The bridge to azuread's Terraform provider does not ask for it.
        deleteBeforeReplace: type.startsWith("azure-native:") && replaces.length > 0 && !hasMadeUpName,
    };
}

/** Inputs as Azure gets them: without secret envelopes and without what the provider itself has written there. */
export function plainInputs(inputs: Values): Values {
    return unwrapSecrets(withoutMarks(inputs)) as Values;
}

/** Without what the provider itself has written into inputs or state. */
export function withoutMarks(values: Values): Values {
    return Object.fromEntries(Object.entries(values).filter(([property]) => !property.startsWith("__")));
}

function automaticName(type: string, logicalName: string): string {
    return azureResourceType(type).guidName
        ? randomUUID()
        : `${logicalName}${randomBytes(4).toString("hex")}`;
}
