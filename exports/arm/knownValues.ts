import type { CapturedResource } from "../../simulator/capture";
import { modelOfType } from "../../simulator/azure/models/modelOf";
import { isRecord } from "../../simulator/records";
import { types } from "../../stack/resourceTypes";
import { isAzure } from "../../stack/stackView";
import { textsOf } from "../declared";
import type { DeclaredStack } from "../declared";
import { armAddress, isGroup } from "./armAddress";
import type { ArmAddress } from "./armAddress";
import { idCall, quoted } from "./expression";
import type { Part, TemplateScope } from "./expression";

/** A parameter of the template: what the stack knows only from elsewhere, or must not be written down. */
export interface TemplateParameter {
    name: string;
    type: "string" | "securestring";
    /** What to give it. */
    description: string;
}

/** A text that a template can say by a function instead. */
interface KnownValue {
    call: (scope: TemplateScope) => string;
    /** URN of the resource that has to be there first. */
    urn?: string;
    parameter?: TemplateParameter;
    /** True for what Azure sets: only a text that a preview does not know can come from it. */
    isComputed?: true;
}

/** What a text of a resource's body becomes in a template. */
export interface Expressed {
    parts: Part[];
    /** URNs of the resources whose ids or properties are in it. */
    urns: string[];
    parameters: TemplateParameter[];
}

// Shorter texts that Azure sets are states and tiers ("Succeeded", "Premium"): part of many texts, and of none's origin.
const shortestComputed = 16;

// A group of these ends an id or a GUID; `/` begins a child of it, which is allowed.
const boundary = "(?![\\w.-])";

/**
 * Finds in texts what a template should ask Azure for: the ids of the stack's resources, the properties that Azure sets
 * (principals, client ids, issuer), the subscription, the tenant, and what may only come in as a parameter.
 */
export class KnownValues {
    private readonly known = new Map<string, KnownValue>();
    private readonly everything: RegExp;
    private readonly settled: RegExp;

    constructor(stack: DeclaredStack) {
        const { subscriptionId, tenantId, resources } = stack;
        this.add(`/subscriptions/${subscriptionId}`, { call: () => "subscription().id" });
        this.add(subscriptionId, { call: () => "subscription().subscriptionId" });
        this.add(tenantId, { call: () => "subscription().tenantId" });
        for (const resource of resources) {
            if (isAzure(resource) && resource.id !== undefined) {
                this.addId(resource, armAddress(resource.id));
            }
        }
        for (const resource of resources) {
            this.addComputed(resource);
            this.addSecrets(resource);
        }
        stack.secretTexts.forEach((text, index) =>
            this.addParameter(text, {
                name: `secret${index + 1}`,
                type: "securestring",
                description: "A secret of the stack's configuration.",
            }),
        );
        this.everything = this.pattern(() => true);
        this.settled = this.pattern(({ isComputed }) => !isComputed);
    }

    /**
     * The same text with functions where it names what the template can ask for.
     * @param isUnknown True for a text that a preview does not know: only then can something that Azure sets be in it.
     */
    express(text: string, scope: TemplateScope, isUnknown: boolean): Expressed {
        const result: Expressed = { parts: [], urns: [], parameters: [] };
        let end = 0;
        for (const match of text.matchAll(isUnknown ? this.everything : this.settled)) {
            const known = this.known.get(match[0]);
            if (!known) {
                continue;
            }
            if (match.index > end) {
                result.parts.push({ text: text.slice(end, match.index) });
            }
            result.parts.push({ call: known.call(scope) });
            result.urns.push(...(known.urn === undefined ? [] : [known.urn]));
            result.parameters.push(...(known.parameter ? [known.parameter] : []));
            end = match.index + match[0].length;
        }
        if (end < text.length || text === "") {
            result.parts.push({ text: text.slice(end) });
        }
        return result;
    }

    private pattern(counts: (value: KnownValue) => boolean): RegExp {
        const texts = [...this.known]
            .filter(([, value]) => counts(value))
            .map(([text]) => text)
            .sort((one, other) => other.length - one.length);
        return new RegExp(`(?:${texts.map(escaped).join("|")})${boundary}`, "g");
    }

    private add(text: string, value: KnownValue): void {
        // The first that has a text is the one that it comes from: resources are known before what Azure computes.
        if (text !== "" && !this.known.has(text)) {
            this.known.set(text, value);
        }
    }

    private addParameter(text: string, parameter: TemplateParameter): void {
        this.add(text, { call: () => `parameters(${quoted(parameter.name)})`, parameter });
    }

    private addId({ id = "", urn }: CapturedResource, address: ArmAddress): void {
        // The id of a group as a text is the subscription's with its name: `subscriptionResourceId` gives another form.
        if (!isGroup(address)) {
            this.add(id, { call: (scope) => idCall(address, scope), urn });
        }
    }

    private addComputed(resource: CapturedResource): void {
        const { type, id, inputs, state, urn, name } = resource;
        if (type === types.entraGroup) {
            const objectId = state["objectId"];
            this.addParameter(typeof objectId === "string" ? objectId : "", {
                name: `group_${name.replace(/\W/g, "_")}`,
                type: "string",
                description: `Object id of the Entra ID group "${String(inputs["displayName"])}".`,
            });
        }
        if (!isAzure(resource) || id === undefined) {
            return;
        }
        const given = new Set(textsOf(inputs));
        for (const { path, text } of leaves(state)) {
            if (text.length >= shortestComputed && !given.has(text)) {
                const address = armAddress(id);
                const call = (scope: TemplateScope) =>
                    referenceCall(idCall(address, scope), modelOfType(type).apiVersion, path);
                this.add(text, { call, urn, isComputed: true });
            }
        }
    }

    private addSecrets(resource: CapturedResource): void {
        if (!isAzure(resource)) {
            return;
        }
        const { inputs, secretInputs, name } = resource;
        for (const input of secretInputs) {
            leaves({ [input]: inputs[input] }).forEach(({ path, text }) =>
                this.addParameter(text, {
                    name: [name, ...path].join("_").replace(/\W/g, "_"),
                    type: "securestring",
                    description: `Secret \`${path.join(".")}\` of ${name}.`,
                }),
            );
        }
    }
}

// What stands beside `properties`; `reference` gives it only where it is asked for the whole resource.
const besideProperties = ["identity", "kind", "location", "sku", "tags"];

function referenceCall(id: string, apiVersion: string, path: readonly string[]): string {
    const [first = ""] = path;
    const isBeside = besideProperties.includes(first);
    const way = first === "properties" ? path.slice(1) : path;
    const steps = way.map((step) =>
        /^\d+$/.test(step) ? `[${step}]` : /^\w+$/.test(step) ? `.${step}` : `[${quoted(step)}]`,
    );
    return `reference(${id}, ${quoted(apiVersion)}${isBeside ? ", 'Full'" : ""})${steps.join("")}`;
}

/** The texts at the ends of an object, with the way to each. */
function leaves(value: unknown, path: readonly string[] = []): { path: readonly string[]; text: string }[] {
    if (typeof value === "string") {
        return [{ path, text: value }];
    }
    const entries = Array.isArray(value)
        ? value.map((item, index) => [String(index), item] as const)
        : isRecord(value)
          ? Object.entries(value)
          : [];
    return entries.flatMap(([key, item]) => leaves(item, [...path, key]));
}

function escaped(text: string): string {
    return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
