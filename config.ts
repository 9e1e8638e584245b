import * as pulumi from "@pulumi/pulumi";
import { checkSettings } from "./config/checks";
import { derive } from "./config/derived";
import type { LandingZoneConfig } from "./config/derived";
import { deepFreeze, parseSettings } from "./config/parse";
import type { LoadOptions } from "./config/parse";
import { projectName } from "./config/project";
import { settingsSchema } from "./config/schema";

export type {
    LandingZoneConfig,
    ResolvedNames,
    TenantNamespace,
    TenantWorkload,
    UnsetValue,
} from "./config/derived";
export { ConfigurationError } from "./config/errors";
export type { LoadOptions } from "./config/parse";

// Exported by the SDK but marked internal, hence missing from its types.
const { isConfigSecret } = pulumi.runtime as unknown as { isConfigSecret: (key: string) => boolean };

/** Reads, checks and completes the configuration of the running stack. */
export function loadConfig(options: LoadOptions = {}): LandingZoneConfig {
    const raw = pulumi.runtime.allConfig();
    return parseConfig(raw, { ...options, secretKeys: Object.keys(raw).filter(isConfigSecret) });
}

/**
 * Checks and completes a configuration as Pulumi hands it over: full keys, scalars as text, everything else as JSON.
 * Throws one `ConfigurationError` with all problems. Keys of other namespaces are ignored.
 */
export function parseConfig(
    raw: Readonly<Record<string, string>>,
    options: LoadOptions = {},
): LandingZoneConfig {
    const rules = { project: projectName, schema: settingsSchema, check: checkSettings };
    const { settings, standIns } = parseSettings(rules, raw, options);
    return deepFreeze(derive(settings, standIns));
}
