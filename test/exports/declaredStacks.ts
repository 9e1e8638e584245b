import { declaredStack } from "../../exports/declared";
import type { DeclaredStack } from "../../exports/declared";
import { runStack } from "../../plan/runStack";
import type { CapturedResource } from "../../simulator/capture";
import { projectFolder } from "../support/stacks";

const planned = new Map<string, Promise<DeclaredStack>>();

/** What the program declares for a stack of this repository; run once for all tests. */
export function declared(stack: "dev" | "prod"): Promise<DeclaredStack> {
    const known =
        planned.get(stack) ?? runStack({ directory: projectFolder, stack }).then((run) => declaredStack(run));
    planned.set(stack, known);
    return known;
}

export const subscriptionId = "11111111-1111-4111-8111-111111111111";
export const tenantId = "22222222-2222-4222-8222-222222222222";

/** A stack of a few resources; what `unknown` names is not known in a preview. */
export function sampleStack(
    resources: readonly CapturedResource[],
    more: { previewed?: ReadonlyMap<string, Record<string, unknown>>; secretTexts?: string[] } = {},
): DeclaredStack {
    return {
        stack: "sample",
        project: "aks-landing-zone",
        subscriptionId,
        tenantId,
        resources,
        previewed: new Map(resources.map(({ urn, inputs }) => [urn, inputs])),
        secretTexts: [],
        ...more,
    };
}

/** A resource as the program might declare it. */
export function sampleResource(
    resource: Pick<CapturedResource, "type" | "name" | "inputs"> & Partial<CapturedResource>,
): CapturedResource {
    return {
        urn: `urn:pulumi:sample::aks-landing-zone::${resource.type}::${resource.name}`,
        custom: true,
        provider: "",
        secretInputs: [],
        state: resource.inputs,
        options: {
            protect: false,
            retainOnDelete: false,
            dependsOn: [],
            ignoreChanges: [],
            replaceOnChanges: [],
            aliases: 0,
            errorHooks: [],
        },
        ...resource,
    };
}
