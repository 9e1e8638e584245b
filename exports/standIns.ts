import { pathText } from "../config/errors";
import { azureResourceType } from "../simulator/azure";
import type { CapturedResource } from "../simulator/capture";
import { isAzure, isKubernetes } from "../stack/stackView";
import type { KnownValues } from "./arm/knownValues";
import { textsOf, unknownInputs } from "./declared";
import type { DeclaredStack } from "./declared";
import type { StandInNote } from "./note";

/** How to tell whether an export says honestly what a preview does not know. */
interface Writing {
    counts: (resource: CapturedResource) => boolean;
    /** True where the export has a function in place of a text. */
    isExpressed: (text: string) => boolean;
    why: string;
}

/**
 * The values in the exports that a deployment will have otherwise: what is known only in a deployment, and neither asked
 * for by a function of the template nor an input of another resource.
 * @param known What the template asks Azure for.
 */
export function standIns(stack: DeclaredStack, known: KnownValues): StandInNote[] {
    const scope = { kind: "subscription", subscriptionId: stack.subscriptionId } as const;
    const isAsked = (text: string) => known.express(text, scope, true).parts.some((part) => "call" in part);
    return [
        ...notes(stack, {
            counts: isAzure,
            isExpressed: isAsked,
            why: "the program works it out in a deployment from values that Azure sets; this is what it works out from the plan's",
        }),
        ...notes(stack, {
            counts: isKubernetes,
            isExpressed: () => false,
            why: "known only after the deployment, and a manifest cannot ask for it; this is the plan's",
        }),
        ...stack.resources.flatMap(madeUpName),
    ];
}

function notes(stack: DeclaredStack, { counts, isExpressed, why }: Writing): StandInNote[] {
    const given = knownTexts(stack);
    const isTold = (text: string) => given.has(text) || isExpressed(text);
    return stack.resources.filter(counts).flatMap((resource) =>
        unknownInputs(stack, resource)
            .filter(({ value }) => !textsOf(value).every(isTold) || !isText(value))
            .map(({ path }) => ({ resource: resource.name, type: resource.type, at: pathText(path), why })),
    );
}

/** True where a value has texts at its ends, or nothing: a number or a switch tells nothing of where it comes from. */
function isText(value: unknown): boolean {
    return typeof value === "object" || typeof value === "string";
}

/** What previews know of inputs, names of properties included: texts that need no deployment to be true. */
function knownTexts(stack: DeclaredStack): ReadonlySet<string> {
    const all = [...stack.previewed.values()].flatMap(textsOf);
    return new Set([...all, stack.subscriptionId, stack.tenantId]);
}

/** Names that the provider makes up when it creates the resource. */
function madeUpName(resource: CapturedResource): StandInNote[] {
    if (!isAzure(resource)) {
        return [];
    }
    const { type, name, inputs } = resource;
    const own = azureResourceType(type).nameInputs.at(-1) ?? "";
    return inputs[own] === undefined
        ? [
              {
                  resource: name,
                  type,
                  at: "name",
                  why: "the provider makes one up when it creates the resource",
              },
          ]
        : [];
}
