import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import type { StackRun } from "../plan/runStack";
import type { CapturedResource } from "../simulator/capture";
import { isRecord } from "../simulator/records";
import { types } from "../stack/resourceTypes";

/** What a stack's program declares, as the exports read it. Secrets are in it in plain. */
export interface DeclaredStack {
    stack: string;
    project: string;
    subscriptionId: string;
    tenantId: string;
    /** Resources with the inputs that an update sends, in the order of their URNs. Components and providers are left out. */
    resources: readonly CapturedResource[];
    /** What a preview knows of the inputs of each resource, by URN: unknown values stand where an update must happen first. */
    previewed: ReadonlyMap<string, Record<string, unknown>>;
    /** Texts that must not be written anywhere. */
    secretTexts: readonly string[];
}

/** The part of a run that is exported. */
export function declaredStack({ file, config, preview, update }: StackRun): DeclaredStack {
    const kubeconfigs = update.resources
        .filter(({ type }) => type === types.kubernetesProvider)
        .map(({ inputs }) => inputs["kubeconfig"])
        .filter((text) => typeof text === "string");
    return {
        stack: file.stack,
        project: file.project,
        subscriptionId: config.subscriptionId,
        tenantId: config.tenantId,
        resources: update.resources
            .filter(({ custom, type }) => custom && !type.startsWith("pulumi:"))
            .sort((one, other) => (one.urn < other.urn ? -1 : 1)),
        previewed: new Map(preview.resources.map(({ urn, inputs }) => [urn, inputs])),
        secretTexts: [...file.secretStandIns, ...kubeconfigs],
    };
}

/** A value that a preview does not know, with what the update has in its place. */
export interface UnknownInput {
    /** Property names and list indexes from the resource's inputs on. */
    path: readonly (string | number)[];
    value: unknown;
}

/** The inputs of a resource that are known only in a deployment, each at the highest place where it is unknown. */
export function unknownInputs(stack: DeclaredStack, { urn, inputs }: CapturedResource): UnknownInput[] {
    const found: UnknownInput[] = [];
    const visit = (previewed: unknown, value: unknown, path: UnknownInput["path"]): void => {
        if (previewed === unknownValue || (previewed === undefined && value !== undefined)) {
            found.push({ path, value });
        } else if (Array.isArray(value)) {
            const list = Array.isArray(previewed) ? previewed : [];
            value.forEach((item, index) => visit(list[index], item, [...path, index]));
        } else if (isRecord(value)) {
            const object = isRecord(previewed) ? previewed : {};
            Object.entries(value).forEach(([key, item]) => visit(object[key], item, [...path, key]));
        }
    };
    visit(stack.previewed.get(urn) ?? {}, inputs, []);
    return found;
}

/** The texts at the ends of a value. */
export function textsOf(value: unknown): string[] {
    if (typeof value === "string") {
        return [value];
    }
    if (Array.isArray(value)) {
        return value.flatMap(textsOf);
    }
    return isRecord(value) ? Object.entries(value).flatMap(([key, item]) => [key, ...textsOf(item)]) : [];
}
