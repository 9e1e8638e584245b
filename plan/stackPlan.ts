import type { Capture, CapturedOptions, CapturedResource } from "../simulator/capture";
import { accessGrants } from "./access";
import type { AccessGrant } from "./access";
import { addressRanges } from "../stack/addressPlan";
import type { AddressRange } from "../stack/addressPlan";
import { runRules } from "../policy/evaluate";
import type { RuleResult } from "../policy/evaluate";
import type { RulesByTopic, UnsetValue } from "../policy/rule";
import type { Waiver } from "../policy/waiver";
import { componentTree, countsByType } from "./componentTree";
import type { ComponentNode } from "./componentTree";
import { estimateCost } from "./cost/estimate";
import type { CostEstimate } from "./cost/estimate";
import type { PriceBook } from "./cost/priceBook";
import { shownInputs, withoutSecrets } from "./masking";
import { shownSettings } from "./settings";
import { redacted } from "../terminal/redacted";
import { PlannedStack } from "./plannedStack";
import type { ProgramMessage } from "./programConsole";
import { types } from "../stack/resourceTypes";
import type { PlannedConfig } from "./runProgram";
import type { StackFile } from "./stackFile";
import { textAt } from "../stack/values";

/** One resource as the plan shows it. */
export interface ShownResource {
    type: string;
    name: string;
    urn: string;
    /** Azure id, or `namespace/name` in the cluster; made up by the simulator. */
    id?: string;
    /** URN of the parent. */
    parent?: string;
    /** False for components. */
    custom: boolean;
    /** `urn::id` of the provider. */
    provider: string;
    /** Inputs with secrets masked. */
    inputs: Record<string, unknown>;
    options: CapturedOptions;
}

/** Everything that the plan says about a stack. No secret is in it. */
export interface StackPlan {
    stack: string;
    project: string;
    region: string;
    /** The settings by key of the stack file, defaults included, with secrets masked. */
    settings: Record<string, unknown>;
    resources: ShownResource[];
    /** Number of resources by short type, without components. */
    counts: { type: string; count: number }[];
    components: ComponentNode;
    /** Stack outputs with secrets masked. */
    outputs: Record<string, unknown>;
    checks: RuleResult[];
    cost: CostEstimate;
    addressPlan: AddressRange[];
    access: AccessGrant[];
    unset: UnsetValue[];
    phases: {
        /** Number of resources and components that each phase declares. */
        preview: number;
        update: number;
        /** URNs that the other phase does not declare. */
        onlyInPreview: string[];
        onlyInUpdate: string[];
    };
    /** What the program itself had to say. */
    messages: ProgramMessage[];
    durationInMilliseconds: number;
}

/** What the plan is judged by. */
export interface Judging {
    rules: RulesByTopic;
    waivers: readonly Waiver[];
    /** Today, `YYYY-MM-DD`: waivers expire. */
    today: string;
    /** Where prices are looked up. Defaults to the price table. */
    book?: PriceBook;
}

/** What the plan's questions are put to, and texts that must not be shown. */
function plannedStack(
    file: StackFile,
    config: PlannedConfig,
    preview: Capture,
    update: Capture,
): { planned: PlannedStack; secretTexts: string[] } {
    const secretTexts = [...file.secretStandIns, ...kubeconfigs(update.resources)];
    const planned = new PlannedStack(preview, update, {
        secretTexts,
        unset: config.unset,
        peerRanges: config.network?.peers ?? [],
    });
    return { planned, secretTexts };
}

/** Works out everything that the plan says of a stack whose program ran in both phases. */
export function describeStack(
    file: StackFile,
    config: PlannedConfig,
    preview: Capture,
    update: Capture,
    { rules, waivers, today, book }: Judging,
): Omit<StackPlan, "messages" | "durationInMilliseconds"> {
    const { planned, secretTexts } = plannedStack(file, config, preview, update);
    const { phases } = planned;
    return redacted(
        {
            stack: file.stack,
            project: file.project,
            region: config.location,
            settings: shownSettings(config, file),
            resources: update.resources.map(shown).sort((one, other) => (one.urn < other.urn ? -1 : 1)),
            counts: countsByType(planned),
            components: componentTree(planned),
            outputs: withoutSecrets(update.outputs, update.secretOutputs),
            checks: runRules(planned, rules, { stack: file.stack, waivers, today }),
            cost: estimateCost(planned, book),
            addressPlan: addressRanges(planned),
            access: accessGrants(planned, config),
            unset: [...config.unset],
            phases: {
                preview: phases.preview.length,
                update: phases.update.length,
                onlyInPreview: without(phases.preview, phases.update),
                onlyInUpdate: without(phases.update, phases.preview),
            },
        },
        secretTexts,
    );
}

/** A kubeconfig is a secret whether the program says so or not. */
function kubeconfigs(resources: readonly CapturedResource[]): string[] {
    return resources
        .filter(({ type }) => type === types.kubernetesProvider)
        .flatMap(({ inputs }) => textAt(inputs, "kubeconfig") ?? []);
}

function shown(resource: CapturedResource): ShownResource {
    const { type, name, urn, id, parent, custom, provider, options } = resource;
    return {
        type,
        name,
        urn,
        ...(id === undefined ? {} : { id }),
        ...(parent === undefined ? {} : { parent }),
        custom,
        provider,
        inputs: shownInputs(resource),
        options,
    };
}

function without(urns: readonly string[], others: readonly string[]): string[] {
    const known = new Set(others);
    return urns.filter((urn) => !known.has(urn));
}
