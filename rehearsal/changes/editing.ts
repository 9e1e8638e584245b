import { projectName } from "../../config/project";
import { isRecord } from "../../simulator/records";
import type { Config } from "./change";

/** The configuration with another value at a place, such as `["cluster", "kubernetesVersion"]`. */
export function withValue(config: Config, [key = "", ...path]: readonly string[], value: unknown): Config {
    const name = `${projectName}:${key}`;
    return { ...config, [name]: replaced(config[name], path, value) };
}

function replaced(target: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
    if (key === undefined) {
        return value;
    }
    const record = isRecord(target) ? target : {};
    return { ...record, [key]: replaced(record[key], rest, value) };
}
