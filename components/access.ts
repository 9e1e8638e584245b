import * as authorization from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";
import { accessProblems } from "./internal/accessRules";
import { roleAssignmentOptions } from "./internal/roleAssignment";
import { roleDefinitionId } from "./internal/roles";
import type { RoleKey } from "./internal/roles";
import { PrincipalType } from "./shared";

/** An Entra group that gets access to the cluster. */
export interface AccessGroupArgs {
    /** Short name of the group within the program, the same wherever the group is listed. Changing this replaces its assignments. */
    key: string;
    /** Object id of the group. Changing this replaces its assignments. */
    objectId: pulumi.Input<string>;
}

/** Who may work in one namespace. */
export interface NamespaceAccessArgs {
    /** Name of the namespace. It need not exist yet. Changing this replaces the assignments. */
    namespace: string;
    /** Groups that may read and write most objects in the namespace, secrets and network policies included, roles and quotas excluded. Defaults to none. */
    developers?: AccessGroupArgs[];
    /** Groups that may read most objects in the namespace, secrets excluded. Defaults to none. */
    readers?: AccessGroupArgs[];
}

/** Arguments of an access table. */
export interface AccessArgs {
    /** Subscription that the role definitions are read from, a GUID. */
    subscriptionId: string;
    /** Id of the cluster, which must authorise by Azure roles. Changing this replaces the assignments. */
    clusterId: pulumi.Input<string>;
    /** Groups that may do everything in the cluster. */
    adminGroups: AccessGroupArgs[];
    /** Who may work in which namespace. Defaults to none. */
    namespaces?: NamespaceAccessArgs[];
}

/**
 * Who may do what in a cluster, as Azure role assignments: administrators on the whole of it, each tenant's groups in
 * their namespaces only. Every group may also fetch the cluster's address, without which no tool can connect.
 */
export class Access extends pulumi.ComponentResource {
    /** Ids of all assignments. */
    public readonly assignmentIds: pulumi.Output<string[]>;

    constructor(name: string, args: AccessArgs, opts?: pulumi.ComponentResourceOptions) {
        super("aks-landing-zone:index:Access", name, {}, opts);
        const problems = accessProblems(args);
        if (problems.length > 0) {
            throw new pulumi.ResourceError(problems.join("\n"), this);
        }

        const { adminGroups, namespaces = [] } = args;
        const ids: pulumi.Output<string>[] = [];
        const assign = (role: RoleKey, group: AccessGroupArgs, namespace?: string) => {
            const assignment = new authorization.RoleAssignment(
                // A namespace has no period in its name, so no two of these names can be the same.
                [`${name}-${role}`, namespace === undefined ? group.key : `${namespace}.${group.key}`].join(
                    "-",
                ),
                {
                    scope:
                        namespace === undefined
                            ? args.clusterId
                            : pulumi.interpolate`${args.clusterId}/namespaces/${namespace}`,
                    principalId: group.objectId,
                    principalType: PrincipalType.Group,
                    roleDefinitionId: roleDefinitionId(args.subscriptionId, role),
                },
                roleAssignmentOptions(this),
            );
            ids.push(assignment.id);
        };

        adminGroups.forEach((group) => assign("aksRbacClusterAdmin", group));
        everyGroup(adminGroups, namespaces).forEach((group) => assign("aksClusterUser", group));
        for (const { namespace, developers = [], readers = [] } of namespaces) {
            developers.forEach((group) => assign("aksRbacWriter", group, namespace));
            readers.forEach((group) => assign("aksRbacReader", group, namespace));
        }

        this.assignmentIds = pulumi.all(ids);
        this.registerOutputs({ assignmentIds: this.assignmentIds });
    }
}

/** Each group once, whatever the number of lists it is in. */
function everyGroup(adminGroups: AccessGroupArgs[], namespaces: NamespaceAccessArgs[]): AccessGroupArgs[] {
    const tenants = namespaces.flatMap(({ developers = [], readers = [] }) => [...developers, ...readers]);
    return [...new Map([...adminGroups, ...tenants].map((group) => [group.key, group])).values()];
}
