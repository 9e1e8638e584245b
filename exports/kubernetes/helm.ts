import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { textAt } from "../../stack/values";
import { ExportError } from "../exportError";
import type { LeftOut } from "../note";
import type { ChartRelease } from "./charts";

/** What came of a chart. */
export type Rendering = { text: string; leftOut: readonly LeftOut[] } | { notRendered: string };

/** Makes manifests of a chart and its values. */
export type Renderer = (release: ChartRelease, values: string) => Rendering;

/** The folder with packaged charts, and the version of Kubernetes that charts are told. */
export interface HelmOptions {
    environment: Readonly<Record<string, string | undefined>>;
    kubernetesVersion: string;
}

// A chart with its custom resource definitions is about 2 MB.
const largestOutputInBytes = 64 * 1024 * 1024;

// Without a cluster helm knows API groups and versions but no kinds, and Traefik's chart asks for this one: it would fall
// back to policy/v1beta1, which Kubernetes has not served since 1.25.
const assumedKinds = ["policy/v1/PodDisruptionBudget"];

/**
 * Renders charts with the `helm` on the PATH from packages in the folder that LANDING_ZONE_CHARTS names: nothing is
 * downloaded. Where one of the two is missing, the reason is told instead.
 */
export function helmRenderer({ environment, kubernetesVersion }: HelmOptions): Renderer {
    const env = { ...environment };
    const isThere = spawnSync("helm", ["version", "--short"], { env }).status === 0;
    return (release, values) => {
        const folder = environment["LANDING_ZONE_CHARTS"];
        const file = join(folder ?? "", `${release.chart}-${release.version}.tgz`);
        if (!isThere) {
            return { notRendered: "helm is not on the PATH" };
        }
        if (folder === undefined || !existsSync(file)) {
            return {
                notRendered: `LANDING_ZONE_CHARTS names no folder with ${release.chart}-${release.version}.tgz`,
            };
        }
        const run = spawnSync(
            "helm",
            [
                ...["template", release.release, file, "--namespace", release.namespace],
                ...[
                    "--kube-version",
                    kubernetesVersion,
                    ...assumedKinds.flatMap((kind) => ["--api-versions", kind]),
                ],
                ...["--include-crds", "--skip-tests", "--values", "-"],
            ],
            { env, input: values, encoding: "utf8", maxBuffer: largestOutputInBytes },
        );
        if (run.status !== 0) {
            throw new ExportError(
                `the chart of the release ${release.namespace}/${release.release} cannot be rendered: ${run.stderr.trim()}`,
            );
        }
        return withoutSecrets(run.stdout, release);
    };
}

/** The manifests without those of kind Secret. */
export function withoutSecrets(rendered: string, { release, namespace }: ChartRelease): Rendering {
    const documents = parseAllDocuments(rendered).map((document) => ({
        document,
        object: document.toJS() as unknown,
    }));
    const secrets = documents.filter(({ object }) => textAt(object, "kind") === "Secret");
    return {
        text: documents
            .filter(({ object }) => object !== null && textAt(object, "kind") !== "Secret")
            .map(({ document }) =>
                document.toString({ lineWidth: 0, directives: false }).replace(/^---\n/, ""),
            )
            .join("---\n"),
        leftOut: secrets.map(({ object }) => ({
            what: `Secret ${namespace}/${textAt(object, "metadata", "name") ?? ""} of the Helm release ${release}`,
            why: "it holds secrets, and no file of the export does",
        })),
    };
}
