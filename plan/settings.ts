import { mask } from "../terminal/redacted";
import type { PlannedConfig } from "./runProgram";
import type { StackFile } from "./stackFile";

/** What a configuration says beside the settings of its stack file: worked out from them, or about the plan. */
const workedOut: readonly string[] = ["apiServerZoneName", "baseName", "namespaces", "unset", "workloads"];

/** The settings of a stack by key of its stack file, defaults included; a key that is or holds a secret is masked as a whole. */
export function shownSettings(config: PlannedConfig, { secretKeys }: StackFile): Record<string, unknown> {
    const isSecret = (key: string) => secretKeys.some((secret) => secret.endsWith(`:${key}`));
    return Object.fromEntries(
        Object.entries(config)
            .filter(([key]) => !workedOut.includes(key))
            .map(([key, value]): [string, unknown] => [key, isSecret(key) ? mask : value]),
    );
}
