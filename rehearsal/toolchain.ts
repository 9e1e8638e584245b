import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, sep } from "node:path";
import { charts } from "../components/internal/charts";
import { controlPlanePrograms } from "../simulator/cluster/programs";
import type { ControlPlanePrograms } from "../simulator/cluster/programs";
import { RehearsalError } from "./rehearsalError";
import { findProgramIn, searchPathOf } from "./searchPath";

type Environment = Readonly<Record<string, string | undefined>>;

const pulumiPrograms = ["pulumi", "pulumi-language-nodejs"] as const;
type PulumiProgram = (typeof pulumiPrograms)[number];

type ProgramName = PulumiProgram | keyof ControlPlanePrograms;

/** Everything beside npm packages that a rehearsal runs, by its path on this machine. */
export interface Toolchain {
    programs: Readonly<Record<PulumiProgram, string>>;
    /** The Kubernetes provider's executable, and the version that the program asks for. */
    kubernetesPlugin: { path: string; version: string };
    /** What Kubernetes consists of; absent where a cluster is borrowed. */
    controlPlane?: {
        programs: ControlPlanePrograms;
        /** How KWOK moves nodes and pods through their lives. */
        kwokStages: string;
    };
    /** Folder of the packaged charts. */
    charts: string;
}

// The minor version that AKS offers last, see components/internal/rules/kubernetesVersions.ts.
const kubernetesMinor = "1.36";
const intoAssets = "into the folder that KUBEBUILDER_ASSETS names or onto the PATH";
// https://github.com/kubernetes-sigs/controller-runtime/tree/main/tools/setup-envtest: these two, and kubectl.
const envtest = `\`export KUBEBUILDER_ASSETS="$(setup-envtest use ${kubernetesMinor} -p path)"\` (https://book.kubebuilder.io/reference/envtest)`;

const programHelp: Readonly<Record<keyof ControlPlanePrograms, string>> = {
    etcd: `run ${envtest}, or download it from https://github.com/etcd-io/etcd/releases ${intoAssets}`,
    "kube-apiserver": `run ${envtest}, or download it from https://dl.k8s.io ${intoAssets}`,
    "kube-controller-manager": `download it from https://dl.k8s.io ${intoAssets}`,
    "kube-scheduler": `download it from https://dl.k8s.io ${intoAssets}`,
    kwok: "install it: https://kwok.sigs.k8s.io/docs/user/installation/",
};

/** How to get the CLI, which its language hosts come with. */
function pulumiHelp(version: string): string {
    return `run \`npx pulumi@${version} version\`, which downloads the CLI, or install it: https://www.pulumi.com/docs/install/`;
}

/**
 * Finds what a rehearsal needs. Throws one error that lists all that is missing and how to get it, so that nothing is
 * started in vain.
 * @param isBorrowed True where a cluster of the user's own plays along: then no control plane is needed.
 */
export function findToolchain(
    environment: Environment,
    projectDirectory: string,
    isBorrowed = false,
): Toolchain {
    const missing: string[] = [];
    const found = <Value>(value: Value | undefined, what: string, help: string): Value | undefined => {
        if (value === undefined) {
            missing.push(`${what}: ${help}`);
        }
        return value;
    };
    const cliVersion = packageVersion(projectDirectory, "pulumi");
    const programs = Object.fromEntries(
        pulumiPrograms.map((name) => [
            name,
            found(findPulumiProgram(name, environment, cliVersion), name, pulumiHelp(cliVersion)),
        ]),
    );
    const kubernetes = isBorrowed
        ? {}
        : Object.fromEntries(
              controlPlanePrograms.map((name) => [
                  name,
                  found(findProgram(name, environment), name, programHelp[name]),
              ]),
          );
    const version = packageVersion(projectDirectory, "kubernetes");
    const plugin = found(
        findPlugin(environment, version),
        `Pulumi's Kubernetes provider ${version}`,
        `run \`pulumi plugin install resource kubernetes ${version}\``,
    );
    const kwokStages = isBorrowed
        ? undefined
        : found(
              existingPath(environment["KWOK_STAGES"]),
              "the stages of KWOK",
              "let KWOK_STAGES name a file with the stages of nodes and pods, such as `kustomize/stage/fast` of https://github.com/kubernetes-sigs/kwok",
          );
    const folder = found(
        findCharts(environment),
        "the charts",
        `let LANDING_ZONE_CHARTS name a folder with ${chartFiles().join(" and ")}, as \`helm pull\` writes them`,
    );
    if (missing.length > 0 || plugin === undefined || folder === undefined) {
        throw new RehearsalError(
            `a rehearsal needs what this machine does not have:\n${missing.map((line) => `  - ${line}`).join("\n")}`,
        );
    }
    return {
        programs: programs as Record<PulumiProgram, string>,
        kubernetesPlugin: { path: plugin, version },
        ...(kwokStages === undefined
            ? {}
            : {
                  controlPlane: {
                      programs: kubernetes as Record<keyof ControlPlanePrograms, string>,
                      kwokStages,
                  },
              }),
        charts: folder,
    };
}

/** Control plane programs are looked for where envtest has them first, then on the PATH. */
function findProgram(name: ProgramName, environment: Environment): string | undefined {
    const assets = environment["KUBEBUILDER_ASSETS"];
    return findProgramIn([...(assets === undefined ? [] : [assets]), ...searchPathOf(environment)], name);
}

/**
 * The CLI on the PATH, or the one that the npm package `pulumi` has downloaded. That package's own program is passed by:
 * it keeps the CLI in the engine's home, and would download it again into the home of every rehearsal.
 */
function findPulumiProgram(
    name: PulumiProgram,
    environment: Environment,
    version: string,
): string | undefined {
    const isOfNpm = (folder: string) => folder.split(sep).slice(-2).join("/") === "node_modules/.bin";
    return findProgramIn(
        [
            ...searchPathOf(environment).filter((folder) => !isOfNpm(folder)),
            join(pulumiHome(environment), "versions", version, "bin"),
        ],
        name,
    );
}

/** Where the user's CLI keeps what it downloads; read, never written. */
function pulumiHome(environment: Environment): string {
    return environment["PULUMI_HOME"] ?? join(homedir(), ".pulumi");
}

function findPlugin(environment: Environment, version: string): string | undefined {
    const toolchain = environment["LANDING_ZONE_TOOLCHAIN"];
    return findProgramIn(
        [
            ...(toolchain === undefined ? [] : [join(toolchain, "plugins")]),
            join(pulumiHome(environment), "plugins", `resource-kubernetes-v${version}`),
        ],
        "pulumi-resource-kubernetes",
    );
}

function findCharts(environment: Environment): string | undefined {
    const folder = environment["LANDING_ZONE_CHARTS"];
    const isComplete = folder !== undefined && chartFiles().every((file) => existsSync(join(folder, file)));
    return isComplete ? folder : undefined;
}

function chartFiles(): string[] {
    return Object.values(charts).map(({ name, version }) => `${name}-${version}.tgz`);
}

/** Version of one of Pulumi's npm packages: that of the CLI is the SDK's, that of a plugin its SDK's. */
function packageVersion(projectDirectory: string, name: "pulumi" | "kubernetes"): string {
    const manifest = join(projectDirectory, "node_modules", "@pulumi", name, "package.json");
    if (!existsSync(manifest)) {
        throw new RehearsalError("the npm packages are not installed", "run `npm ci`");
    }
    return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}

function existingPath(path: string | undefined): string | undefined {
    return path !== undefined && existsSync(path) ? path : undefined;
}
