import { guidFrom } from "../../components/internal/guid";

/** A GUID that depends on `seed` alone, so that two runs of a plan show the same principal ids. */
export function deterministicGuid(seed: string): string {
    return guidFrom(seed, 5);
}
