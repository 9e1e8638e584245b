import { builtInRoles } from "../bootstrap/internal/builtInRoles";
import { roles } from "../components/internal/roles";

/** Azure's roles that may change or grant everything; the landing zone assigns none of them. Same source as roles.ts. */
const broadRoles: Readonly<Record<string, string>> = {
    "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": "Owner",
    "b24988ac-6180-42a0-ab88-20f7382dd24c": "Contributor",
    "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9": "User Access Administrator",
    "f58310d9-a9f6-439a-9e8d-f62e7b41a168": "Role Based Access Control Administrator",
};

const titles = new Map<string, string>([
    ...[...Object.values(roles), ...Object.values(builtInRoles)].map(({ id, title }) => [id, title] as const),
    ...Object.entries(broadRoles),
]);

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
    return broadRoles[roleGuid(roleDefinitionId)];
}
