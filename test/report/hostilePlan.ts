import type { StackPlan } from "../../plan/stackPlan";
import { isRecord } from "../../simulator/records";

const markup = `"><img src=x onerror="alert(1)"></script><script>alert(2)</script><b>`;

/** Keys whose values the report looks things up by; with markup in them nothing would be shown at all. */
const lookedUp: readonly string[] = [
    "basis",
    "date",
    "expires",
    "id",
    "kind",
    "parent",
    "severity",
    "type",
    "urn",
    "url",
];

/** Inputs that are shown as they are. */
const shownInputs: readonly string[] = [
    "description",
    "vmSize",
    "kubernetesVersion",
    "ports",
    "channel",
    "subject",
];

/** The same plan with markup at the end of every text that is shown. */
export function hostile(plan: StackPlan): StackPlan {
    const { resources, ...rest } = plan;
    return {
        ...(changed(rest, (key) => !lookedUp.includes(key)) as Omit<StackPlan, "resources">),
        resources: resources.map((resource) => ({
            ...resource,
            name: resource.name + markup,
            inputs: changed(resource.inputs, (key) => shownInputs.includes(key)) as Record<string, unknown>,
        })),
    };
}

function changed(value: unknown, isShown: (key: string) => boolean, key = ""): unknown {
    if (typeof value === "string") {
        return isShown(key) ? value + markup : value;
    }
    if (Array.isArray(value)) {
        return value.map((item) => changed(item, isShown, key));
    }
    return isRecord(value)
        ? Object.fromEntries(
              Object.entries(value).map(([name, inner]) => [name, changed(inner, isShown, name)]),
          )
        : value;
}
