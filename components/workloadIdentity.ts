import * as authorization from "@pulumi/azure-native/authorization";
import * as managedidentity from "@pulumi/azure-native/managedidentity";
import * as corev1 from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { federatedCredentialOptions, tokenAudience } from "./internal/federatedCredential";
import { azureName } from "./internal/naming";
import { after } from "./internal/ordering";
import { roleAssignmentOptions } from "./internal/roleAssignment";
import {
    federatedCredentialName,
    qualifiedRoleDefinitionId,
    tokenSubject,
    workloadIdentityProblems,
} from "./internal/workloadIdentityRules";
import { PrincipalType } from "./shared";

/** A Kubernetes service account whose pods may act as the identity. */
export interface WorkloadSubjectArgs {
    /** Namespace of the service account. Changing this replaces the credential. */
    namespace: string;
    /** Name of the service account. Changing this replaces the credential. */
    serviceAccount: string;
}

/** An Azure role of the identity. */
export interface WorkloadRoleArgs {
    /** Short name of the role within the identity, for example `read-secrets`. Changing this replaces the assignment. */
    key: string;
    /** Id of what the role is for: a vault, a storage container, a resource group. Changing this replaces the assignment. */
    scope: pulumi.Input<string>;
    /** Id of the role definition, or the bare GUID of a built-in role. Changing this replaces the assignment. */
    roleDefinitionId: pulumi.Input<string>;
}

/** Arguments of a workload identity. */
export interface WorkloadIdentityArgs {
    /** Resource group of the identity. Changing this replaces the identity. */
    resourceGroupName: pulumi.Input<string>;
    /** Region of the identity. Changing this replaces the identity. */
    location: pulumi.Input<string>;
    /** Common part of Azure names, for example `lz-dev-weu`. Changing this replaces the identity. */
    baseName: string;
    /** Name of the workload, for example `payments-api`; the identity is called `id-<baseName>-<identityName>`. Changing this replaces the identity. */
    identityName: string;
    /** Subscription that the role definitions are read from, a GUID. */
    subscriptionId: string;
    /** Address of the cluster's token issuer, exactly as the cluster gives it. */
    issuerUrl: pulumi.Input<string>;
    /** Service accounts that may act as the identity: 1 to 20, Azure's limit. */
    subjects: WorkloadSubjectArgs[];
    /** Azure roles of the identity. Defaults to none. */
    roleAssignments?: WorkloadRoleArgs[];
    /** Creates the service accounts, with the annotations that name the identity. Needs a Kubernetes provider. Defaults to true. */
    createServiceAccounts?: boolean;
    /** Ids of the namespaces, or what stands for them, to wait for before service accounts are created. Defaults to none. */
    namespacesReady?: pulumi.Input<string>[];
    /** Tags of the identity. Defaults to none. */
    tags?: { [key: string]: pulumi.Input<string> };
}

const defaults = { createServiceAccounts: true };

/**
 * An Azure identity for pods: they sign in with the token of their service account, and no password exists anywhere.
 * Pods take part when their template carries the label `azure.workload.identity/use: "true"`.
 */
export class WorkloadIdentity extends pulumi.ComponentResource {
    /** Id of the identity. */
    public readonly id: pulumi.Output<string>;
    /** Client id of the identity: what pods present. */
    public readonly clientId: pulumi.Output<string>;
    /** Object id of the identity: what role assignments name. */
    public readonly principalId: pulumi.Output<string>;

    constructor(name: string, args: WorkloadIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
        // `deletedWith` is for what is in the cluster. The engine would hand it down to the Azure resources too, and
        // leave these behind when the cluster is replaced.
        const { deletedWith, ...ownOpts } = opts ?? {};
        super("aks-landing-zone:index:WorkloadIdentity", name, {}, ownOpts);
        const problems = workloadIdentityProblems(args);
        if (problems.length > 0) {
            throw new pulumi.ResourceError(problems.join("\n"), this);
        }

        const identity = new managedidentity.UserAssignedIdentity(
            `${name}-identity`,
            {
                resourceGroupName: args.resourceGroupName,
                location: args.location,
                resourceName: azureName("identity", args.baseName, args.identityName),
                tags: args.tags,
            },
            { parent: this },
        );

        let previous: pulumi.Resource[] = [];
        for (const subject of args.subjects) {
            // A namespace has no period in its name, so no two of these names can be the same.
            const account = `${subject.namespace}.${subject.serviceAccount}`;
            const credential = new managedidentity.FederatedIdentityCredential(
                `${name}-credential-${account}`,
                {
                    resourceGroupName: args.resourceGroupName,
                    resourceName: identity.name,
                    federatedIdentityCredentialResourceName: federatedCredentialName(subject),
                    issuer: args.issuerUrl,
                    subject: tokenSubject(subject),
                    audiences: [tokenAudience],
                },
                federatedCredentialOptions(this, identity, previous),
            );
            previous = [credential];

            if (args.createServiceAccounts ?? defaults.createServiceAccounts) {
                new corev1.ServiceAccount(
                    `${name}-account-${account}`,
                    {
                        metadata: {
                            namespace: subject.namespace,
                            name: subject.serviceAccount,
                            annotations: {
                                "azure.workload.identity/client-id": identity.clientId,
                                "azure.workload.identity/tenant-id": identity.tenantId,
                            },
                        },
                        // Azure sign-in uses a token of its own; a pod that calls the Kubernetes API asks for one in its spec.
                        automountServiceAccountToken: false,
                    },
                    {
                        parent: this,
                        // The namespace must exist, and a pod that starts with the account must be able to sign in.
                        dependsOn: after(credential.id, ...(args.namespacesReady ?? [])),
                        // Without it, deleting a cluster would first call into the cluster that is going away.
                        deletedWith,
                    },
                );
            }
        }

        for (const { key, scope, roleDefinitionId } of args.roleAssignments ?? []) {
            new authorization.RoleAssignment(
                `${name}-role-${key}`,
                {
                    scope,
                    principalId: identity.principalId,
                    principalType: PrincipalType.ServicePrincipal,
                    roleDefinitionId: pulumi
                        .output(roleDefinitionId)
                        .apply((role) => qualifiedRoleDefinitionId(args.subscriptionId, role)),
                },
                roleAssignmentOptions(this),
            );
        }

        this.id = identity.id;
        this.clientId = identity.clientId;
        this.principalId = identity.principalId;
        this.registerOutputs({ id: this.id, clientId: this.clientId, principalId: this.principalId });
    }
}
