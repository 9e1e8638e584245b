import * as authorization from "@pulumi/azure-native/authorization";
import * as managedidentity from "@pulumi/azure-native/managedidentity";
import * as pulumi from "@pulumi/pulumi";
import { PrincipalType } from "../../components";
import { federatedCredentialOptions, tokenAudience } from "../../components/internal/federatedCredential";
import { azureName } from "../../components/internal/naming";
import { recreatable } from "../../components/internal/protection";
import { roleAssignmentOptions } from "../../components/internal/roleAssignment";
import type { FederatedSubject } from "../internal/federation";
import type { Right } from "../internal/rights";

/** Arguments of a pipeline's identity. */
export interface PipelineIdentityArgs {
    /** Resource group of the identity. Changing this replaces the identity. */
    resourceGroupName: pulumi.Input<string>;
    /** Region of the identity. Changing this replaces the identity. */
    location: string;
    /** Common part of Azure names. Changing this replaces the identity. */
    baseName: string;
    /** What the identity is for, such as `prod-deploy`; part of its name. Changing this replaces the identity. */
    purpose: string;
    /** Whose tokens the identity accepts. */
    subjects: FederatedSubject[];
    /** What the identity may do. */
    roles: Right[];
    /** Tags of the identity. */
    tags: { [key: string]: string };
}

/** An identity that pipelines sign in as, with the token of their own run: there is no secret to keep or to rotate. */
export class PipelineIdentity extends pulumi.ComponentResource {
    /** Client id of the identity: what pipelines are configured with. */
    public readonly clientId: pulumi.Output<string>;
    /** Object id of the identity: what role assignments name. */
    public readonly principalId: pulumi.Output<string>;

    constructor(name: string, args: PipelineIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
        super("aks-landing-zone-bootstrap:index:PipelineIdentity", name, args, opts);

        const identity = new managedidentity.UserAssignedIdentity(
            `${name}-identity`,
            {
                resourceGroupName: args.resourceGroupName,
                location: args.location,
                resourceName: azureName("identity", args.baseName, args.purpose),
                tags: args.tags,
            },
            { parent: this },
        );

        let previous: pulumi.Resource[] = [];
        for (const { key, issuer, subject } of args.subjects) {
            const credential = new managedidentity.FederatedIdentityCredential(
                `${name}-credential-${key}`,
                {
                    resourceGroupName: args.resourceGroupName,
                    resourceName: identity.name,
                    federatedIdentityCredentialResourceName: key,
                    issuer,
                    subject,
                    audiences: [tokenAudience],
                },
                { ...federatedCredentialOptions(this, identity, previous), ...recreatable },
            );
            previous = [credential];
        }

        for (const { key, scope, roleDefinitionId, condition } of args.roles) {
            new authorization.RoleAssignment(
                `${name}-role-${key}`,
                {
                    scope,
                    principalId: identity.principalId,
                    principalType: PrincipalType.ServicePrincipal,
                    roleDefinitionId,
                    ...(condition
                        ? { condition: condition.expression, conditionVersion: condition.version }
                        : {}),
                },
                roleAssignmentOptions(this),
            );
        }

        this.clientId = identity.clientId;
        this.principalId = identity.principalId;
        this.registerOutputs({ clientId: this.clientId, principalId: this.principalId });
    }
}
