import * as assert from "node:assert/strict";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RehearsalError } from "../../rehearsal/rehearsalError";
import { findToolchain } from "../../rehearsal/toolchain";
import { folderPerTest } from "../support/temporaryFolder";

const programs = [
    "pulumi",
    "pulumi-language-nodejs",
    "etcd",
    "kube-apiserver",
    "kube-controller-manager",
    "kube-scheduler",
    "kwok",
];

describe("rehearsal/toolchain", () => {
    let folder: string;
    let project: string;
    let complete: Record<string, string>;

    const program = (path: string) => {
        mkdirSync(join(path, ".."), { recursive: true });
        writeFileSync(path, "#!/bin/sh\n");
        chmodSync(path, 0o755);
    };

    folderPerTest((made) => {
        folder = made;
        project = join(folder, "project");
        for (const [name, version] of [
            ["pulumi", "3.259.0"],
            ["kubernetes", "4.32.0"],
        ] as const) {
            const manifest = join(project, "node_modules", "@pulumi", name);
            mkdirSync(manifest, { recursive: true });
            writeFileSync(join(manifest, "package.json"), JSON.stringify({ version }));
        }
        programs.forEach((name) => program(join(folder, "bin", name)));
        program(join(folder, "plugins", "pulumi-resource-kubernetes"));
        ["stages.yaml", "traefik-41.3.0.tgz", "kured-6.1.0.tgz"].forEach((name) =>
            writeFileSync(join(folder, name), ""),
        );
        complete = {
            PATH: join(folder, "bin"),
            LANDING_ZONE_TOOLCHAIN: folder,
            LANDING_ZONE_CHARTS: folder,
            KWOK_STAGES: join(folder, "stages.yaml"),
            PULUMI_HOME: join(folder, "home"),
        };
    });

    const complaint = (environment: Record<string, string>): string[] => {
        try {
            findToolchain(environment, project);
        } catch (error) {
            assert.ok(error instanceof RehearsalError);
            return error.message.split("\n").slice(1);
        }
        return [];
    };

    it("finds everything", () => {
        const found = findToolchain(complete, project);
        assert.equal(found.controlPlane?.programs["kube-apiserver"], join(folder, "bin", "kube-apiserver"));
        assert.deepEqual(found.kubernetesPlugin, {
            path: join(folder, "plugins", "pulumi-resource-kubernetes"),
            version: "4.32.0",
        });
        assert.equal(found.charts, folder);
    });

    it("prefers the control plane that KUBEBUILDER_ASSETS names, not its CLI", () => {
        const assets = join(folder, "assets");
        ["etcd", "pulumi"].forEach((name) => program(join(assets, name)));
        const found = findToolchain({ ...complete, KUBEBUILDER_ASSETS: assets }, project);
        assert.equal(found.controlPlane?.programs.etcd, join(assets, "etcd"));
        assert.equal(found.programs.pulumi, join(folder, "bin", "pulumi"));
    });

    it("finds the CLI that npx has downloaded, and not npm's own program, which would download it again", () => {
        const wrapper = join(folder, "node_modules", ".bin");
        program(join(wrapper, "pulumi"));
        ["pulumi", "pulumi-language-nodejs"].forEach((name) => rmSync(join(folder, "bin", name)));
        const environment = { ...complete, PATH: `${wrapper}:${complete["PATH"]}` };
        assert.deepEqual(
            complaint(environment).map((line) => line.split(":")[0]?.slice(4)),
            ["pulumi", "pulumi-language-nodejs"],
        );
        const downloaded = join(folder, "home", "versions", "3.259.0", "bin");
        ["pulumi", "pulumi-language-nodejs"].forEach((name) => program(join(downloaded, name)));
        const { programs: found } = findToolchain(environment, project);
        assert.equal(found.pulumi, join(downloaded, "pulumi"));
        assert.equal(found["pulumi-language-nodejs"], join(downloaded, "pulumi-language-nodejs"));
    });

    it("says how to get the CLI and the control plane", () => {
        const lines = complaint({ PULUMI_HOME: join(folder, "home") });
        assert.match(lines[0] ?? "", /run `npx pulumi@3\.259\.0 version`, .* or install it: https:/);
        assert.match(lines[3] ?? "", /kube-apiserver: run `export KUBEBUILDER_ASSETS="\$\(setup-envtest use/);
    });

    it("finds the plugin where the CLI installs it", () => {
        const installed = join(folder, "home/plugins/resource-kubernetes-v4.32.0/pulumi-resource-kubernetes");
        program(installed);
        const environment = { ...complete, LANDING_ZONE_TOOLCHAIN: join(folder, "elsewhere") };
        assert.equal(findToolchain(environment, project).kubernetesPlugin.path, installed);
    });

    it("names all that is missing at once, each with the way to get it", () => {
        const lines = complaint({ PULUMI_HOME: join(folder, "home") });
        assert.deepEqual(
            lines.map((line) => line.slice(4).split(":")[0]),
            [...programs, "Pulumi's Kubernetes provider 4.32.0", "the stages of KWOK", "the charts"],
        );
        assert.ok(lines.every((line) => /https:|setup-envtest|plugin install|helm pull/.test(line)));
    });

    it("needs no control plane where a cluster is borrowed", () => {
        programs.slice(2).forEach((name) => rmSync(join(folder, "bin", name)));
        const found = findToolchain({ ...complete, KWOK_STAGES: undefined }, project, true);
        assert.deepEqual(Object.keys(found.programs), ["pulumi", "pulumi-language-nodejs"]);
        assert.equal(found.controlPlane, undefined);
    });

    it("does not take a file that cannot be run for a program", () => {
        chmodSync(join(folder, "bin", "kwok"), 0o644);
        assert.deepEqual(complaint(complete), [
            "  - kwok: install it: https://kwok.sigs.k8s.io/docs/user/installation/",
        ]);
    });

    it("says which charts a folder must have", () => {
        rmSync(join(folder, "kured-6.1.0.tgz"));
        assert.deepEqual(complaint(complete), [
            "  - the charts: let LANDING_ZONE_CHARTS name a folder with traefik-41.3.0.tgz and kured-6.1.0.tgz, as `helm pull` writes them",
        ]);
    });

    it("asks for the npm packages first", () => {
        rmSync(join(project, "node_modules"), { recursive: true });
        assert.throws(() => findToolchain(complete, project), {
            message: "the npm packages are not installed",
        });
    });
});
