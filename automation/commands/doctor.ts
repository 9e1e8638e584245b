import { execFile } from "node:child_process";
import { connect } from "node:net";
import { promisify } from "node:util";
import { parseConfig } from "../../config";
import type { LandingZoneConfig } from "../../config";
import { table } from "../../terminal/layout";
import { readStackFile } from "../../plan/stackFile";
import { textOptions } from "../../terminal/textOptions";
import type { DriverContext } from "../context";
import type { TextOptions } from "../../terminal/textOptions";
import { azureCli } from "../doctor/azureCli";
import type { Finding, Subject } from "../doctor/check";
import { examine } from "../doctor/examine";
import type { Examined } from "../doctor/examine";
import { exitCode } from "../../terminal/exitCode";
import { jsonText } from "../../terminal/files";
import { checkStack } from "../session";

/** Options of `doctor`. */
export interface DoctorFlags {
    json?: boolean;
}

/** What `doctor` writes with `--json`. */
export interface DoctorDocument {
    schemaVersion: 1;
    command: "doctor";
    stack: string;
    /** Whether no check found a problem. Those that could not be made are not counted. */
    healthy: boolean;
    checks: Examined[];
}

/** Checks what a deployment needs, and changes nothing. Exit code 1 when there is a problem. */
export async function doctor(stack: string, flags: DoctorFlags, context: DriverContext): Promise<number> {
    const { stdout, directory, environment } = context;
    checkStack(stack, directory);
    const examined = await examine(subjectOf(stack, context));
    const isHealthy = examined.every(({ findings }) =>
        findings.every(({ outcome }) => outcome !== "problem"),
    );
    if (flags.json) {
        const document: DoctorDocument = {
            schemaVersion: 1,
            command: "doctor",
            stack,
            healthy: isHealthy,
            checks: examined,
        };
        stdout.write(jsonText(document));
    } else {
        stdout.write(examinedText(examined, textOptions(stdout, environment)));
    }
    return isHealthy ? exitCode.good : exitCode.failed;
}

const limitInMilliseconds = 60_000;
const connectLimitInMilliseconds = 5_000;

function subjectOf(stack: string, { directory, environment, azure }: DriverContext): Subject {
    const run = promisify(execFile);
    const options = { cwd: directory, env: environment, timeout: limitInMilliseconds };
    let config: LandingZoneConfig | undefined;
    return {
        directory,
        stack,
        environment,
        nodeVersion: process.version,
        azure: azure ?? azureCli(environment),
        tool: async (program, args) => {
            try {
                return (await run(program, [...args], options)).stdout;
            } catch (error) {
                const { stderr = "" } = error as { stderr?: string };
                throw stderr.trim() === "" ? error : new Error(stderr.trim().replace(/^error: /, ""));
            }
        },
        connect: connected,
        config: () => {
            if (config === undefined) {
                const { values, secretKeys } = readStackFile(directory, stack);
                config = parseConfig(values, { placeholders: "standIn", secretKeys });
            }
            return config;
        },
    };
}

function connected(host: string, port: number): Promise<void> {
    return new Promise((resolve, reject) => {
        const socket = connect({ host, port, timeout: connectLimitInMilliseconds });
        socket.once("connect", () => {
            socket.destroy();
            resolve();
        });
        socket.once("timeout", () => {
            socket.destroy();
            reject(Object.assign(new Error("no answer"), { code: "ETIMEDOUT" }));
        });
        socket.once("error", reject);
    });
}

const words: Readonly<Record<Finding["outcome"], string>> = {
    ok: "ok",
    problem: "PROBLEM",
    unknown: "not checked",
};

/** A table of all findings; below a problem, and below what could not be checked, how to mend it. */
function examinedText(examined: readonly Examined[], { width, colors }: TextOptions): string {
    const styles = { ok: colors.green, problem: colors.red, unknown: colors.yellow };
    const rows = examined.flatMap(({ id, findings }) =>
        findings.flatMap((finding, index) => [
            [
                index === 0 ? id : "",
                { text: words[finding.outcome], style: styles[finding.outcome] },
                finding.detail.replaceAll("\n", " "),
            ],
            ...(finding.outcome === "ok"
                ? []
                : [["", "", { text: `mend: ${finding.mend}`, style: colors.dim }]]),
        ]),
    );
    const count = (outcome: Finding["outcome"]) =>
        examined.flatMap(({ findings }) => findings).filter((finding) => finding.outcome === outcome).length;
    const lines = table([{ title: "Check" }, { title: "" }, { title: "Found", flexible: true }], rows, {
        width,
        indent: 0,
        titleStyle: colors.bold,
    });
    return `${lines.join("\n")}\n\n${count("problem")} problems, ${count("unknown")} not checked, ${count("ok")} ok\n`;
}
