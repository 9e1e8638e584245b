import { stringify } from "yaml";
import { chartName } from "../../components/internal/charts";
import type { CapturedResource } from "../../simulator/capture";
import { recordAt, textAt } from "../../stack/values";
import { unknownInputs } from "../declared";
import type { DeclaredStack } from "../declared";
import type { LeftOut } from "../note";
import type { Renderer } from "./helm";
import { isRelease } from "./manifests";

/** A Helm release in words of no tool: what Flux, Argo CD or `helm install` need of it. */
export interface ChartRelease {
    release: string;
    namespace: string;
    /** Name of the chart. */
    chart: string;
    version: string;
    /** Where the chart comes from: `oci://...` with its name, a repository or a local file. */
    source: string;
    /** File with the values, below `kubernetes/`. */
    values: string;
    /** File with what the chart makes of them, below `kubernetes/`. */
    rendered?: string;
    /** Why it is not rendered. */
    notRendered?: string;
}

/** The charts of a stack with their files. */
export interface Charts {
    releases: readonly ChartRelease[];
    files: ReadonlyMap<string, string>;
    leftOut: readonly LeftOut[];
}

/** The Helm releases of a stack: a list, a values file for each, and its manifests where it can be rendered. */
export function charts(stack: DeclaredStack, render: Renderer): Charts {
    const files = new Map<string, string>();
    const leftOut: LeftOut[] = [];
    const releases = stack.resources.filter(isRelease).map((resource) => {
        const release = releaseOf(resource);
        if (resource.secretInputs.length > 0) {
            leftOut.push({
                what: `values of the Helm release ${release.namespace}/${release.release}`,
                why: "they hold secrets, and no file of the export does",
            });
            return { ...release, values: "", notRendered: "its values hold secrets" };
        }
        const values = stringify(recordAt(resource.inputs, "values"), { lineWidth: 0 });
        files.set(release.values, values);
        if (unknownInputs(stack, resource).some(({ path }) => path[0] === "values")) {
            return { ...release, notRendered: "its values are known only after the deployment" };
        }
        const result = render(release, values);
        if ("notRendered" in result) {
            return { ...release, notRendered: result.notRendered };
        }
        const rendered = `charts/${release.release}.rendered.yaml`;
        files.set(rendered, result.text);
        leftOut.push(...result.leftOut);
        return { ...release, rendered };
    });
    files.set("charts/releases.json", `${JSON.stringify(releases, undefined, 2)}\n`);
    return { releases, files, leftOut };
}

function releaseOf({ name, inputs }: CapturedResource): ChartRelease {
    const release = textAt(inputs, "name") ?? name;
    const chart = textAt(inputs, "chart") ?? "";
    const repository = textAt(inputs, "repositoryOpts", "repo");
    return {
        release,
        namespace: textAt(inputs, "namespace") ?? "default",
        chart: chartName(chart),
        version: textAt(inputs, "version") ?? "",
        source: repository ?? chart,
        values: `charts/${release}.values.yaml`,
    };
}
