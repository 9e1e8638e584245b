import { accessSync, constants, existsSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { charts } from "../components/internal/charts";
import { controlPlanePrograms } from "../simulator/cluster/programs";
import { RehearsalError } from "./rehearsalError";

type Environment = Readonly<Record<string, string | undefined>>;

const programNames = ["pulumi", "pulumi-language-nodejs", ...controlPlanePrograms] as const;
type ProgramName = (typeof programNames)[number];

/** Everything beside npm packages that a rehearsal runs, by its path on this machine. */
export interface Toolchain {
    programs: Readonly<Record<ProgramName, string>>;
    /** The Kubernetes provider's executable, and the version that the program asks for. */
    kubernetesPlugin: { path: string; version: string };
    /** How KWOK moves nodes and pods through their lives. */
    kwokStages: string;
    /** Folder of the packaged charts. */
    charts: string;
}

const pulumiHelp = "install the Pulumi CLI: https://www.pulumi.com/docs/install/";
const controlPlaneHelp =
    "run `npx setup-envtest use 1.36` or install Kubernetes' server binaries, and let KUBEBUILDER_ASSETS name their folder";

const programHelp: Readonly<Record<ProgramName, string>> = {
    pulumi: pulumiHelp,
    "pulumi-language-nodejs": `it comes with the CLI; ${pulumiHelp}`,
    etcd: "download it from https://github.com/etcd-io/etcd/releases, into the folder that KUBEBUILDER_ASSETS names or onto the PATH",
    "kube-apiserver": controlPlaneHelp,
    "kube-controller-manager":
        "download it from https://dl.k8s.io, into the folder that KUBEBUILDER_ASSETS names or onto the PATH",
    "kube-scheduler":
        "download it from https://dl.k8s.io, into the folder that KUBEBUILDER_ASSETS names or onto the PATH",
    kwok: "install it: https://kwok.sigs.k8s.io/docs/user/installation/",
};

/**
 * Finds what a rehearsal needs. Throws one error that lists all that is missing and how to get it, so that nothing is
 * started in vain.
 */
export function findToolchain(environment: Environment, projectDirectory: string): Toolchain {
    const missing: string[] = [];
    const found = <Value>(value: Value | undefined, what: string, help: string): Value | undefined => {
        if (value === undefined) {
            missing.push(`${what}: ${help}`);
        }
        return value;
    };
    const programs = Object.fromEntries(
        programNames.map((name) => [name, found(findProgram(name, environment), name, programHelp[name])]),
    );
    const version = kubernetesPluginVersion(projectDirectory);
    const plugin = found(
        findPlugin(environment, version),
        `Pulumi's Kubernetes provider ${version}`,
        `run \`pulumi plugin install resource kubernetes ${version}\``,
    );
    const kwokStages = found(
        existingPath(environment["KWOK_STAGES"]),
        "the stages of KWOK",
        "let KWOK_STAGES name a file with the stages of nodes and pods, such as `kustomize/stage/fast` of https://github.com/kubernetes-sigs/kwok",
    );
    const folder = found(
        findCharts(environment),
        "the charts",
        `let LANDING_ZONE_CHARTS name a folder with ${chartFiles().join(" and ")}, as \`helm pull\` writes them`,
    );
    if (missing.length > 0 || plugin === undefined || kwokStages === undefined || folder === undefined) {
        throw new RehearsalError(
            `a rehearsal needs what this machine does not have:\n${missing.map((line) => `  - ${line}`).join("\n")}`,
        );
    }
    return {
        programs: programs as Record<ProgramName, string>,
        kubernetesPlugin: { path: plugin, version },
        kwokStages,
        charts: folder,
    };
}

/** Control plane programs are looked for where envtest has them first, everything else on the PATH. */
function findProgram(name: ProgramName, environment: Environment): string | undefined {
    const assets = environment["KUBEBUILDER_ASSETS"];
    const folders = [
        ...(assets === undefined || name.startsWith("pulumi") ? [] : [assets]),
        ...(environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== ""),
    ];
    return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function findPlugin(environment: Environment, version: string): string | undefined {
    const toolchain = environment["LANDING_ZONE_TOOLCHAIN"];
    const home = environment["PULUMI_HOME"] ?? join(homedir(), ".pulumi");
    const name = "pulumi-resource-kubernetes";
    return [
        ...(toolchain === undefined ? [] : [join(toolchain, "plugins", name)]),
        join(home, "plugins", `resource-kubernetes-v${version}`, name),
    ].find(isExecutable);
}

function findCharts(environment: Environment): string | undefined {
    const folder = environment["LANDING_ZONE_CHARTS"];
    const isComplete = folder !== undefined && chartFiles().every((file) => existsSync(join(folder, file)));
    return isComplete ? folder : undefined;
}

function chartFiles(): string[] {
    return Object.values(charts).map(({ name, version }) => `${name}-${version}.tgz`);
}

function kubernetesPluginVersion(projectDirectory: string): string {
    const manifest = join(projectDirectory, "node_modules", "@pulumi", "kubernetes", "package.json");
    if (!existsSync(manifest)) {
        throw new RehearsalError("the npm packages are not installed", "run `npm ci`");
    }
    return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}

function existingPath(path: string | undefined): string | undefined {
    return path !== undefined && existsSync(path) ? path : undefined;
}

function isExecutable(path: string): boolean {
    try {
        accessSync(path, constants.X_OK);
        return statSync(path).isFile();
    } catch {
        return false;
    }
}
