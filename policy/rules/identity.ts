import { roles } from "../../components/internal/roles";
import type { RoleKey } from "../../components/internal/roles";
import { types } from "../../stack/resourceTypes";
import { broadRoleTitle, roleGuid } from "../../stack/roleTitles";
import { objectName, objectNamespace } from "../../stack/stackView";
import { groupBy, recordAt, sameId, textAt, textsAt } from "../../stack/values";
import type { CapturedResource } from "../../simulator/capture";
import { nodePools } from "../nodePools";
import { each, finding, ofEach } from "../rule";
import type { Finding, JudgedStack, Rule } from "../rule";
import { sources } from "../sources";

/** Rules about identities and what they may do. */
export const identityRules: readonly Rule[] = [
    {
        id: "role-assignment-names-principal-type",
        title: "Every role assignment says what kind of principal it is for",
        severity: "error",
        why: "Without it Azure looks the principal up, and refuses one that was created a moment ago.",
        mend: "Set `principalType`.",
        sources: [sources.roleTroubles],
        ...ofEach(types.roleAssignment, ({ inputs }) =>
            textAt(inputs, "principalType") ? undefined : "has no `principalType`",
        ),
    },
    {
        id: "role-assignment-names-role-in-full",
        title: "Every role assignment names its role with the subscription",
        severity: "error",
        why: "Azure answers with the long form, so the short one shows a difference, and a replacement, after every refresh.",
        mend: "Use `roleDefinitionId(subscriptionId, role)`.",
        sources: [sources.roleTroubles],
        ...ofEach(types.roleAssignment, ({ inputs }) =>
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
        sources: [sources.rolePractices],
        ...ofEach(types.roleAssignment, ({ inputs }) => {
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
        sources: [sources.rolePractices],
        ...ofEach(types.roleAssignment, ({ inputs }) => {
            const scope = textAt(inputs, "scope") ?? "";
            if (/^\/subscriptions\/[^/]+\/?$/i.test(scope)) {
                return "holds for the whole subscription";
            }
            return /^\/(providers\/Microsoft\.Management\/managementGroups\/[^/]+\/?)?$/i.test(scope)
                ? "holds for more than a subscription"
                : undefined;
        }),
    },
    {
        id: "federated-credentials-are-chained",
        title: "The federated credentials of an identity are written one after the other, at most 20",
        severity: "error",
        why: "Azure answers concurrent writes on one identity with a conflict, and takes no more than 20.",
        mend: "Let each credential depend on the one before; split the workload's identity above 20.",
        sources: [sources.workloadIdentity],
        evaluate: federationFindings,
    },
    {
        id: "workload-identities-meet-a-service-account",
        title: "Every federated credential meets an annotated service account",
        severity: "warning",
        why: "The subject must match a service account by the letter, and the account must carry the identity's client id.",
        mend: "Create the service account with the annotation `azure.workload.identity/client-id`.",
        sources: [sources.workloadIdentity],
        evaluate: serviceAccountFindings,
    },
    {
        id: "kubelet-may-pull-images",
        title: "The kubelet identity may pull from every registry",
        severity: "error",
        why: "Pods cannot start when their images cannot be pulled.",
        mend: "Assign AcrPull at the registry to the kubelet identity, not to that of the control plane.",
        sources: [sources.registryBaseline],
        evaluate: pullFindings,
    },
    {
        id: "people-get-roles-through-groups",
        title: "No role is assigned to a person",
        severity: "error",
        why: "Rights of single people are forgotten when they change teams; a group has an owner who looks after it.",
        mend: "Assign the role to an Entra group, and put the person into it.",
        sources: [sources.rolePractices],
        ...ofEach(types.roleAssignment, ({ inputs }) =>
            inputs["principalType"] === "User" ? "assigns a role to one person" : undefined,
        ),
    },
    {
        id: "cluster-has-an-administrator",
        title: "A group administers every cluster",
        severity: "error",
        why: "Local accounts are off: without such a group nobody can repair the cluster but an owner of the subscription.",
        mend: "Give a group the role Azure Kubernetes Service RBAC Cluster Admin at the cluster.",
        sources: [sources.aksBaseline],
        evaluate: (stack) =>
            each(stack, types.cluster, ({ id }) =>
                assignments(stack, "aksRbacClusterAdmin").some(
                    ({ inputs }) =>
                        inputs["principalType"] === "Group" && sameId(textAt(inputs, "scope"), id),
                )
                    ? undefined
                    : "no group is its administrator",
            ),
    },
    {
        id: "control-plane-may-join-its-subnets",
        title: "The control plane may join nodes to their subnets",
        severity: "error",
        why: "AKS refuses the cluster, or later cannot add a node or a load balancer.",
        mend: "Assign Network Contributor at the subnet, or at its network, to the identity of the control plane.",
        sources: [sources.managedIdentity],
        evaluate: (stack) => each(stack, types.cluster, (cluster) => subnetRightProblems(stack, cluster)),
    },
    {
        id: "control-plane-may-use-the-kubelet-identity",
        title: "The control plane may give the kubelet its identity",
        severity: "error",
        why: "AKS refuses a cluster whose control plane may not assign the kubelet's identity to nodes.",
        mend: "Assign Managed Identity Operator at the kubelet's identity to that of the control plane.",
        sources: [sources.managedIdentity],
        evaluate: (stack) =>
            each(stack, types.cluster, (cluster) => {
                const kubelet = textAt(cluster.inputs, "identityProfile", "kubeletidentity", "resourceId");
                const principals = controlPlanePrincipals(stack, cluster);
                return kubelet === undefined ||
                    assignments(stack, "managedIdentityOperator").some(
                        ({ inputs }) =>
                            sameId(textAt(inputs, "scope"), kubelet) &&
                            principals.includes(textAt(inputs, "principalId")),
                    )
                    ? undefined
                    : "its control plane may not use the identity of the kubelet";
            }),
    },
    {
        id: "namespace-roles-name-a-namespace",
        title: "Roles in a namespace name one that the stack has",
        severity: "error",
        why: "Azure does not look: a role in a namespace that is spelled wrong gives nobody anything, or a later tenant too much.",
        mend: "Name a namespace of a tenant in the scope.",
        sources: [sources.rolePractices],
        evaluate: (stack) => namespaceRoleFindings(stack),
    },
    {
        id: "federated-credentials-trust-their-cluster",
        title: "Federated credentials trust this stack's cluster, one service account and Entra ID only",
        severity: "error",
        why: "Another issuer, or a subject for several accounts, would let strangers sign in as the workload.",
        mend: "Use the cluster's issuer, the subject system:serviceaccount:<namespace>:<name> and the audience api://AzureADTokenExchange.",
        sources: [sources.workloadIdentity],
        evaluate: (stack) =>
            each(stack, types.federatedCredential, (credential) => trustProblems(stack, credential)),
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
    const kubelets = stack.ofType(types.cluster).flatMap(({ inputs }) => {
        const kubelet = recordAt(inputs, "identityProfile", "kubeletidentity");
        const identity = stack.withId(textAt(kubelet, "resourceId"));
        return textAt(kubelet, "objectId") ?? textAt(identity?.state, "principalId") ?? [];
    });
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

function assignments(stack: JudgedStack, role: RoleKey): CapturedResource[] {
    return stack
        .ofType(types.roleAssignment)
        .filter(({ inputs }) => roleGuid(textAt(inputs, "roleDefinitionId")) === roles[role].id);
}

function controlPlanePrincipals(stack: JudgedStack, { inputs }: CapturedResource): (string | undefined)[] {
    return textsAt(inputs, "identity", "userAssignedIdentities").flatMap((id) => {
        const identity = stack.withId(id);
        return identity ? [textAt(identity.state, "principalId")] : [];
    });
}

function subnetRightProblems(stack: JudgedStack, cluster: CapturedResource): string[] {
    const principals = controlPlanePrincipals(stack, cluster);
    const granted = assignments(stack, "networkContributor").filter(({ inputs }) =>
        principals.includes(textAt(inputs, "principalId")),
    );
    const subnets = [
        ...nodePools(stack)
            .filter(({ clusterId }) => sameId(clusterId, cluster.id))
            .map(({ settings }) => textAt(settings, "vnetSubnetID")),
        textAt(cluster.inputs, "apiServerAccessProfile", "subnetId"),
    ].flatMap((id) => stack.withId(id) ?? []);
    return [...new Set(subnets)]
        .filter(({ id }) => {
            const network = id?.replace(/\/subnets\/[^/]+$/i, "");
            return !granted.some(({ inputs }) => {
                const scope = textAt(inputs, "scope");
                return sameId(scope, id) || sameId(scope, network);
            });
        })
        .map(({ name }) => `its control plane may not join ${name}`);
}

function namespaceRoleFindings(stack: JudgedStack): Finding[] {
    const names = stack.ofType(types.namespace).map((namespace) => objectName(namespace));
    // With the in-cluster half switched off there is nothing to compare with.
    if (names.length === 0) {
        return [];
    }
    return each(stack, types.roleAssignment, ({ inputs }) => {
        const name = /\/namespaces\/([^/]+)$/i.exec(textAt(inputs, "scope") ?? "")?.[1];
        return name === undefined || names.includes(name) ? undefined : `the stack has no namespace ${name}`;
    });
}

function trustProblems(stack: JudgedStack, { inputs }: CapturedResource): string[] {
    const issuers = stack
        .ofType(types.cluster)
        .map(({ state }) => textAt(state, "oidcIssuerProfile", "issuerURL"));
    const audiences = textsAt(inputs, "audiences");
    return [
        ...(issuers.includes(textAt(inputs, "issuer"))
            ? []
            : ["trusts an issuer that is no cluster of this stack"]),
        ...(audiences.length === 1 && audiences[0] === "api://AzureADTokenExchange"
            ? []
            : ["takes tokens for another audience than api://AzureADTokenExchange"]),
        ...(/^system:serviceaccount:[a-z0-9-]+:[a-z0-9.-]+$/.test(textAt(inputs, "subject") ?? "")
            ? []
            : ["its subject is not one service account"]),
    ];
}
