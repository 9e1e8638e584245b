import { AzureError } from "./azureError";
import { nameRules } from "./nameRules";
import type { NameRule } from "./nameRules";
import type { Rule } from "./subscription";

export type { NameRule, UniqueIn } from "./nameRules";

/** How Azure lets a type be called, by Pulumi type token; a type without a row is an error that names it. */
export function nameRuleOf(type: string): NameRule {
    const rule = nameRules[type];
    if (!rule) {
        throw new Error(
            `no rule says how "${type}" may be called. Add its row to simulator/azure/nameRules.ts.`,
        );
    }
    return rule;
}

/** What Azure has against a name; nothing where it takes it. */
export function nameProblem(type: string, name: string): AzureError | undefined {
    const { minLength, maxLength, pattern, allowed, code = "InvalidResourceName" } = nameRuleOf(type);
    const refused = (why: string) => new AzureError(code, `The name "${name}" of ${type} ${why}.`);
    if (name.length < minLength || name.length > maxLength) {
        const lengths = minLength === maxLength ? `exactly ${minLength}` : `${minLength} to ${maxLength}`;
        return refused(`has ${name.length} characters; Azure allows ${lengths}`);
    }
    return pattern.test(name) ? undefined : refused(`is not allowed; it must be ${allowed}`);
}

/** Refuses to create what has a name that Azure does not allow for its type. */
export const nameMustFit: Rule = ({ kind, type, id }) =>
    kind === "create" && type.startsWith("azure-native:")
        ? nameProblem(type, id.slice(id.lastIndexOf("/") + 1))
        : undefined;
