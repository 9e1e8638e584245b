import { Document, isNode, isScalar } from "yaml";
import type { CapturedResource } from "../../simulator/capture";
import { types } from "../../stack/resourceTypes";
import { isKubernetes } from "../../stack/stackView";
import { groupBy, textAt } from "../../stack/values";
import { unknownInputs } from "../declared";
import type { DeclaredStack } from "../declared";
import type { LeftOut } from "../note";

/** Manifests by path below `kubernetes/`, and what is in none of them. */
export interface Manifests {
    files: ReadonlyMap<string, string>;
    leftOut: readonly LeftOut[];
}

const clusterFile = "cluster.yaml";

/**
 * The in-cluster half as manifests: one file for each namespace, with the namespace itself first, and one for what belongs
 * to the whole cluster. Charts have files of their own.
 */
export function manifests(stack: DeclaredStack): Manifests {
    const objects = stack.resources.filter((each) => isKubernetes(each) && !isRelease(each));
    const written = objects.filter((object) => !holdsSecrets(object));
    const files = groupBy(written, fileOf);
    const known = knownInputs(stack);
    return {
        files: new Map(
            [...files]
                .sort(([one], [other]) => (one < other ? -1 : 1))
                .map(([file, members]) => [
                    file,
                    [...members]
                        .sort(byKindAndName)
                        .map((each) => documentText(stack, each, known))
                        .join("---\n"),
                ]),
        ),
        leftOut: objects.filter(holdsSecrets).map(({ state, name }) => ({
            what: `${textAt(state, "kind")} ${textAt(state, "metadata", "namespace") ?? ""}/${textAt(state, "metadata", "name") ?? name}`,
            why: "it holds secrets, and no file of the export does",
        })),
    };
}

function holdsSecrets({ type, secretInputs }: CapturedResource): boolean {
    return secretInputs.length > 0 || type === types.secret;
}

function fileOf({ state }: CapturedResource): string {
    const namespace =
        textAt(state, "kind") === "Namespace"
            ? textAt(state, "metadata", "name")
            : textAt(state, "metadata", "namespace");
    return namespace === undefined ? clusterFile : `namespaces/${namespace}.yaml`;
}

function byKindAndName(one: CapturedResource, other: CapturedResource): number {
    const [first, second] = [sortKey(one), sortKey(other)];
    return first < second ? -1 : first > second ? 1 : 0;
}

function sortKey({ state }: CapturedResource): string {
    const kind = textAt(state, "kind") ?? "";
    return `${kind === "Namespace" ? 0 : 1} ${kind} ${textAt(state, "metadata", "name")}`;
}

function documentText(stack: DeclaredStack, resource: CapturedResource, known: ReadonlySet<unknown>): string {
    const { inputs, state, type } = resource;
    const { apiVersion, kind, metadata, ...rest } = {
        ...inputs,
        apiVersion: state["apiVersion"],
        kind: state["kind"],
        metadata: state["metadata"],
    } as Record<string, unknown>;
    const document = new Document({ apiVersion, kind, metadata, ...rest });
    for (const { path, value } of unknownInputs(stack, resource)) {
        const node = document.getIn(path, true);
        if (isNode(node) && isScalar(node) && !known.has(value)) {
            node.comment = " stand-in: known only after the deployment";
        }
    }
    if (type.endsWith("Patch")) {
        // The object is there already and belongs to others; only these fields are the landing zone's.
        document.commentBefore = " A part of an object that others own: apply it server-side.";
    }
    return document.toString({ lineWidth: 0 });
}

/** Values that need no deployment to be true: what previews know of the inputs of any resource, as a whole input. */
function knownInputs({ previewed, tenantId, subscriptionId }: DeclaredStack): ReadonlySet<unknown> {
    const inputs = [...previewed.values()].flatMap((each) => Object.values(each));
    return new Set([...inputs, tenantId, subscriptionId]);
}

/** True for a Helm release. */
export function isRelease({ type }: CapturedResource): boolean {
    return type === types.helmRelease;
}
