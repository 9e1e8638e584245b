import type { Inventory } from "./inventory";

/** A CycloneDX document, as far as the export writes one (https://cyclonedx.org/docs/1.6/json/). */
export interface BillOfMaterials {
    bomFormat: "CycloneDX";
    specVersion: "1.6";
    version: 1;
    metadata: { component: Component };
    components: Component[];
}

interface Component {
    type: "application" | "container" | "library";
    "bom-ref": string;
    name: string;
    version?: string;
    purl?: string;
}

/**
 * Packages, charts and images of an export as CycloneDX. It has neither a time nor a serial number, so that two exports of
 * the same stack are the same bytes.
 */
export function billOfMaterials({ project, stack, packages, charts, images }: Inventory): BillOfMaterials {
    return {
        bomFormat: "CycloneDX",
        specVersion: "1.6",
        version: 1,
        metadata: { component: { type: "application", "bom-ref": "stack", name: `${project}/${stack}` } },
        components: [
            ...packages.map(({ name, version }) =>
                component(
                    "library",
                    name,
                    version,
                    `pkg:npm/${encodeURIComponent(name).replace("%2F", "/")}@${version}`,
                ),
            ),
            ...charts.map(({ chart, version, source }) =>
                component(
                    "application",
                    chart,
                    version,
                    `pkg:helm/${chart}@${version}?repository_url=${encodeURIComponent(source)}`,
                ),
            ),
            ...images.map(({ image, tag, digest }) => {
                const version = digest ?? tag ?? "";
                const [name = ""] = image.split("/").slice(-1);
                return component(
                    "container",
                    image,
                    version,
                    `pkg:oci/${name}@${encodeURIComponent(version)}?repository_url=${encodeURIComponent(image)}`,
                );
            }),
        ],
    };
}

function component(type: Component["type"], name: string, version: string, purl: string): Component {
    return { type, "bom-ref": purl, name, version, purl };
}
