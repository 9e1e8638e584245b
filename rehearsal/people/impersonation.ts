import type { Impersonated } from "../../simulator/cluster/kubernetesApi";
import type { Person } from "../../simulator/people";

/**
 * Somebody as the API server of a cluster without Entra ID may know them. Azure's roles are not there: the administrators
 * are those of Kubernetes itself.
 */
export function impersonation({ name, objectId, groups }: Person): Impersonated {
    const isAdmin = name === "admin" || name === "deployer";
    return {
        user: objectId,
        groups: [...groups, "system:authenticated", ...(isAdmin ? ["system:masters"] : [])],
    };
}
