import type { Change } from "./changes";
import { withoutComponents } from "./changes";
import { driftOwners } from "./driftOwners";
import type { PropertyDifference } from "./propertyDifferences";

/** A difference that is not drift, because something in Azure owns the property. */
export interface IgnoredDifference {
    urn: string;
    name: string;
    path: string;
    owner: string;
    why: string;
}

/** What a refresh found, parted into what somebody did and what Azure does. */
export interface Drift {
    changes: Change[];
    ignored: IgnoredDifference[];
}

/**
 * The drift among what a refresh found. A property without known values is drift: nothing is left out on a guess. A
 * resource of which all differences are owned is left out as a whole.
 */
export function driftIn(found: readonly Change[]): Drift {
    const drift: Drift = { changes: [], ignored: [] };
    for (const change of withoutComponents(found)) {
        if (change.operation !== "update") {
            drift.changes.push(change);
            continue;
        }
        const owned = change.differences.flatMap((difference) => ownedBy(change, difference) ?? []);
        drift.ignored.push(...owned);
        const isOwned = (path: string) => owned.some((ignored) => ignored.path === path);
        const differences = change.differences.filter(({ path }) => !isOwned(path));
        const paths = change.paths.filter((path) => !isOwned(path));
        if (paths.length > 0 || change.paths.length === 0) {
            drift.changes.push({ ...change, differences, paths });
        }
    }
    return drift;
}

function ownedBy(change: Change, { path, before, after }: PropertyDifference): IgnoredDifference | undefined {
    const { type, urn, name, current } = change;
    const row = driftOwners.find(
        (owner) =>
            owner.type === type &&
            owner.path.test(path) &&
            (owner.applies?.({ holder: holderOf(current, path), current, before, after }) ?? true),
    );
    return row && { urn, name, path, owner: row.owner, why: row.why };
}

/** The object that a property is in. */
function holderOf(current: Readonly<Record<string, unknown>>, path: string): Record<string, unknown> {
    const steps = [...path.matchAll(/[^.[\]]+/g)].map(([step]) => step).slice(0, -1);
    const holder = steps.reduce<unknown>(
        (at, step) => (at as Record<string, unknown> | undefined)?.[step],
        current,
    );
    return typeof holder === "object" && holder !== null ? (holder as Record<string, unknown>) : {};
}
