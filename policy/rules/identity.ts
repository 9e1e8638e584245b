import type { CapturedResource } from "../../simulator/capture";
import { broadRoleTitle, roleGuid } from "../../plan/roleTitles";
import { roles } from "../../components/internal/roles";
import { types } from "../../plan/resourceTypes";
import { objectName, objectNamespace } from "../../plan/stackView";
import { groupBy, sameId, textAt } from "../../plan/values";
import { each, finding } from "../rule";
import type { Rule, JudgedStack, Finding } from "../rule";

/** Rules about identities and what they may do. */
export const identityRules: readonly Rule[] = [
    {
        id: "role-assignment-names-principal-type",
        title: "Every role assignment says what kind of principal it is for",
        severity: "error",
        why: "Without it Azure looks the principal up, and refuses one that was created a moment ago.",
        mend: "Set `principalType`.",
        evaluate: (stack) =>
            each(stack, types.roleAssignment, ({ inputs }) =>
                textAt(inputs, "principalType") ? undefined : "has no `principalType`",
            ),
    },
    {
        id: "role-assignment-names-role-in-full",
        title: "Every role assignment names its role with the subscription",
        severity: "error",
        why: "Azure answers with the long form, so the short one shows a difference, and a replacement, after every refresh.",
        mend: "Use `roleDefinitionId(subscriptionId, role)`.",
        evaluate: (stack) =>
            each(stack, types.roleAssignment, ({ inputs }) =>
                /^\/subscriptions\/[^/]+\/providers\/Microsoft\.Authorization\/roleDefinitions\/[^/]+$/.test(
                    textAt(inputs, "roleDefinitionId") ?? "",
                )
                    ? undefined
                    : "its `roleDefinitionId` lacks the subscription",
            ),
    },
    {
        id: "no-role-that-may-do-everything",
        title: "Nobody is given a role that may change or grant everything",
        severity: "error",
        why: "Owner, Contributor and the roles that grant roles make every narrower assignment beside them pointless.",
        mend: "Assign the narrow role that the work needs; components/internal/roles.ts lists those in use.",
        evaluate: (stack) =>
            each(stack, types.roleAssignment, ({ inputs }) => {
                const title = broadRoleTitle(textAt(inputs, "roleDefinitionId"));
                return title ? `assigns ${title}` : undefined;
            }),
    },
    {
        id: "role-assignments-are-narrow",
        title: "No role is assigned over a whole subscription",
        severity: "warning",
        why: "A role over the subscription also holds for what other people put there later.",
        mend: "Assign the role at the resource, or at its resource group.",
        evaluate: (stack) =>
            each(stack, types.roleAssignment, ({ inputs }) => {
                const scope = textAt(inputs, "scope") ?? "";
                return /^\/subscriptions\/[^/]+\/?$/i.test(scope)
                    ? "holds for the whole subscription"
                    : undefined;
            }),
    },
    {
        id: "federated-credentials-are-chained",
        title: "The federated credentials of an identity are written one after the other, at most 20",
        severity: "error",
        why: "Azure answers concurrent writes on one identity with a conflict, and takes no more than 20.",
        mend: "Let each credential depend on the one before; split the workload's identity above 20.",
        evaluate: federationFindings,
    },
    {
        id: "workload-identities-meet-a-service-account",
        title: "Every federated credential meets an annotated service account",
        severity: "warning",
        why: "The subject must match a service account by the letter, and the account must carry the identity's client id.",
        mend: "Create the service account with the annotation `azure.workload.identity/client-id`.",
        evaluate: serviceAccountFindings,
    },
    {
        id: "kubelet-may-pull-images",
        title: "The kubelet identity may pull from every registry",
        severity: "error",
        why: "Pods cannot start when their images cannot be pulled.",
        mend: "Assign AcrPull at the registry to the kubelet identity, not to that of the control plane.",
        evaluate: pullFindings,
    },
];

function federationFindings(stack: JudgedStack): Finding[] {
    const credentials = stack.ofType(types.federatedCredential);
    const perIdentity = groupBy(credentials, ({ inputs }) => {
        return [textAt(inputs, "resourceGroupName"), textAt(inputs, "resourceName")].join("/");
    });
    return [...perIdentity.values()].flatMap((group) => {
        const [first] = group;
        if (first && group.length > 20) {
            const identity = textAt(first.inputs, "resourceName") ?? first.name;
            return [
                finding(
                    first,
                    `identity ${identity} has ${group.length} federated credentials; Azure allows 20`,
                ),
            ];
        }
        return unchained(stack, group);
    });
}

/** Members of a group that another one may be written beside: in a chain, each waits for a different number of others. */
function unchained(stack: JudgedStack, group: readonly CapturedResource[]): Finding[] {
    const urns = new Set(group.map(({ urn }) => urn));
    const byDepth = groupBy(group, (credential) => {
        const before = [...dependencies(stack, credential)].filter((urn) => urns.has(urn));
        return String(before.length);
    });
    return [...byDepth.values()].flatMap(([, ...others]) =>
        others.map((credential) =>
            finding(credential, "does not wait for the other credentials of its identity"),
        ),
    );
}

/** Everything that a resource waits for, directly or not. */
function dependencies(stack: JudgedStack, resource: CapturedResource): Set<string> {
    const seen = new Set<string>();
    const visit = (urns: readonly string[]): void => {
        for (const urn of urns.filter((candidate) => !seen.has(candidate))) {
            seen.add(urn);
            visit(stack.withUrn(urn)?.options.dependsOn ?? []);
        }
    };
    visit(resource.options.dependsOn);
    return seen;
}

function serviceAccountFindings(stack: JudgedStack): Finding[] {
    const accounts = stack.ofType(types.serviceAccount);
    // With the in-cluster half switched off the accounts are not part of this run.
    if (stack.ofType(types.namespace).length === 0) {
        return [];
    }
    return each(stack, types.federatedCredential, ({ inputs }) => {
        const subject = textAt(inputs, "subject") ?? "";
        const account = accounts.find((candidate) => {
            return (
                subject ===
                `system:serviceaccount:${objectNamespace(candidate) ?? ""}:${objectName(candidate) ?? ""}`
            );
        });
        const identity = stack
            .ofType(types.identity)
            .find(({ state }) => textAt(state, "name") === textAt(inputs, "resourceName"));
        if (!account) {
            return `no service account in this stack is ${subject}`;
        }
        const clientId = textAt(
            account.inputs,
            "metadata",
            "annotations",
            "azure.workload.identity/client-id",
        );
        return clientId !== undefined && clientId === textAt(identity?.state, "clientId")
            ? undefined
            : `service account ${account.name} does not carry its client id`;
    });
}

function pullFindings(stack: JudgedStack): Finding[] {
    const kubelets = stack
        .ofType(types.cluster)
        .flatMap(({ inputs }) => textAt(inputs, "identityProfile", "kubeletidentity", "objectId") ?? []);
    return each(stack, types.registry, (registry) => {
        const pullers = stack
            .ofType(types.roleAssignment)
            .filter(
                ({ inputs }) =>
                    roleGuid(textAt(inputs, "roleDefinitionId")) === roles.acrPull.id &&
                    sameId(textAt(inputs, "scope"), registry.id),
            )
            .map(({ inputs }) => textAt(inputs, "principalId"));
        return kubelets
            .filter((kubelet) => !pullers.includes(kubelet))
            .map(() => "the kubelet identity may not pull from it");
    });
}
