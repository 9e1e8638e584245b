import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import * as ts from "typescript";
import * as components from "../components";
import { requireProgram } from "./support/toolchain";

const componentsFolder = path.join(__dirname, "..", "components");
const packageJson = JSON.parse(readFileSync(path.join(componentsFolder, "package.json"), "utf8")) as Record<
    string,
    unknown
>;
const rootPackageJson = JSON.parse(readFileSync(path.join(__dirname, "..", "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
    devDependencies: Record<string, string>;
};

/** One input, output or field of the inferred schema. */
interface SchemaProperty {
    description?: string;
}

function componentNames(): string[] {
    return Object.entries(components)
        .filter(
            ([, value]) => typeof value === "function" && value.prototype instanceof pulumi.ComponentResource,
        )
        .map(([name]) => name)
        .sort();
}

function undescribed(owner: string, properties: Record<string, SchemaProperty> | undefined): string[] {
    return Object.entries(properties ?? {})
        .filter(([, property]) => !property.description)
        .map(([name]) => `${owner}.${name}`);
}

/** With a leading dot, by which the CLI tells a path from a package name. */
function relativePath(from: string, to: string): string {
    const relative = path.relative(from, to);
    return relative.startsWith(".") ? relative : `./${relative}`;
}

describe("component package", () => {
    const analyzer = new Analyzer(
        componentsFolder,
        "aks-landing-zone",
        packageJson,
        new Set(componentNames()),
    );
    const analyzed = analyzer.analyze();

    it("offers every component of the landing zone", () => {
        assert.deepEqual(componentNames(), [
            "Access",
            "Cluster",
            "ClusterIdentity",
            "ClusterMonitoring",
            "DiskEncryption",
            "EntraGroups",
            "Governance",
            "Grafana",
            "Ingress",
            "KeyVault",
            "Kured",
            "Monitoring",
            "Network",
            "NodePool",
            "Platform",
            "PrivateLink",
            "Registry",
            "Tenant",
            "WorkloadIdentity",
        ]);
        assert.deepEqual(Object.keys(analyzed.components).sort(), componentNames());
    });

    it("describes every component, input, output, type and enum value", () => {
        const missing = Object.entries(analyzed.components).flatMap(([name, component]) => [
            ...(component.description ? [] : [name]),
            ...undescribed(`${name} input`, component.inputs),
            ...undescribed(`${name} output`, component.outputs),
        ]);
        for (const [name, definition] of Object.entries(analyzed.typeDefinitions)) {
            if (!definition.description) {
                missing.push(name);
            }
            if ("properties" in definition) {
                missing.push(...undescribed(name, definition.properties));
            }
            const values = definition.enum ?? [];
            missing.push(
                ...values.filter(({ description }) => !description).map((value) => `${name}.${value.name}`),
            );
        }
        assert.deepEqual(missing, []);
    });

    it("pins the libraries that the program pins", () => {
        const pinned = { ...rootPackageJson.dependencies, ...rootPackageJson.devDependencies };
        const own = packageJson["dependencies"] as Record<string, string>;
        const different = Object.entries(own).filter(([name, version]) => pinned[name] !== version);
        assert.deepEqual(different, []);
        for (const [name, version] of Object.entries(pinned)) {
            assert.match(version, /^(npm:typescript@)?\d+\.\d+\.\d+$/, `${name} is not pinned exactly`);
        }
    });

    it("declares every library that it imports", () => {
        const files = readdirSync(componentsFolder, { recursive: true, encoding: "utf8" }).filter(
            (file) => file.endsWith(".ts") && !file.startsWith("node_modules"),
        );
        const imported = files
            .flatMap(
                (file) =>
                    ts.preProcessFile(readFileSync(path.join(componentsFolder, file), "utf8")).importedFiles,
            )
            .map(({ fileName }) => /^(?:@[^/]+\/)?[^./][^/]*/.exec(fileName)?.[0])
            .filter((library) => library !== undefined);
        const own = Object.keys(packageJson["dependencies"] as object);
        const missing = [...new Set(imported)].filter(
            (name) => !name.startsWith("node:") && !own.includes(name),
        );
        assert.deepEqual(missing, []);
        assert.ok(imported.includes("@pulumi/azure-native"));
    });

    // A user's folder has no tsconfig.json of ours: Pulumi compiles the package with its own defaults there.
    for (const [from, folder] of [
        ["this repository", path.join(__dirname, "..")],
        ["a folder of a user's", undefined],
    ] as const) {
        it(`gives the Pulumi CLI its schema, called from ${from}`, function () {
            this.timeout(180_000);
            const pulumiCli = requireProgram(this, "pulumi");
            const scratch = mkdtempSync(path.join(tmpdir(), "component-package-"));
            try {
                const cwd = folder ?? scratch;
                const run = spawnSync(
                    pulumiCli,
                    ["package", "get-schema", relativePath(cwd, componentsFolder)],
                    {
                        cwd,
                        env: {
                            ...process.env,
                            PULUMI_HOME: path.join(scratch, "home"),
                            PULUMI_SKIP_UPDATE_CHECK: "true",
                        },
                        encoding: "utf8",
                        maxBuffer: 64 * 1024 * 1024,
                    },
                );
                assert.equal(run.status, 0, run.stderr);
                const schema = JSON.parse(run.stdout) as { name: string; resources: Record<string, unknown> };
                assert.equal(schema.name, "aks-landing-zone");
                assert.deepEqual(
                    Object.keys(schema.resources),
                    componentNames().map((name) => `aks-landing-zone:index:${name}`),
                );
            } finally {
                rmSync(scratch, { recursive: true, force: true });
            }
        });
    }
});
