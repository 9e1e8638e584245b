import { rolePropagation } from "../../azure/durations";
import type { ExistingResource } from "../../azure/subscription";
import { roleAssignmentType } from "../../azure/typeTokens";
import type { Person } from "../../people";
import { isAllowed } from "./authorization";
import type { Grant } from "./authorization";
import type { AccessReviewSpec } from "./dataAction";

/*
 * The two webhooks by which an AKS cluster with Entra ID and Azure RBAC asks who somebody is and what they may do
 * (https://learn.microsoft.com/azure/aks/entra-id-authorization; kubeguard/guard answers them there).
 */

/** `TokenReview` of authentication.k8s.io/v1, as an API server sends it. */
export interface TokenReview {
    spec: { token?: string };
}

/** `SubjectAccessReview` of authorization.k8s.io/v1, as an API server sends it. */
export interface SubjectAccessReview {
    spec: AccessReviewSpec;
}

/** Says whom a token stands for: the name is the object id, as AKS shows service principals; groups are object ids. */
export function tokenReviewAnswer(
    { spec }: TokenReview,
    holder: (token: string) => Person | undefined,
): object {
    const person = holder(spec.token ?? "");
    const status = person
        ? {
              authenticated: true,
              user: { username: person.objectId, groups: person.groups, extra: { oid: [person.objectId] } },
          }
        : { authenticated: false, error: "the token is unknown or has expired" };
    return { apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", status };
}

/**
 * Says whether Azure lets somebody do something in a cluster. It never forbids: where no role allows it, the cluster's own
 * roles decide. On clusters without Azure RBAC, and on people whom Entra ID does not know, it has no opinion.
 */
export function accessReviewAnswer(
    { spec }: SubjectAccessReview,
    clusterId: string,
    existing: readonly ExistingResource[],
    now: number,
): { status: { allowed: boolean } } {
    const answer = {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SubjectAccessReview",
        status: opinion(spec, clusterId, existing, now),
    };
    return answer;
}

function opinion(
    spec: AccessReviewSpec,
    clusterId: string,
    existing: readonly ExistingResource[],
    now: number,
): { allowed: boolean; reason: string } {
    const cluster = existing.find(({ id }) => id.toLowerCase() === clusterId.toLowerCase());
    const profile = cluster?.inputs["aadProfile"] as { enableAzureRBAC?: boolean } | undefined;
    if (!profile?.enableAzureRBAC || !spec.extra?.["oid"]) {
        return { allowed: false, reason: "Azure does not have opinion for this user." };
    }
    const grant = isAllowed(spec, clusterId, grantsOf(existing, now));
    return grant
        ? { allowed: true, reason: "Access allowed by Azure RBAC" }
        : {
              allowed: false,
              reason: "User does not have access to the resource in Azure. Update role assignment to allow access.",
          };
}

/** The role assignments that work by now. */
function grantsOf(existing: readonly ExistingResource[], now: number): Grant[] {
    return existing
        .filter(({ type, createdAt }) => type === roleAssignmentType && createdAt + rolePropagation <= now)
        .map(({ inputs }) => ({
            principalId: String(inputs["principalId"]),
            roleDefinitionId: String(inputs["roleDefinitionId"]),
            scope: String(inputs["scope"]),
        }));
}
