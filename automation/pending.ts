import { shortName } from "../engine/names";
import { textOptions } from "../terminal/textOptions";
import { counted } from "../terminal/words";
import type { DriverContext } from "./context";
import { nearestHint } from "./guards";
import type { Violation } from "./guards";
import type { PendingOperation, StackOperations } from "./operations";
import { resourceText } from "./render/describe";
import { recoveryRunbook } from "./runbooks";
import { isHeld } from "./session";

/** `creating ManagedCluster cluster`. */
export function pendingText({ operation, urn, type }: PendingOperation): string {
    return `${operation} ${resourceText({ type, name: shortName(urn) })}`;
}

/** Operations that create something: Azure may have made it, and the state does not know. */
export function creationsAmong(pending: readonly PendingOperation[]): PendingOperation[] {
    return pending.filter(({ operation }) => operation === "creating");
}

/**
 * Says what an interrupted run left in the air, before anything is done, and returns it. Where a run is going on, it says
 * that instead: what is in the air then is its business, and nothing is returned.
 */
export async function warnOfPending(
    pending: readonly PendingOperation[],
    operations: StackOperations,
    { stderr, environment }: DriverContext,
): Promise<readonly PendingOperation[]> {
    if (pending.length === 0) {
        return [];
    }
    const { colors } = textOptions(stderr, environment);
    const warn = (text: string) => void stderr.write(`${colors.yellow("warning:")} ${text}\n`);
    const lock = await operations.whoHoldsLock();
    if (isHeld(lock)) {
        warn(`stack ${operations.stack} is being changed by ${lock.description}`);
        return [];
    }
    const how = lock === "unknown" ? "was interrupted, or is going on," : "was interrupted";
    const number = counted(pending.length, "operation");
    warn(`a run of ${operations.stack} ${how} and left ${number} of which nobody saw the end:`);
    pending.forEach((one) => stderr.write(`  ${pendingText(one)}\n`));
    stderr.write(`${colors.dim("hint:")} look first what is there now: ${recoveryRunbook}\n`);
    return pending;
}

/**
 * Refuses to deploy while creations are pending: what was made already would be made twice, or refused as existing. Those
 * that are named were looked for and are not there.
 */
export function pendingViolations(
    pending: readonly PendingOperation[],
    allowed: readonly string[],
): Violation[] {
    const creations = creationsAmong(pending);
    const isNamed = (urn: string, names: readonly string[]) =>
        names.includes(urn) || names.includes(shortName(urn));
    const known = creations.map(({ urn }) => shortName(urn));
    const unknown = allowed
        .filter((name) => !creations.some(({ urn }) => isNamed(urn, [name])))
        .map((name): Violation => ({
            guard: "unknown-name",
            message: `--allow-create ${name}: no creation of that name was interrupted`,
            mend: nearestHint(name, known, "Leave it out: no creation was interrupted"),
        }));
    const refused = creations
        .filter(({ urn }) => !isNamed(urn, allowed))
        .map((one): Violation => ({
            guard: "pending-creations",
            urn: one.urn,
            message: `an interrupted run was ${pendingText(one)}: it may be there, without being in the state`,
            mend: `Look for it, and import what is there: ${recoveryRunbook}. If it is not there: --allow-create ${shortName(one.urn)}`,
        }));
    return [...unknown, ...refused];
}
