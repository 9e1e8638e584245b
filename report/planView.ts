import type { StackPlan } from "../plan/stackPlan";
import { StackView } from "../stack/stackView";

/**
 * The resources of a plan with the ways to look them up that the plan's own rules have. A plan shows inputs, with secrets
 * masked, and no state: what is read from the state here is the name, which the id ends with.
 */
export function planView(plan: StackPlan): StackView {
    return new StackView(
        plan.resources.map((resource) => ({
            ...resource,
            secretInputs: [],
            state: { ...resource.inputs, ...nameIn(resource.id) },
        })),
    );
}

function nameIn(id: string | undefined): { name?: string } {
    const name = id?.startsWith("/") ? id.split("/").pop() : undefined;
    return name === undefined ? {} : { name };
}
