import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import type { PulumiFn, Stack } from "@pulumi/pulumi/automation";
import type { Toolchain } from "../../rehearsal/toolchain";

/** What this process' PATH has to be for the automation API to find the toolchain's CLI. */
export function pathWithEngine({ programs }: Toolchain): string {
    return `${dirname(programs.pulumi)}:${process.env["PATH"] ?? ""}`;
}

/**
 * A stack on the real engine, with the real Kubernetes provider and a state in the folder. Its program runs in this
 * process; the CLI is the one on the PATH.
 */
export function createKubernetesStack(
    { kubernetesPlugin }: Toolchain,
    folder: string,
    { stack, project, declare }: { stack: string; project: string; declare: () => void },
): Promise<Stack> {
    const home = join(folder, "home");
    const plugin = join(home, "plugins", `resource-kubernetes-v${kubernetesPlugin.version}`);
    mkdirSync(plugin, { recursive: true });
    symlinkSync(kubernetesPlugin.path, join(plugin, "pulumi-resource-kubernetes"));
    const state = join(folder, "state");
    mkdirSync(state);
    const program: PulumiFn = () => {
        declare();
        return Promise.resolve({});
    };
    return LocalWorkspace.createStack(
        { stackName: stack, projectName: project, program },
        {
            pulumiHome: home,
            projectSettings: { name: project, runtime: "nodejs", backend: { url: `file://${state}` } },
            envVars: {
                PULUMI_CONFIG_PASSPHRASE: "test",
                PULUMI_SKIP_UPDATE_CHECK: "true",
                PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
            },
        },
    );
}

/** Writes a chart of one ConfigMap, `of-helm`, which holds the chart's value `version`. Returns the chart's folder. */
export function writeSmallChart(parent: string): string {
    const chart = join(parent, "chart");
    mkdirSync(join(chart, "templates"), { recursive: true });
    writeFileSync(join(chart, "Chart.yaml"), "apiVersion: v2\nname: mini\nversion: 1.0.0\n");
    writeFileSync(
        join(chart, "templates", "map.yaml"),
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: of-helm }\ndata: { version: "{{ .Values.version }}" }\n',
    );
    return chart;
}
