import { nearestKey } from "../config/errors";
import type { Change } from "./changes";
import { whatIsLost } from "./statefulTypes";
import { counted } from "../terminal/words";

/** Deletions, replacements included, that `up` makes without being told: a tenant environment or a team is more. */
export const defaultMaxDeletions = 10;

/** What may be done although a guard would refuse it. */
export interface GuardOptions {
    /** Logical names or URNs. */
    allowReplace: readonly string[];
    /** Logical names or URNs. */
    allowDelete: readonly string[];
    maxDeletions: number;
    /** Refuses any change at all. */
    expectNoChanges: boolean;
}

/** The guards as they are when no option is given. */
export const defaultGuards: GuardOptions = {
    allowReplace: [],
    allowDelete: [],
    maxDeletions: defaultMaxDeletions,
    expectNoChanges: false,
};

/** Something that the guards refuse. */
export interface Violation {
    guard:
        | "no-changes"
        | "replacement"
        | "deletion"
        | "number-of-deletions"
        | "unknown-name"
        | "plan"
        | "pending-creations"
        | "azure-only"
        | "not-confirmed"
        | "protection";
    /** The resource that is concerned, where it is one. */
    urn?: string;
    message: string;
    /** How to get it done if it is meant. */
    mend: string;
}

/** What the guards refuse of these changes; empty where they may be made. Components count for nothing: only what is in them does. */
export function violations(changes: readonly Change[], options: GuardOptions): Violation[] {
    const real = changes.filter(({ isComponent }) => !isComponent);
    return [
        ...unknownNames(real, "replace", options.allowReplace),
        ...unknownNames(real, "delete", options.allowDelete),
        ...(options.expectNoChanges ? unexpected(changes) : []),
        ...real.flatMap((change) => lossOf(change, options)),
        ...tooManyDeletions(real, options.maxDeletions),
    ];
}

const optionOf = { replace: "--allow-replace", delete: "--allow-delete" } as const;
type LosingOperation = keyof typeof optionOf;

function isNamed({ name, urn }: Change, names: readonly string[]): boolean {
    return names.includes(name) || names.includes(urn);
}

function lossOf(change: Change, options: GuardOptions): Violation[] {
    const { operation, type, name, urn, isProtected, replaceKeys } = change;
    if (operation !== "replace" && operation !== "delete") {
        return [];
    }
    const lost = whatIsLost(type);
    const allowed = operation === "replace" ? options.allowReplace : options.allowDelete;
    if ((lost === undefined && !isProtected) || isNamed(change, allowed)) {
        return [];
    }
    const keys = replaceKeys.length > 0 ? ` because of ${replaceKeys.join(", ")}` : "";
    const reason = lost ?? "it is protected";
    return [
        {
            guard: operation === "replace" ? "replacement" : "deletion",
            urn,
            message: `${type} ${name} would be ${operation}d${keys}: ${reason}`,
            mend: isProtected
                ? liftProtection(name, operation)
                : `If that is meant: ${optionOf[operation]} ${name}`,
        },
    ];
}

/** Naming it is not enough: Pulumi itself refuses what is protected. */
function liftProtection(name: string, operation: LosingOperation): string {
    return (
        "It is protected. If that is meant: set protection.protect and protection.locks to false in the stack file and run " +
        `\`up\`; then make the change with ${optionOf[operation]} ${name}`
    );
}

function unexpected(changes: readonly Change[]): Violation[] {
    if (changes.length === 0) {
        return [];
    }
    const [first] = changes;
    const rest = changes.length > 1 ? ` and ${changes.length - 1} more` : "";
    return [
        {
            guard: "no-changes",
            message: `no change was expected, and there ${changes.length === 1 ? "is" : "are"} ${counted(changes.length, "change")}: ${first?.operation} ${first?.name}${rest}`,
            mend: "Leave out --expect-no-changes, or undo what leads to the change",
        },
    ];
}

function tooManyDeletions(changes: readonly Change[], most: number): Violation[] {
    const number = changes.filter(
        ({ operation }) => operation === "delete" || operation === "replace",
    ).length;
    return number <= most
        ? []
        : [
              {
                  guard: "number-of-deletions",
                  message: `${counted(number, "resource")} would be deleted or replaced, and ${most} may be`,
                  mend: `If that is meant: --max-deletions ${number}`,
              },
          ];
}

/** Somebody who names what is not going to happen has something else in mind than what would. */
function unknownNames(
    changes: readonly Change[],
    operation: LosingOperation,
    names: readonly string[],
): Violation[] {
    const candidates = changes.filter((change) => change.operation === operation);
    return names
        .filter((named) => !candidates.some((change) => isNamed(change, [named])))
        .map((named) => {
            const known = candidates.map(({ name }) => name);
            return {
                guard: "unknown-name" as const,
                message: `${optionOf[operation]} ${named}: nothing of that name would be ${operation}d`,
                mend: nearestHint(named, known, `Leave it out: nothing would be ${operation}d`),
            };
        });
}

/** What was probably meant by a name that is not among the known ones; `none` where there are no known ones. */
export function nearestHint(named: string, known: readonly string[], none: string): string {
    const nearest = nearestKey(named, known);
    if (nearest !== undefined) {
        return `Did you mean ${nearest}?`;
    }
    return known.length > 0 ? `It would be: ${known.join(", ")}` : none;
}
