import { replacePlaceholders } from "../config/placeholders";
import { projectName } from "../config/project";
import { settingsSchema } from "../config/schema";
import { parseConfig } from "../config";
import type { LandingZoneConfig } from "../config";
import type { StackFile } from "../plan/stackFile";
import { isRecord } from "../simulator/records";

/** The configuration that a stack is rehearsed with. */
export interface RehearsedSettings {
    /** The stack file's `config:` section: placeholders filled, charts from the local folder. */
    config: Record<string, unknown>;
    /** Values that must be secret, by full key; `config` does not have them. */
    secrets: Record<string, string>;
    /** The same, checked and completed. */
    checked: LandingZoneConfig;
}

/** The stack's own settings, with the plan's stand-ins for what is not filled in, and charts from a local folder. */
export function rehearsedSettings(file: StackFile, charts: string): RehearsedSettings {
    const prefix = `${projectName}:`;
    const decoded = Object.entries(file.values).map(([key, text]) => [key, decode(text)] as const);
    const own = decoded.filter(([key]) => key.startsWith(prefix));
    const { value } = replacePlaceholders(
        settingsSchema,
        Object.fromEntries(own.map(([key, item]) => [key.slice(prefix.length), item])),
    );
    const filled = value as Record<string, unknown>;
    const kubernetes = isRecord(filled["kubernetes"]) ? filled["kubernetes"] : {};
    filled["kubernetes"] = { ...kubernetes, chartMirror: charts };
    const all = {
        ...Object.fromEntries(decoded.filter(([key]) => !key.startsWith(prefix))),
        ...Object.fromEntries(Object.entries(filled).map(([key, item]) => [`${prefix}${key}`, item])),
    };
    const isSecret = (key: string) => file.secretKeys.includes(key);
    const entries = Object.entries(all);
    const raw = Object.fromEntries(entries.map(([key, item]) => [key, encode(item)]));
    return {
        config: Object.fromEntries(entries.filter(([key]) => !isSecret(key))),
        secrets: Object.fromEntries(Object.entries(raw).filter(([key]) => isSecret(key))),
        checked: parseConfig(raw),
    };
}

/** The same settings with protection and locks off, as docs/operations.md says to lift them. */
export function withoutProtection({ config }: Pick<RehearsedSettings, "config">): Record<string, unknown> {
    const key = `${projectName}:protection`;
    const protection = isRecord(config[key]) ? config[key] : {};
    return { ...config, [key]: { ...protection, protect: false, locks: false } };
}

/** Lists and objects stand as JSON in what the engine passes on; everything else is text. */
function decode(text: string): unknown {
    return /^[[{]/.test(text) ? (JSON.parse(text) as unknown) : text;
}

function encode(value: unknown): string {
    return typeof value === "string" ? value : JSON.stringify(value);
}
