import type { RunOptions } from "../plan/runStack";
import { runStack } from "../plan/runStack";
import { types } from "../stack/resourceTypes";
import { textAt } from "../stack/values";
import { redacted } from "../terminal/redacted";
import { jsonText } from "../terminal/files";
import { KnownValues } from "./arm/knownValues";
import { armTemplate } from "./arm/template";
import { billOfMaterials } from "./billOfMaterials";
import { declaredStack } from "./declared";
import type { DeclaredStack } from "./declared";
import { checksums, inventory } from "./inventory";
import type { Inventory } from "./inventory";
import { charts } from "./kubernetes/charts";
import { helmRenderer } from "./kubernetes/helm";
import { manifests } from "./kubernetes/manifests";
import { standIns } from "./standIns";

/** Which stack to export, and how. */
export interface ExportOptions extends RunOptions {
    /** Environment variables: where programs and charts are found. */
    environment: Readonly<Record<string, string | undefined>>;
}

/** An export before it is written: its files by path. */
export interface StackExport {
    files: ReadonlyMap<string, string>;
    inventory: Inventory;
}

/** The file that says what an export is; the others are in it. */
export const inventoryFile = "inventory.json";

/** Makes the export of a stack from its offline plan. No secret is in it. */
export async function exportStack(options: ExportOptions): Promise<StackExport> {
    const run = await runStack(options);
    const declared = declaredStack(run);
    options.onProgress?.("writing the template");
    const known = new KnownValues(declared);
    const template = armTemplate(declared, known);
    options.onProgress?.("writing the manifests");
    const objects = manifests(declared);
    const releases = charts(
        declared,
        helmRenderer({
            environment: options.environment,
            kubernetesVersion: kubernetesVersion(declared),
        }),
    );
    const below = (files: ReadonlyMap<string, string>) =>
        [...files].map(([path, text]) => [`kubernetes/${path}`, text] as const);
    const files = new Map<string, string>(
        [["arm.json", jsonText(template)] as const, ...below(objects.files), ...below(releases.files)].map(
            ([path, text]) => [path, redacted(text, declared.secretTexts)],
        ),
    );
    const list = inventory({
        declared,
        template,
        charts: releases.releases,
        standIns: standIns(declared, known),
        unset: run.config.unset,
        leftOut: [...objects.leftOut, ...releases.leftOut],
        files,
    });
    files.set("sbom.cdx.json", jsonText(billOfMaterials(list)));
    const whole = { ...list, files: checksums(files) };
    return { inventory: whole, files: files.set(inventoryFile, jsonText(whole)) };
}

function kubernetesVersion({ resources }: DeclaredStack): string {
    const cluster = resources.find(({ type }) => type === types.cluster);
    const version = textAt(cluster?.inputs, "kubernetesVersion") ?? "1.36";
    return version.split(".").length > 2 ? version : `${version}.0`;
}
