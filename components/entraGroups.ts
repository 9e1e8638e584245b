import { Group } from "@pulumi/azuread/group";
import * as pulumi from "@pulumi/pulumi";
import { entraGroupProblems } from "./internal/entraGroupRules";

/** A security group to create in Entra. */
export interface EntraGroupArgs {
    /** Short name of the group within the program, for example `platform-admins`. Changing this replaces the group. */
    key: string;
    /** Name that people see in Entra, unique there: 1 to 256 characters. */
    displayName: string;
    /** What the group is for. Defaults to none. */
    description?: string;
    /** Object ids of the group's owners, GUIDs; list the deploying principal, or it cannot change the group later. Defaults to the deploying principal alone. */
    ownerObjectIds?: string[];
}

/** Arguments of a set of groups. */
export interface EntraGroupsArgs {
    /** Groups to create. */
    groups: EntraGroupArgs[];
}

/**
 * Security groups in Entra, for a tenant where nobody prepared them. Existing groups need no component: pass their
 * object ids on. Members are not managed here; owners or an identity governance tool add them.
 */
export class EntraGroups extends pulumi.ComponentResource {
    /** Object id of each group, by key. */
    public readonly objectIds: pulumi.Output<{ [key: string]: string }>;

    constructor(name: string, args: EntraGroupsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("aks-landing-zone:index:EntraGroups", name, {}, opts);
        const problems = entraGroupProblems(args.groups);
        if (problems.length > 0) {
            throw new pulumi.ResourceError(problems.join("\n"), this);
        }

        const objectIds: { [key: string]: pulumi.Output<string> } = {};
        for (const { key, displayName, description, ownerObjectIds = [] } of args.groups) {
            const group = new Group(
                `${name}-${key}`,
                {
                    displayName,
                    description,
                    securityEnabled: true,
                    preventDuplicateNames: true,
                    // An empty list would be "no owners", which Entra refuses; left out, the creator becomes the owner.
                    ...(ownerObjectIds.length > 0 ? { owners: ownerObjectIds } : {}),
                },
                { parent: this },
            );
            objectIds[key] = group.objectId;
        }

        this.objectIds = pulumi.output(objectIds);
        this.registerOutputs({ objectIds: this.objectIds });
    }
}
