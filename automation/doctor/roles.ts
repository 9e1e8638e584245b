import { azureCheck, ok, problem, unknown } from "./check";
import type { Check } from "./check";
import { programArmTypes } from "./programTypes";

interface Assignment {
    roleDefinitionName?: string;
    scope?: string;
    condition?: string | null;
}

interface RoleDefinition {
    permissions?: { actions?: string[]; notActions?: string[] }[];
}

/** What the deployer has to be allowed: to write every type of resource that the program has. */
export function neededActions(): string[] {
    return programArmTypes().map((armType) => `${armType}/write`);
}

const rolesCheck = azureCheck({
    id: "deployer-roles",
    title: "The deployer's roles allow every type of resource",
    async judge({ subscriptionId, access, unset }, { azure }) {
        const placeholder = unset.find(({ path }) => path === "access.deployer.objectId");
        if (placeholder) {
            return [unknown("`access.deployer.objectId` is not set in the stack file", placeholder.find)];
        }
        const { objectId } = access.deployer;
        const scope = `/subscriptions/${subscriptionId}`;
        const assignments = (await azure([
            ...["role", "assignment", "list", "--assignee", objectId, "--scope", scope],
            ...["--include-inherited", "--include-groups"],
        ])) as Assignment[];
        const names = [...new Set(assignments.flatMap(({ roleDefinitionName }) => roleDefinitionName ?? []))];
        const definitions = await Promise.all(
            names.map((name) => azure(["role", "definition", "list", "--name", name, "--scope", scope])),
        );
        const permissions = (definitions as RoleDefinition[][])
            .flat()
            .flatMap((role) => role.permissions ?? []);
        const missing = neededActions().filter(
            (action) =>
                !permissions.some(
                    ({ actions = [], notActions = [] }) =>
                        actions.some((pattern) => covers(pattern, action)) &&
                        !notActions.some((pattern) => covers(pattern, action)),
                ),
        );
        if (missing.length === 0) {
            return [ok(`${names.join(", ")} for ${objectId}`)];
        }
        const shown = missing.slice(0, 3).join(", ");
        const more = missing.length > 3 ? ` and ${missing.length - 3} more` : "";
        return [
            problem(
                `the deployer ${objectId} (${names.join(", ") || "no roles"}) may not: ${shown}${more}`,
                `docs/operations.md, First deployment (bootstrap/ makes the deployer with its roles); by hand: az role assignment create --assignee ${objectId} --role <role> --scope ${scope}`,
            ),
        ];
    },
});

/** Whether a pattern of a role definition, such as `Microsoft.Network/*`, covers an action. */
function covers(pattern: string, action: string): boolean {
    const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`, "i").test(action);
}

/** Checks of who may do what. */
export const roleChecks: readonly Check[] = [rolesCheck];
