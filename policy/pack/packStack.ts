import type { PolicyProviderResource, PolicyResourceOptions } from "@pulumi/policy";
import { StackView } from "../../stack/stackView";
import { textAt } from "../../stack/values";
import type { JsonRecord } from "../../stack/values";
import type { CapturedResource } from "../../simulator/capture";
import type { Finding, JudgedStack } from "../rule";
import { platformId } from "./platformId";
import { layered, plain } from "./values";
import type { Watch } from "./values";

/** What the engine tells a policy of a resource, before it is made or after the whole stack is. */
export interface ToldResource {
    type: string;
    urn: string;
    name: string;
    props: Record<string, unknown>;
    opts: PolicyResourceOptions;
    provider?: PolicyProviderResource;
    parent?: { urn: string };
    dependencies?: readonly { urn: string }[];
}

/**
 * A resource in the form that rules look at.
 * @param inputs What the program wrote, where it was told before. What the resource is stands in for it otherwise.
 */
export function resourceOf(
    told: ToldResource,
    watch: Watch,
    inputs?: Record<string, unknown>,
): CapturedResource {
    const shown = plain(told.props, watch) as JsonRecord;
    const written = inputs === undefined ? shown : (plain(inputs, watch) as JsonRecord);
    const state = layered(written, shown);
    const { opts } = told;
    const subscriptionId = textAt(plain(told.provider?.props ?? {}, watch), "subscriptionId");
    const parent = told.parent?.urn ?? opts.parent;
    return {
        urn: told.urn,
        type: told.type,
        name: told.name,
        ...(parent === undefined || parent === "" ? {} : { parent }),
        // Only what a provider makes has one; providers themselves are made by the engine.
        custom: told.provider !== undefined || told.type.startsWith("pulumi:providers:"),
        provider: told.provider?.urn ?? "",
        inputs: written,
        // The engine unwraps secrets for policies without saying which they were.
        secretInputs: [],
        // Read when it is asked for: what it is made of may not be known yet.
        get id() {
            return platformId({ type: told.type, inputs: written, state }, subscriptionId);
        },
        state,
        options: {
            protect: opts.protect,
            retainOnDelete: false,
            deleteBeforeReplace: opts.deleteBeforeReplace,
            dependsOn: (told.dependencies ?? []).map(({ urn }) => urn),
            ignoreChanges: opts.ignoreChanges,
            replaceOnChanges: [],
            aliases: opts.aliases.length,
            errorHooks: [],
        },
    };
}

/** A stack as the engine tells it to policies. Some values are not known yet in a preview. */
export class PackStack extends StackView implements JudgedStack {
    readonly phases = { preview: [], update: [] };
    readonly secretTexts = [];
    readonly unset = [];
    readonly peerRanges = [];
    /** How often a finding was withheld. */
    withheld = 0;
    readonly #watch: Watch;
    readonly #hasUnknownIds: boolean;

    constructor(resources: readonly CapturedResource[], watch: Watch) {
        super(resources);
        this.#watch = watch;
        // The lookup by id has read all ids.
        this.#hasUnknownIds = watch.looked;
        watch.looked = false;
    }

    /** Nobody knows whether an id is that of a resource whose own is not known yet. */
    override withId(id: string | undefined): CapturedResource | undefined {
        const found = super.withId(id);
        this.#watch.looked ||= found === undefined && this.#hasUnknownIds;
        return found;
    }

    certain(judge: () => Finding[]): Finding[] {
        const watch = this.#watch;
        const before = watch.looked;
        watch.looked = false;
        const findings = judge();
        const isCertain = !watch.looked;
        // What was looked at in here says nothing about the judgement around it: its findings are certain or gone.
        watch.looked = before;
        if (isCertain || findings.length === 0) {
            return findings;
        }
        this.withheld += 1;
        return [];
    }
}
