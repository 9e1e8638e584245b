import * as pulumi from "@pulumi/pulumi";
import { globallyUniqueName } from "../components/internal/naming";
import { baseNameOf, unsetValues } from "../config/derived";
import type { UnsetValue } from "../config/derived";
import { deepFreeze, parseSettings } from "../config/parse";
import type { LoadOptions } from "../config/parse";
import { checkBootstrap } from "./config/checks";
import { bootstrapSchema } from "./config/schema";
import type { BootstrapSettings } from "./config/schema";

/** Name of the Pulumi project, and so of the namespace of its configuration keys. */
export const bootstrapProject = "aks-landing-zone-bootstrap";

/** The configuration of a bootstrap stack: checked, complete with defaults, frozen. */
export interface BootstrapConfig extends BootstrapSettings {
    /** Common part of all names, such as `lz-dev-weu-ops`. */
    baseName: string;
    /** Names that are unique in all of Azure. */
    names: { storageAccount: string; keyVault: string };
    /** Placeholders that have a stand-in; empty unless loaded with `placeholders: "standIn"`. */
    unset: UnsetValue[];
}

/** Reads, checks and completes the configuration of the running bootstrap stack. */
export function loadConfig(options: LoadOptions = {}): BootstrapConfig {
    return parseBootstrapConfig(pulumi.runtime.allConfig(), options);
}

/**
 * Checks and completes the configuration of a bootstrap stack as Pulumi hands it over. Throws one `ConfigurationError`
 * with all problems. No key of it is a secret.
 */
export function parseBootstrapConfig(
    raw: Readonly<Record<string, string>>,
    options: LoadOptions = {},
): BootstrapConfig {
    const rules = { project: bootstrapProject, schema: bootstrapSchema, check: checkBootstrap };
    const { settings, standIns } = parseSettings(rules, raw, options);
    // Not the landing zone's own base name: vault and groups of both stand beside each other.
    const baseName = `${baseNameOf(settings)}-ops`;
    return deepFreeze({
        ...settings,
        baseName,
        names: {
            storageAccount: globallyUniqueName("storageAccount", baseName, settings.subscriptionId),
            keyVault: globallyUniqueName("keyVault", baseName, settings.subscriptionId),
        },
        unset: unsetValues(standIns),
    });
}
