import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { UnsetValue } from "../config/derived";
import { shortType } from "../engine/names";
import { azureResourceType } from "../simulator/azure";
import { modelOfType } from "../simulator/azure/models/modelOf";
import { isRecord } from "../simulator/records";
import type { ArmTemplate } from "./arm/template";
import type { DeclaredStack } from "./declared";
import type { ChartRelease } from "./kubernetes/charts";
import type { LeftOut, StandInNote } from "./note";

/** By this the command knows a folder as an export, which it may replace. */
export const inventoryKind = "landing-zone-export";

/** What is in an export, what it was made with, and what it does not say. docs/exports.md describes the fields. */
export interface Inventory {
    kind: typeof inventoryKind;
    schemaVersion: 1;
    stack: string;
    project: string;
    /** Number of resources by their short type. */
    resources: { type: string; count: number }[];
    /** npm packages that decide what is in the export, with their exact versions. */
    packages: { name: string; version: string; purpose: string }[];
    apiVersions: { type: string; apiVersion: string; model: string }[];
    charts: readonly ChartRelease[];
    /** Images of the rendered charts; of a chart that is not rendered nobody knows them. */
    images: ImageUse[];
    /** Parameters that the template asks for. */
    parameters: string[];
    /** Values that a deployment will have otherwise. */
    standIns: StandInNote[];
    /** Placeholders of the stack file that a stand-in was used for. */
    unset: Pick<UnsetValue, "path" | "standIn">[];
    leftOut: LeftOut[];
    /** All other files of the export. */
    files: { path: string; sha256: string }[];
}

/** A container image, by what pins it. */
export interface ImageUse {
    image: string;
    tag?: string;
    digest?: string;
    /** File of the export that has it. */
    file: string;
}

/** What the inventory is about. */
export interface InventoryContents {
    declared: DeclaredStack;
    template: ArmTemplate;
    charts: readonly ChartRelease[];
    standIns: StandInNote[];
    unset: readonly UnsetValue[];
    leftOut: LeftOut[];
    files: ReadonlyMap<string, string>;
}

/** Makes the inventory of an export. */
export function inventory(contents: InventoryContents): Inventory {
    const { declared, template, charts, standIns, unset, leftOut, files } = contents;
    const types = [...new Set(declared.resources.map(({ type }) => type))].sort();
    const azureTypes = types.filter((type) => type.startsWith("azure-native:"));
    return {
        kind: inventoryKind,
        schemaVersion: 1,
        stack: declared.stack,
        project: declared.project,
        resources: types.map((type) => ({
            type: type.startsWith("azure-native:") ? azureResourceType(type).armType : shortType(type),
            count: declared.resources.filter((resource) => resource.type === type).length,
        })),
        packages: usedPackages(azureTypes),
        apiVersions: azureTypes.map(apiVersionOf),
        charts,
        images: [...files].flatMap(([file, text]) => (isRendered(file) ? imagesOf(file, text) : [])),
        parameters: Object.keys(template.parameters),
        standIns,
        unset: unset.map(({ path, standIn }) => ({ path, standIn })),
        leftOut: [...leftOut, ...entraObjects(declared)],
        files: checksums(files),
    };
}

/** The files of an export by which a reader knows them again. */
export function checksums(files: ReadonlyMap<string, string>): Inventory["files"] {
    return [...files]
        .map(([path, text]) => ({ path, sha256: createHash("sha256").update(text).digest("hex") }))
        .sort((one, other) => (one.path < other.path ? -1 : 1));
}

function entraObjects({ resources }: DeclaredStack): LeftOut[] {
    return resources
        .filter(({ type }) => type.startsWith("azuread:"))
        .map(({ type, name }) => ({
            what: `${shortType(type)} ${name}`,
            why: "objects of Entra ID are no resources of Resource Manager; the template takes their ids as parameters",
        }));
}

function apiVersionOf(type: string): Inventory["apiVersions"][number] {
    const model = modelOfType(type);
    return {
        type: azureResourceType(type).armType,
        apiVersion: model.apiVersion,
        model: "unchecked" in model ? `none: ${model.unchecked}` : `${model.package} ${model.modelVersion}`,
    };
}

const providers = ["@pulumi/azure-native", "@pulumi/azuread", "@pulumi/kubernetes", "@pulumi/pulumi"];

function usedPackages(azureTypes: readonly string[]): Inventory["packages"] {
    const { dependencies } = JSON.parse(readFileSync(join(__dirname, "..", "package.json"), "utf8")) as {
        dependencies: Record<string, string>;
    };
    const models = azureTypes.flatMap((type) => {
        const model = modelOfType(type);
        return "unchecked" in model ? [] : [model.package];
    });
    const row = (purpose: string) => (name: string) => ({ name, version: dependencies[name] ?? "", purpose });
    return [
        ...providers.map(row("declares the resources")),
        ...["@azure/core-client", ...new Set(models)].sort().map(row("spells the bodies of arm.json")),
    ];
}

function isRendered(file: string): boolean {
    return file.endsWith(".rendered.yaml");
}

/** The images that manifests name, each once. */
export function imagesOf(file: string, text: string): ImageUse[] {
    const names = new Set<string>();
    const visit = (value: unknown): void => {
        if (Array.isArray(value)) {
            value.forEach(visit);
        } else if (isRecord(value)) {
            for (const list of ["containers", "initContainers"]) {
                const containers = value[list];
                (Array.isArray(containers) ? containers : [])
                    .filter(isRecord)
                    .forEach(({ image }) => typeof image === "string" && names.add(image));
            }
            Object.values(value).forEach(visit);
        }
    };
    parseAllDocuments(text).forEach((document) => visit(document.toJS()));
    return [...names].sort().map((name) => ({ ...imageParts(name), file }));
}

function imageParts(name: string): Omit<ImageUse, "file"> {
    const [front = "", digest] = name.split("@");
    const [, image = front, tag] = /^(.*?)(?::([\w.-]+))?$/.exec(front) ?? [];
    return { image, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}
