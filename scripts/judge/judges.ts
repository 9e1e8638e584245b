import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { customKinds } from "./verdicts";
import type { Finding } from "./verdicts";

/** The judges, each at one exact version. All come from PyPI; PSRule and kube-linter do not. */
export const packages = [
    "checkov==3.3.30",
    "kubernetes-validate==1.37.0",
    "cyclonedx-python-lib[json-validation]==7.6.2",
];

const kubernetesMinor = "1.36";
const largestOutputInBytes = 256 * 1024 * 1024;

/** What a judge said. */
export interface Hearing {
    judge: string;
    /** What it looked at, in words. */
    about: string;
    /** How often it had nothing to say against something; unknown where it does not count. */
    passed?: number;
    findings: Finding[];
}

/** Installs the judges into a virtual environment of their own, once for each set of versions. Returns its programs' folder. */
export function install(folder: string): string {
    const marker = join(folder, "installed.txt");
    const wanted = packages.join("\n");
    if (!existsSync(marker) || readFileSync(marker, "utf8") !== wanted) {
        rmSync(folder, { recursive: true, force: true });
        mkdirSync(folder, { recursive: true });
        expectSuccess("python3", ["-m", "venv", folder]);
        expectSuccess(join(folder, "bin", "pip"), ["install", "--quiet", ...packages]);
        writeFileSync(marker, wanted);
    }
    return join(folder, "bin");
}

interface CheckovResult {
    check_type: string;
    results: {
        failed_checks: { check_id: string; check_name: string; resource: string; file_path: string }[];
    };
    summary: { passed: number; parsing_errors: number };
}

/** checkov over arm.json and the manifests. `exports` holds a folder for each stack. */
export function checkov(programs: string, exports: string): Hearing[] {
    const { stdout, stderr } = run(
        join(programs, "checkov"),
        ["--directory", ".", "--framework", "arm", "kubernetes", "--output", "json", "--quiet", "--compact"],
        exports,
    );
    const results = parsed(stdout, stderr);
    return (Array.isArray(results) ? results : [results]).map(
        ({ check_type, results: { failed_checks }, summary }) => {
            if (summary.parsing_errors > 0) {
                throw new Error(`checkov could not read ${summary.parsing_errors} files`);
            }
            return {
                judge: "checkov",
                about: check_type === "arm" ? "arm.json" : "kubernetes/",
                passed: summary.passed,
                findings: failed_checks.map(({ check_id, check_name, resource, file_path }) => ({
                    judge: "checkov",
                    check: check_id,
                    title: check_name,
                    stack: file_path.split("/")[1] ?? "",
                    subject: resource,
                })),
            };
        },
    );
}

function parsed(stdout: string, stderr: string): CheckovResult | CheckovResult[] {
    try {
        return JSON.parse(stdout) as CheckovResult | CheckovResult[];
    } catch (cause) {
        throw new Error(`checkov gave no answer: ${stderr.slice(-2000)}`, { cause });
    }
}

/** The schemas of Kubernetes over the manifests; kinds that others bring have none there. */
export function kubernetesSchemas(programs: string, exports: string): Hearing {
    const files = readdirSync(exports, { recursive: true, encoding: "utf8" }).filter(
        (file) => file.endsWith(".yaml") && !file.endsWith(".values.yaml"),
    );
    const { stdout, stderr } = run(
        join(programs, "kubernetes-validate"),
        ["--kubernetes-version", kubernetesMinor, "--strict", "--quiet", ...files.sort()],
        exports,
    );
    const lines = `${stdout}\n${stderr}`.split("\n").filter((line) => line.trim() !== "");
    return {
        judge: "kubernetes-validate",
        about: "kubernetes/",
        findings: lines
            .filter((line) => !customKinds.some((group) => line.includes(`api version ${group}`)))
            .map((line) => ({
                judge: "kubernetes-validate",
                check: "schema",
                title: line,
                stack: /([\w-]+)\/kubernetes\//.exec(line)?.[1] ?? "",
                subject: line,
            })),
    };
}

/** The schema of CycloneDX over the bills of materials. */
export function cycloneDx(programs: string, exports: string): Hearing {
    const files = readdirSync(exports).map((stack) => join(exports, stack, "sbom.cdx.json"));
    const lines = expectSuccess(join(programs, "python"), [join(__dirname, "sbom.py"), ...files])
        .split("\n")
        .filter((line) => line !== "");
    return {
        judge: "cyclonedx-python-lib",
        about: "sbom.cdx.json",
        passed: files.length - lines.length,
        findings: lines.map((line) => {
            const { file, message } = JSON.parse(line) as { file: string; message: string };
            const stack = relative(exports, file).split("/")[0] ?? "";
            return { judge: "cyclonedx-python-lib", check: "schema", title: message, stack, subject: file };
        }),
    };
}

function run(program: string, args: readonly string[], directory?: string) {
    const { status, stdout, stderr, error } = spawnSync(program, args, {
        cwd: directory,
        encoding: "utf8",
        maxBuffer: largestOutputInBytes,
    });
    if (error) {
        throw new Error(`${program} cannot be run: ${error.message}`, { cause: error });
    }
    return { status, stdout, stderr };
}

function expectSuccess(program: string, args: readonly string[]): string {
    const { status, stdout, stderr } = run(program, args);
    if (status !== 0) {
        throw new Error(`${program} ${args.join(" ")} failed: ${stderr}`);
    }
    return stdout;
}
