import { azureRoles } from "../components/internal/azureRoles";
import type { Role } from "../components/internal/azureRoles";

/** Azure's roles that may change or grant everything; the landing zone assigns none of them. */
const broadRoles: readonly Role[] = [
    azureRoles.owner,
    azureRoles.contributor,
    azureRoles.userAccessAdministrator,
    azureRoles.roleAdministrator,
];

const titlesOf = (roles: readonly Role[]) => new Map(roles.map(({ id, title }) => [id, title]));
const titles = titlesOf(Object.values(azureRoles));
const broadTitles = titlesOf(broadRoles);

/** The GUID at the end of a role definition id. */
export function roleGuid(roleDefinitionId: string | undefined): string {
    return roleDefinitionId?.split("/").pop()?.toLowerCase() ?? "";
}

/** Title of a role as the portal shows it; its GUID for a role that is in no table. */
export function roleTitle(roleDefinitionId: string | undefined): string {
    const guid = roleGuid(roleDefinitionId);
    return titles.get(guid) ?? `role ${guid || "?"}`;
}

/** Title of a role that may change or grant everything; undefined for all others. */
export function broadRoleTitle(roleDefinitionId: string | undefined): string | undefined {
    return broadTitles.get(roleGuid(roleDefinitionId));
}
