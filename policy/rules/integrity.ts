import { types } from "../../stack/resourceTypes";
import { isAzure, isKubernetes } from "../../stack/stackView";
import { textAt } from "../../stack/values";
import type { CapturedResource } from "../../simulator/capture";
import { isRecord } from "../../simulator/records";
import { everyOne, finding, missing, ofEach } from "../rule";
import type { Finding, JudgedStack, Rule } from "../rule";
import { sources } from "../sources";

/** Rules about the program itself rather than what it builds. */
export const integrityRules: readonly Rule[] = [
    {
        id: "explicit-providers",
        title: "Every resource uses a provider that the program declares",
        severity: "error",
        why: "A default provider works with whatever subscription or cluster the machine happens to be signed in to.",
        mend: "Pass the provider to the component that the resource is in: `{ providers: [...] }`.",
        sources: [sources.pulumiProviders],
        evaluate: (stack) =>
            stack.resources
                .filter((resource) => isAzure(resource) || isKubernetes(resource))
                .filter(({ provider }) => !isDeclared(stack, provider))
                .map((resource) => finding(resource, "uses a default provider")),
    },
    {
        id: "kubernetes-provider-is-bound-to-its-cluster",
        title: "The Kubernetes provider names its cluster",
        severity: "error",
        why: "Without `clusterIdentifier`, any change to the kubeconfig replaces everything in the cluster.",
        mend: "Set `clusterIdentifier` to the cluster's id.",
        sources: [sources.pulumiProviders],
        ...ofEach(types.kubernetesProvider, ({ inputs }) =>
            textAt(inputs, "clusterIdentifier") ? undefined : "has no `clusterIdentifier`",
        ),
    },
    {
        id: "same-resources-in-preview-and-update",
        title: "Preview and update declare the same resources",
        severity: "error",
        why: "What a preview does not show is created unseen; it comes from a resource in `apply` or behind a computed value.",
        mend: "Decide from plain configuration whether a resource exists, and create it outside `apply`.",
        sources: [sources.pulumiOutputs],
        judgedBy: "plan",
        evaluate: phaseFindings,
    },
    {
        id: "unique-urns",
        title: "Every resource has a URN of its own",
        severity: "error",
        why: "The engine refuses a program that declares one URN twice, in the middle of an update.",
        mend: "Give the resources different names.",
        sources: [sources.pulumiNames],
        judgedBy: "plan",
        evaluate: (stack) =>
            duplicates(stack.resources, ({ urn }) => urn).map((resource) =>
                finding(resource, "is declared more than once"),
            ),
    },
    {
        id: "unique-platform-ids",
        title: "No two resources are the same thing in Azure or the cluster",
        severity: "error",
        why: "Two declarations of one thing overwrite each other, and deleting one deletes both.",
        mend: "Give one of them another name, or remove it.",
        sources: [sources.pulumiNames],
        evaluate: (stack) =>
            duplicates(
                stack.resources.filter(({ id, type }) => id !== undefined && !type.endsWith("Patch")),
                ({ type, id }) => `${type} ${id ?? ""}`.toLowerCase(),
            ).map((resource) => finding(resource, `another resource is ${resource.id ?? ""} as well`)),
    },
    {
        id: "kubeconfig-is-secret",
        title: "The kubeconfig is a secret at the Kubernetes provider",
        severity: "error",
        why: "Provider inputs are stored in the stack's state, where everyone who may read the state reads them.",
        mend: "Wrap the kubeconfig in `pulumi.secret`.",
        sources: [sources.pulumiSecrets],
        judgedBy: "plan",
        evaluate: (stack) =>
            stack.resources.some(({ type }) => type.startsWith("kubernetes:"))
                ? everyOne(stack, types.kubernetesProvider, "Kubernetes provider", ({ secretInputs }) =>
                      secretInputs.includes("kubeconfig") ? undefined : "its kubeconfig is not a secret",
                  )
                : [],
    },
    {
        id: "no-secret-in-plain-inputs",
        title: "No secret is in a plain input",
        severity: "error",
        why: "Plain inputs are stored in clear text and shown in every preview.",
        mend: "Read the value with `requireSecret`, or wrap it in `pulumi.secret`, and keep it an Output.",
        sources: [sources.pulumiSecrets],
        judgedBy: "plan",
        evaluate: (stack) => stack.resources.flatMap((resource) => plainSecrets(stack, resource)),
    },
    {
        id: "no-unset-placeholders",
        title: "Every placeholder of the stack file is filled in",
        severity: "info",
        why: "The plan uses stand-ins for them; a deployment refuses to start.",
        mend: "Replace the placeholders in the stack file.",
        sources: [sources.pulumiSecrets],
        judgedBy: "plan",
        evaluate: ({ unset }) =>
            unset.length === 0
                ? []
                : [
                      missing(
                          `${unset.length} still to fill in: ${unset.map(({ path }) => `\`${path}\``).join(", ")}`,
                      ),
                  ],
    },
];

/** A reference is `urn::id`. The engine's own default providers are called `default...`. */
function isDeclared(stack: JudgedStack, reference: string): boolean {
    const provider = stack.withUrn(reference.split("::").slice(0, 4).join("::"));
    return provider !== undefined && !provider.name.startsWith("default");
}

function phaseFindings({ phases }: JudgedStack): Finding[] {
    const onlyIn = (one: readonly string[], other: readonly string[], phase: string): Finding[] => {
        const known = new Set(other);
        return one
            .filter((urn) => !known.has(urn))
            .map((urn) => ({
                resource: urn.split("::")[3] ?? urn,
                urn,
                message: `exists in the ${phase} only`,
            }));
    };
    return [
        ...onlyIn(phases.preview, phases.update, "preview"),
        ...onlyIn(phases.update, phases.preview, "update"),
    ];
}

/** The second and further resources that share a key. */
function duplicates(
    resources: readonly CapturedResource[],
    keyOf: (resource: CapturedResource) => string,
): CapturedResource[] {
    const seen = new Set<string>();
    return resources.filter((resource) => {
        const key = keyOf(resource);
        const isRepeated = seen.has(key);
        seen.add(key);
        return isRepeated;
    });
}

const secretProperty =
    /(password|passwd|clientsecret|connectionstring|sharedkey|accountkey|privatekey|sastoken|bearertoken|kubeconfig)$/i;
const credential = /-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAccountKey=|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\./;

function plainSecrets(stack: JudgedStack, resource: CapturedResource): Finding[] {
    const findings: Finding[] = [];
    const visit = (value: unknown, path: string): void => {
        if (typeof value === "string" && value !== "") {
            const property = path.split(/[.[]/).pop() ?? "";
            const isSecret =
                secretProperty.test(property) ||
                credential.test(value) ||
                stack.secretTexts.some((text) => value.includes(text));
            if (isSecret) {
                findings.push(finding(resource, `\`${path}\` holds a secret in clear text`));
            }
        } else if (Array.isArray(value)) {
            value.forEach((item, index) => visit(item, `${path}[${index}]`));
        } else if (isRecord(value)) {
            Object.entries(value).forEach(([key, inner]) =>
                visit(inner, path === "" ? key : `${path}.${key}`),
            );
        }
    };
    for (const [input, value] of Object.entries(resource.inputs)) {
        if (!resource.secretInputs.includes(input)) {
            visit(value, input);
        }
    }
    return findings;
}
