import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
    chmodSync,
    copyFileSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    readdirSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { version } from "@pulumi/pulumi/package.json";
import { charts } from "../../components/internal/charts";
import { aksServerApplicationId } from "../../components/internal/kubeconfig";
import { unknownToDriver } from "./support/commandLines";
import { root } from "./support/files";

/** Runs a script of the pipelines with programs of a directory in place of the real ones. */
function runScript(
    name: string,
    args: readonly string[],
    programs: string,
    env: Record<string, string> = {},
) {
    return spawnSync(join(root, "scripts", "pipelines", name), args, {
        encoding: "utf8",
        env: { ...process.env, ...env, PATH: `${programs}${delimiter}${process.env["PATH"]}` },
    });
}

describe("Scripts of the pipelines", () => {
    let folder: string;
    let programs: string;

    const program = (name: string, script: string) => {
        writeFileSync(join(programs, name), `#!/usr/bin/env bash\n${script}\n`);
        chmodSync(join(programs, name), 0o755);
    };

    before(function () {
        // The pipelines run on Linux.
        if (process.platform !== "linux") {
            this.skip();
        }
    });
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "pipelines-"));
        programs = join(folder, "programs");
        mkdirSync(programs);
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    describe("judge.sh", () => {
        it("has every pinned chart judged, from where the program takes it", () => {
            const calls = join(folder, "calls");
            program("helm", `echo "helm $*" >> "${calls}"`);
            program("npm", `echo "npm $* with $LANDING_ZONE_CHARTS" >> "${calls}"; exit 2`);
            const { status, stderr } = runScript("judge.sh", [], programs);
            assert.deepEqual([status, stderr], [2, ""]);
            const folderOfCharts = join(root, "out", "charts");
            const pulled = Object.values(charts).map(({ name, version: pinned, source }) =>
                source.startsWith("oci://")
                    ? `helm pull ${source}/${name} --version ${pinned} --destination ${folderOfCharts}`
                    : `helm pull ${name} --version ${pinned} --repo ${source} --destination ${folderOfCharts}`,
            );
            assert.deepEqual(readFileSync(calls, "utf8").trimEnd().split("\n"), [
                ...pulled,
                `npm run --silent judge with ${folderOfCharts}`,
            ]);
        });

        it("judges nothing where a chart cannot be had", () => {
            program("helm", "echo no such chart >&2; exit 1");
            program("npm", "echo judged");
            const { status, stdout } = runScript("judge.sh", [], programs);
            assert.deepEqual([status, stdout], [1, ""]);
        });
    });

    describe("up.sh", () => {
        const up = (env: Record<string, string>) => {
            program("npm", 'printf "%s\\n" "$@"');
            return runScript("up.sh", ["prod", "out/update-plan.json"], programs, env)
                .stdout.trimEnd()
                .split("\n");
        };
        const always = [
            "run",
            "--silent",
            "lz",
            "--",
            "up",
            "prod",
            "--plan",
            "out/update-plan.json",
            "--yes",
        ];

        const allowances = { ALLOW_REPLACE: "vault  /etc/*", ALLOW_DELETE: "$(id);pool", MAX_DELETIONS: "3" };

        for (const [title, env] of Object.entries<Record<string, string>>({
            "that is not asked for": {},
            // Azure DevOps cannot pass nothing.
            "when it is asked with blanks": {
                ALLOW_FOR: "prod",
                ALLOW_REPLACE: " ",
                ALLOW_DELETE: " ",
                MAX_DELETIONS: " ",
            },
            "that is for the other stack of the run": { ALLOW_FOR: "dev", ...allowances },
            "that is for no stack": allowances,
        })) {
            it(`applies the plan and allows nothing ${title}`, () => {
                assert.deepEqual(up(env), always);
            });
        }

        it("passes each name as one argument, whatever is in it", async () => {
            const called = up({ ALLOW_FOR: "prod", ...allowances });
            assert.deepEqual(await unknownToDriver(called.slice(4)), []);
            assert.deepEqual(called, [
                ...always,
                ...["--allow-replace", "vault", "--allow-replace", "/etc/*"],
                ...["--allow-delete", "$(id);pool"],
                ...["--max-deletions", "3"],
            ]);
        });

        it("ends as the driver ends", () => {
            program("npm", "exit 3");
            assert.equal(runScript("up.sh", ["dev", "p"], programs).status, 3);
        });
    });

    describe("cost.sh", () => {
        const git = (...args: string[]) => {
            const identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
            const { status, stderr } = spawnSync("git", [...identity, ...args], {
                cwd: join(folder, "repository"),
                encoding: "utf8",
            });
            assert.equal(status, 0, stderr);
        };
        const write = (name: string, text: string) => writeFileSync(join(folder, "repository", name), text);

        /** A check-out as of a pull request: the merge of a branch, whose first parent is the base. */
        const checkOut = ({ isMerge = true } = {}) => {
            mkdirSync(join(folder, "repository", "scripts", "pipelines"), { recursive: true });
            copyFileSync(
                join(root, "scripts", "pipelines", "cost.sh"),
                join(folder, "repository", "scripts", "pipelines", "cost.sh"),
            );
            git("init", "--quiet", "--initial-branch", "main");
            write("cost", "base");
            git("add", ".");
            git("commit", "--quiet", "-m", "base");
            if (isMerge) {
                git("checkout", "--quiet", "-b", "change");
                write("cost", "changed");
                git("commit", "--quiet", "-a", "-m", "change");
                git("checkout", "--quiet", "main");
                git("merge", "--quiet", "--no-ff", "-m", "merge", "change");
            }
        };
        /** Plans by a file of the folder that it runs in; tells the base from the change. */
        const planner = `
            [ "$1" = ci ] && exit 0
            echo "$(cat cost): $*" >> "$LOG"
            while [ $# -gt 0 ]; do
                case $1 in
                --json) echo '{}'; exit 2 ;;
                --compare) compared=$(cat "$2") ;;
                --cost-markdown) echo "cost, compared with \${compared:-nothing}" > "$2" ;;
                esac
                shift
            done
            exit "\${PLAN_ENDS:-0}"`;

        const cost = (env: Record<string, string> = {}) => {
            const log = join(folder, "log");
            const target = join(folder, "new", "cost.md");
            const script = join(folder, "repository", "scripts", "pipelines", "cost.sh");
            const { status } = spawnSync(script, ["dev", target], {
                encoding: "utf8",
                env: {
                    ...process.env,
                    ...env,
                    LOG: log,
                    PATH: `${programs}${delimiter}${process.env["PATH"]}`,
                },
            });
            const calls = existsSync(log) ? readFileSync(log, "utf8").trimEnd().split("\n") : [];
            return { status, text: readFileSync(target, "utf8"), calls };
        };

        it("plans the base branch in a work tree, then compares with it, and leaves nothing behind", async () => {
            checkOut();
            program("npm", planner);
            const { status, text, calls } = cost();
            assert.deepEqual([status, text], [0, "cost, compared with {}\n"]);
            assert.equal(calls.length, 2);
            assert.equal(calls[0], "base: run --silent plan -- dev --json");
            assert.match(
                calls[1] ?? "",
                /^changed: run --silent plan -- dev --compare \S+ --cost-markdown \S+$/,
            );
            for (const call of calls) {
                const [, words = ""] = call.split(" -- ");
                assert.deepEqual(await unknownToDriver(["plan", ...words.split(" ")]), []);
            }
            // Git keeps a folder there for each work tree that it knows.
            assert.ok(!existsSync(join(folder, "repository", ".git", "worktrees")));
        });

        const uncompared =
            "cost, compared with nothing\nNot compared with the base branch: it could not be planned; the log of the run says why.\n";

        it("goes on without the base branch where it cannot be planned", () => {
            checkOut();
            program("npm", planner.replace("echo '{}'", "echo broken"));
            assert.deepEqual(cost().text, uncompared);
        });

        it("goes on without the base branch where the check-out has none", () => {
            checkOut({ isMerge: false });
            program("npm", planner);
            const { status, text, calls } = cost();
            assert.deepEqual([status, text, calls.length], [0, uncompared, 1]);
        });

        it("goes on where a check does not hold, and says so where there is no plan at all", () => {
            checkOut();
            program("npm", planner);
            const { status, text } = cost({ PLAN_ENDS: "2" });
            assert.deepEqual([status, text], [0, "cost, compared with {}\n"]);
            program("npm", "exit 1");
            assert.deepEqual(
                [cost().status, cost().text],
                [0, "**Cost:** could not be estimated; the log of the run says why.\n"],
            );
        });
    });

    describe("fetch-tokens.sh", () => {
        it("asks for a token of everything that a run talks to", () => {
            program("az", 'echo "$*"');
            const asked = runScript("fetch-tokens.sh", [], programs).stdout.trimEnd().split("\n");
            assert.deepEqual(
                asked,
                [
                    "https://management.azure.com",
                    "https://storage.azure.com",
                    "https://vault.azure.net",
                    aksServerApplicationId,
                ].map((resource) => `account get-access-token --scope ${resource}/.default --output none`),
            );
        });

        it("fails when one is refused", () => {
            program("az", '[[ "$*" != *vault* ]]');
            assert.notEqual(runScript("fetch-tokens.sh", [], programs).status, 0);
        });
    });

    describe("install-tools.sh", () => {
        const pulumiArchive = `pulumi-v${version}-linux-x64.tar.gz`;
        const kubeloginArchive = "kubelogin-linux-amd64.zip";

        /** What the releases hold: archives as the releases lay them out, and their checksums. */
        const releases = () => {
            const made = join(folder, "releases");
            mkdirSync(join(made, "pulumi"), { recursive: true });
            writeFileSync(join(made, "pulumi", "pulumi"), "the CLI");
            writeFileSync(join(made, "pulumi", "pulumi-language-nodejs"), "its plugin");
            const packed = spawnSync("tar", ["-czf", pulumiArchive, "pulumi"], { cwd: made });
            assert.equal(packed.status, 0);
            writeFileSync(join(made, kubeloginArchive), "a zip");
            const sum = (file: string) =>
                createHash("sha256")
                    .update(readFileSync(join(made, file)))
                    .digest("hex");
            writeFileSync(
                join(made, `pulumi-${version}-checksums.txt`),
                `${"0".repeat(64)}  pulumi-v${version}-linux-arm64.tar.gz\n${sum(pulumiArchive)}  ${pulumiArchive}\n`,
            );
            writeFileSync(
                join(made, `${kubeloginArchive}.sha256`),
                `${sum(kubeloginArchive)}  ${kubeloginArchive}\n`,
            );
            return made;
        };
        const install = (made: string) => {
            program(
                "curl",
                `cp "${made}/$(basename "\${@: -1}")" "\${@: -2:1}"; echo "\${@: -1}" >> "${folder}/log"`,
            );
            // unzip -q -o -j <archive> <member> -d <directory>
            program("unzip", '[[ "$5" == bin/linux_amd64/kubelogin ]] && echo kubelogin > "$7/kubelogin"');
            return runScript("install-tools.sh", [join(folder, "tools")], programs);
        };

        it("installs the CLI of the SDK's version, and kubelogin", () => {
            const { status, stderr } = install(releases());
            assert.equal(status, 0, stderr);
            assert.deepEqual(readdirSync(join(folder, "tools")).sort(), [
                "kubelogin",
                "pulumi",
                "pulumi-language-nodejs",
            ]);
            assert.deepEqual(readFileSync(join(folder, "log"), "utf8").trimEnd().split("\n"), [
                `https://github.com/pulumi/pulumi/releases/download/v${version}/${pulumiArchive}`,
                `https://github.com/pulumi/pulumi/releases/download/v${version}/pulumi-${version}-checksums.txt`,
                `https://github.com/Azure/kubelogin/releases/download/v0.2.18/${kubeloginArchive}`,
                `https://github.com/Azure/kubelogin/releases/download/v0.2.18/${kubeloginArchive}.sha256`,
            ]);
        });

        for (const archive of [pulumiArchive, kubeloginArchive]) {
            it(`refuses a broken ${archive}`, () => {
                const made = releases();
                writeFileSync(join(made, archive), "something else");
                const { status, stderr } = install(made);
                assert.equal(status, 1);
                assert.match(stderr, new RegExp(`${archive} is not what its release says`));
                assert.ok(
                    !existsSync(join(folder, "tools", archive === pulumiArchive ? "pulumi" : "kubelogin")),
                );
            });
        }

        it("refuses an archive whose checksum the release does not list", () => {
            const made = releases();
            writeFileSync(join(made, `pulumi-${version}-checksums.txt`), "");
            const { status, stderr } = install(made);
            assert.equal(status, 1);
            assert.match(stderr, /expected the SHA-256 checksum ''/);
        });
    });
});
