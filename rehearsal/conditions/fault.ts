import { nearestKey } from "../../config/errors";
import { azureResourceTypes } from "../../simulator/azure/types";
import { faultSchema } from "../../simulator/provider/faults";
import type { Fault } from "../../simulator/provider/faults";

/** How a fault is asked for, for a help text and for errors. */
export const faultForm =
    "operation=create,type=ManagedCluster,effect=refuse (operation: create, update, delete, read or any; effect: refuse, " +
    "timeOut, throttle or loseAnswer; also name=<logical name>, nth=<n>, times=<n or always>, code=<error code>, " +
    "retryAfterSeconds=<n>)";

const keys = ["operation", "type", "name", "nth", "times", "effect", "code", "retryAfterSeconds"];
const entraTypes = ["azuread:index/group:Group"];

/**
 * A fault from `key=value` pairs between commas. `effect` must be said; `operation` is `create` and `times` is 1 where
 * nothing is said. A type is a Pulumi token or its last part. Throws an Error that says what is allowed.
 */
export function parseFault(text: string): Fault {
    const given = Object.fromEntries(text.split(",").map((pair) => keyAndValue(pair)));
    const { nth, times, retryAfterSeconds, type, ...words } = given;
    const parsed = faultSchema.safeParse({
        operation: "create",
        ...words,
        ...(type === undefined ? {} : { type: typeToken(type) }),
        ...(nth === undefined ? {} : { nth: Number(nth) }),
        ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds: Number(retryAfterSeconds) }),
        times: times === undefined ? 1 : times === "always" ? "always" : Number(times),
    });
    if (!parsed.success) {
        const [issue] = parsed.error.issues;
        throw new Error(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}. A fault is ${faultForm}`);
    }
    return parsed.data;
}

function keyAndValue(pair: string): [string, string] {
    const [key = "", ...value] = pair.split("=").map((part) => part.trim());
    if (!keys.includes(key) || value.length === 0) {
        const nearest = nearestKey(key, keys);
        const hint = nearest === undefined || nearest === key ? "" : ` Did you mean "${nearest}"?`;
        throw new Error(`"${pair}" is no part of a fault.${hint} A fault is ${faultForm}`);
    }
    return [key, value.join("=")];
}

/** The token of a type by its last part, such as `ManagedCluster`, or by itself. */
function typeToken(type: string): string {
    const tokens = [...Object.keys(azureResourceTypes), ...entraTypes];
    const token = tokens.find((known) => known === type || known.endsWith(`:${type}`));
    if (token === undefined) {
        const nearest = nearestKey(
            type,
            tokens.map((known) => known.split(":").at(-1) ?? known),
        );
        throw new Error(
            `type: the simulated Azure has no "${type}".${nearest === undefined ? "" : ` Did you mean "${nearest}"?`} ` +
                "It takes the types of azure-native and azuread in this program, such as ManagedCluster",
        );
    }
    return token;
}
