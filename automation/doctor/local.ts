import { readFileSync } from "node:fs";
import { join } from "node:path";
import { messageOf } from "../../terminal/userError";
import { isMissing, ok, problem } from "./check";
import type { Check } from "./check";

interface Manifest {
    version: string;
    engines?: { node?: string };
}

const manifestOf = (directory: string, ...path: string[]) =>
    JSON.parse(readFileSync(join(directory, ...path, "package.json"), "utf8")) as Manifest;

const nodeCheck: Check = {
    id: "node",
    title: "Node.js is recent enough",
    run({ directory, nodeVersion }) {
        const least = (manifestOf(directory).engines?.node ?? "").replace(/^>=\s*/, "");
        return [
            isAtLeast(nodeVersion, least)
                ? ok(`Node.js ${nodeVersion}`)
                : problem(
                      `Node.js ${nodeVersion}, needed is ${least} or later`,
                      "nvm install (reads .nvmrc), or https://nodejs.org",
                  ),
        ];
    },
};

const cliCheck: Check = {
    id: "pulumi-cli",
    title: "The Pulumi CLI has the version of the SDK",
    async run({ directory, tool }) {
        const wanted = manifestOf(directory, "node_modules", "@pulumi", "pulumi").version;
        const install = `curl -fsSL https://get.pulumi.com | sh -s -- --version ${wanted}`;
        let found: string;
        try {
            found = (await tool("pulumi", ["version"])).trim().replace(/^v/, "");
        } catch (error) {
            return [problem(whyNot("pulumi", error), install)];
        }
        return [
            found === wanted
                ? ok(`Pulumi ${found}`)
                : problem(`Pulumi ${found}, this repository is tested with ${wanted}`, install),
        ];
    },
};

interface Plugin {
    name: string;
    kind: string;
    version: string;
}

const providers = ["azure-native", "azuread", "kubernetes"] as const;

const pluginsCheck: Check = {
    id: "provider-plugins",
    title: "The provider plugins are installed",
    async run({ directory, tool, environment }) {
        const plugins = JSON.parse(await tool("pulumi", ["plugin", "ls", "--json"])) as Plugin[];
        const fetches = environment["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"] !== "true";
        return providers.map((name) => {
            const { version } = manifestOf(directory, "node_modules", "@pulumi", name);
            const isThere = plugins.some(
                (plugin) => plugin.kind === "resource" && plugin.name === name && plugin.version === version,
            );
            if (isThere) {
                return ok(`${name} ${version}`);
            }
            return fetches
                ? ok(`${name} ${version} is not installed yet: the first run downloads it`)
                : problem(
                      `${name} ${version} is not installed`,
                      `pulumi plugin install resource ${name} ${version}`,
                  );
        });
    },
};

const kubeloginCheck: Check = {
    id: "kubelogin",
    title: "kubelogin is there: the Kubernetes provider signs in with it",
    async run({ tool }) {
        try {
            const said = await tool("kubelogin", ["--version"]);
            const version = /v\d+\.\d+\.\d+/.exec(said)?.[0] ?? "of unknown version";
            return [ok(`kubelogin ${version}`)];
        } catch (error) {
            return [problem(whyNot("kubelogin", error), "az aks install-cli")];
        }
    },
};

/** Why a program did not say its version. */
function whyNot(program: string, error: unknown): string {
    return isMissing(error)
        ? `there is no \`${program}\` on the PATH`
        : `\`${program}\` does not run: ${messageOf(error).trim().split("\n")[0]}`;
}

/** Checks of this machine. */
export const localChecks: readonly Check[] = [nodeCheck, cliCheck, pluginsCheck, kubeloginCheck];

function isAtLeast(version: string, least: string): boolean {
    const [found, wanted] = [version, least].map((text) => text.replace(/^v/, "").split(".").map(Number));
    for (let index = 0; index < 3; index++) {
        const difference = (found?.[index] ?? 0) - (wanted?.[index] ?? 0);
        if (difference !== 0) {
            return difference > 0;
        }
    }
    return true;
}
