import * as assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { ResourceGroup } from "@pulumi/azure-native/resources";
import { run } from "../../plan/command";
import type { PlanContext } from "../../plan/command";
import type { PlanDocument } from "../../plan/document";
import { assumptions } from "../../plan/cost/assumptions";
import { pageText, priceServer, row } from "./priceServer";
import { bareProject, projectDirectory, removeDirectories } from "./projectDirectory";
import { sampleConfig, sampleProgram } from "./sampleProgram";
import { sampleRules } from "./sampleRules";

const unset = [
    { path: "tenantId", placeholder: "<tenant>", standIn: "s", find: "Ask for it." },
    { path: "subscriptionId", placeholder: "<subscription>", standIn: "s", find: "Ask for it." },
];

const good: PlanContext["loadProgram"] = () => ({
    rules: sampleRules,
    loadConfig: () => ({ ...sampleConfig, unset }),
    program: sampleProgram,
});

/** A program in which checks of severity error fail: nothing that must be there is. */
const bare: PlanContext["loadProgram"] = () => ({
    rules: sampleRules,
    loadConfig: () => sampleConfig,
    program: () => {
        new ResourceGroup("group", { location: "westeurope" });
        return {};
    },
});

interface Outcome {
    code: number;
    stdout: string;
    stderr: string;
    directory: string;
}

async function command(
    args: string[],
    more: Partial<Omit<PlanContext, "stdout" | "stderr">> & { terminal?: boolean; columns?: number } = {},
): Promise<Outcome> {
    const written = { stdout: "", stderr: "" };
    const directory = more.directory ?? projectDirectory(bareProject);
    const stream = (name: keyof typeof written) => ({
        write: (text: string) => void (written[name] += text),
        isTTY: more.terminal,
        columns: more.columns,
    });
    const code = await run(args, {
        environment: {},
        loadProgram: good,
        ...more,
        directory,
        stdout: stream("stdout"),
        stderr: stream("stderr"),
    });
    return { code, directory, ...written };
}

/** Lines from the one that starts with a heading to the next empty line. */
function section(text: string, heading: string): string[] {
    const lines = text.split("\n");
    const start = lines.findIndex((line) => line.startsWith(heading));
    assert.notEqual(start, -1, `no section ${heading}`);
    return lines.slice(start, lines.indexOf("", start));
}

describe("plan command", () => {
    after(removeDirectories);

    describe("for people", () => {
        let outcome: Outcome;
        before(async () => {
            outcome = await command(["dev"]);
        });

        it("ends well, with nothing on standard error", () => {
            assert.deepEqual([outcome.code, outcome.stderr], [0, ""]);
        });

        it("has every section, in order", () => {
            const headings = outcome.stdout
                .split("\n")
                .flatMap((line) => /^[A-Z][a-z]+(?= {2}|$)/.exec(line)?.[0] ?? []);
            assert.deepEqual(headings, ["Resources", "Addresses", "Access", "Checks", "Unset", "Cost"]);
            assert.match(
                outcome.stdout,
                /^aks-landing-zone \/ dev\nWhat `pulumi up -s dev` would build in westeurope/,
            );
            assert.match(outcome.stdout, /\nPlanned in \d+\.\d s\.\n\n$/);
        });

        it("fills a terminal, from 60 to 100 columns", async () => {
            const longest = async (columns: number) => {
                const { stdout } = await command(["dev"], { terminal: true, columns });
                const lengths = stripVTControlCharacters(stdout)
                    .split("\n")
                    .map((line) => line.length);
                return Math.max(...lengths);
            };
            const wide = await longest(100);
            assert.ok(wide > 80 && wide <= 100, String(wide));
            assert.equal(await longest(200), wide);
            const narrow = await longest(60);
            assert.ok(narrow < wide, String(narrow));
            assert.equal(await longest(30), narrow);
        });

        it("stays within 100 columns, without colour", () => {
            for (const line of outcome.stdout.split("\n")) {
                assert.ok(line.length <= 100, line);
            }
            assert.equal(outcome.stdout, stripVTControlCharacters(outcome.stdout));
        });

        it("draws the tree", () => {
            const lines = section(outcome.stdout, "Resources");
            assert.equal(lines[0], "Resources  52 in 11 components");
            assert.match(
                lines[2] ?? "",
                /^ {2}program +Program +52 {2}azure-native provider, kubernetes provider, ResourceGroup$/,
            );
            assert.ok(
                lines.some((line) =>
                    /^ {2}├ 2 x Tenant +5 each {2}shop-dev, shop-stage: LimitRange, Namespace,$/.test(line),
                ),
            );
            assert.ok(lines.some((line) => /^ {2}└ shop-api +WorkloadIdentity +5 /.test(line)));
        });

        it("shows addresses with the room that they have", () => {
            assert.deepEqual(section(outcome.stdout, "Addresses").slice(0, 4), [
                "Addresses",
                "  Range           Usable  Name                           Role",
                "  10.10.0.0/16    64,960  vnet-sample                    virtual network; usable: in no subnet yet",
                "    10.10.0.0/26      59  snet-sample-private-endpoints  private endpoints",
            ]);
        });

        it("says each principal once, with the places that a role holds for", () => {
            assert.deepEqual(section(outcome.stdout, "Access").slice(1), [
                "  Who                               Role                       Where",
                "  group platform                    AKS RBAC Cluster Admin     cluster aks-sample",
                "  group shop-developers             edit (Kubernetes)          namespaces shop-dev, shop-stage",
                "                                    AKS RBAC Writer            namespace shop-dev of cluster",
                "                                                               aks-sample",
                "  identity id-sample-control-plane  Managed Identity Operator  identity id-sample-kubelet",
                "                                    Network Contributor        subnet snet-sample-system-nodes",
                "  identity id-sample-kubelet        AcrPull                    registry crsample",
            ]);
        });

        it("names the checks that hold and explains those that do not", () => {
            const lines = section(outcome.stdout, "Checks");
            assert.deepEqual(lines.slice(0, 6), [
                "Checks  7 of 8 hold, 1 note",
                "  NOTE     Does not hold: Every placeholder of the stack file is filled in",
                "           - 2 still to fill in: `tenantId`, `subscriptionId`",
                "           Why: The plan uses stand-ins for them; a deployment refuses to start.",
                "           Mend: Replace the placeholders in the stack file.",
                "           no-unset-placeholders",
            ]);
            assert.match(lines[6] ?? "", /^ {2}Hold: subnet-has-network-security-group, /);
        });

        it("lists what is unset and where to get it", () => {
            assert.deepEqual(section(outcome.stdout, "Unset"), [
                "Unset  2 placeholders in Pulumi.dev.yaml; a deployment refuses to start with them",
                "  Key             Where to get the value",
                "  tenantId        Ask for it.",
                "  subscriptionId  as above",
            ]);
        });

        it("shows cost with its unknowns and assumptions", () => {
            const lines = section(outcome.stdout, "Cost");
            assert.equal(
                lines[0],
                "Cost  980.48 - 2,652.66 USD a month, 1,578.08 expected, 2 unknown prices",
            );
            const text = lines.join("\n").replace(/\n +/g, "\n ").replace(/ {2,}/g, "  ");
            const flowing = lines.join(" ").replace(/ +/g, " ");
            assert.match(text, /\n network {2}NAT gateway {2}1 {2}32\.85 {2}32\.85\n/);
            assert.match(text, /\n Sum of what has a price {2}980\.48 - 2,652\.66 {2}1,578\.08\n/);
            assert.match(
                text,
                /\n cluster {2}AKS Standard tier \(estimated: the price in {2}1 {2}73\.00 - 87\.89 {2}73\.00\n/,
            );
            assert.match(
                text,
                /\n Price unknown, not in the sum:\n watch {2}(Prometheus alert rules|Activity log alert) /,
            );
            assert.match(text, /\n Depends on usage, not in the sum: /);
            assert.match(flowing, /Pay-as-you-go list prices in USD without tax, found between 20/);
            for (const { text: sentence } of assumptions) {
                assert.ok(flowing.includes(`- ${sentence}`), sentence);
            }
        });
    });

    it("plans every stack that has a file when none is named, and ends with both side by side", async () => {
        const { stdout, code } = await command([]);
        assert.equal(code, 0);
        assert.deepEqual(
            [...stdout.matchAll(/^aks-landing-zone \/ (\w+)$/gm)].map(([, stack]) => stack),
            ["dev", "prod"],
        );
        const lines = section(`${stdout}\n`, "Side by side").map((line) => line.replace(/\d+\.\d s/g, "T"));
        assert.deepEqual(lines.slice(0, 11), [
            "Side by side",
            "                              dev      prod",
            "  Resources                    52        52",
            "  Checks that hold         7 of 8    7 of 8",
            "  Errors                        0         0",
            "  Warnings                      0         0",
            "  Notes                         1         1",
            "  Unset placeholders            2         2",
            "  USD a month, least       980.48    980.48",
            "  USD a month, expected  1,578.08  1,578.08",
            "  USD a month, most      2,652.66  2,652.66",
        ]);
    });

    it("plans a stack once that is named twice", async () => {
        const { stdout } = await command(["dev", "dev"]);
        assert.equal(stdout.match(/^aks-landing-zone \/ dev$/gm)?.length, 1);
        assert.doesNotMatch(stdout, /Side by side/);
    });

    it("writes one JSON document and nothing else with --json", async () => {
        const { stdout, stderr, code } = await command(["dev", "--json"]);
        const document = JSON.parse(stdout) as PlanDocument;
        assert.deepEqual([code, stderr], [0, ""]);
        assert.deepEqual(Object.keys(document), ["schemaVersion", "prices", "stacks", "failures"]);
        assert.equal(document.schemaVersion, 2);
        assert.deepEqual(document.prices, { currency: "USD", collected: "2026-11-21", hoursPerMonth: 730 });
        const [plan] = document.stacks;
        assert.ok(plan);
        assert.deepEqual(Object.keys(plan), [
            "stack",
            "project",
            "region",
            "settings",
            "resources",
            "counts",
            "components",
            "outputs",
            "checks",
            "cost",
            "addressPlan",
            "access",
            "unset",
            "phases",
            "messages",
            "durationInMilliseconds",
        ]);
        assert.deepEqual(Object.keys(plan.resources.find(({ name }) => name === "vault-vault") ?? {}), [
            "type",
            "name",
            "urn",
            "id",
            "parent",
            "custom",
            "provider",
            "inputs",
            "options",
        ]);
        assert.doesNotMatch(stdout, /kubeconfig of|output that is secret/);
    });

    it("writes the same document twice, but for the times", async () => {
        const [one, other] = [await command(["--json"]), await command(["--json"])];
        const timeless = ({ stdout }: Outcome) => stdout.replace(/"durationInMilliseconds": \d+/g, "");
        assert.equal(timeless(one), timeless(other));
    });

    describe("with --live", () => {
        it("shows Azure's prices of the day", async () => {
            const server = await priceServer((request) => ({
                body: pageText(request.get("$filter")?.includes("Virtual Machines") ? [row()] : []),
            }));
            try {
                const { stdout, stderr, code } = await command(["--live"], {
                    environment: { LANDING_ZONE_PRICES_URL: server.url },
                    today: "2026-11-22",
                });
                assert.equal(code, 0);
                assert.match(stdout, /\n {2}1 price of 2026-11-22 from Azure's own list \(source API\)\.\n/);
                assert.match(
                    stderr,
                    /^warning: stack dev: The price of .* no such meter\. \d+ more warnings in the plan's cost\.\n/,
                );
                // Both stacks need the same prices.
                assert.equal(
                    new Set(server.requests.map((request) => request.get("$filter"))).size,
                    server.requests.length,
                );
            } finally {
                await server.close();
            }
        });

        it("falls back to the table without a network, with one warning and the same exit code", async () => {
            const environment = { LANDING_ZONE_PRICES_URL: "http://127.0.0.1:1/api/retail/prices" };
            const { stdout, stderr, code } = await command(["dev", "--live", "--json"], { environment });
            assert.equal(code, 0);
            assert.match(
                stderr,
                /^warning: stack dev: Azure's price list is not available: .*All prices are those of the table\.\n$/,
            );
            const [plan] = (JSON.parse(stdout) as PlanDocument).stacks;
            assert.equal(plan?.cost.live?.found, 0);
            assert.deepEqual(plan?.cost.monthly, { minimum: 980.48, expected: 1578.08, maximum: 2652.66 });
        });
    });

    describe("with --compare", () => {
        const file = (text: string) => {
            const directory = projectDirectory({ "base.json": text });
            return join(directory, "base.json");
        };

        it("compares each stack's cost with that of the document, in text, JSON and comment", async () => {
            const base = await command(["dev", "--json"]);
            const document = JSON.parse(base.stdout) as PlanDocument;
            const [plan] = document.stacks;
            assert.ok(plan);
            plan.cost.monthly.expected -= 100;
            plan.cost.lines = plan.cost.lines.filter(({ component }) => component !== "vault");
            const compare = file(JSON.stringify(document));
            const comment = join(projectDirectory({}), "out", "cost.md");
            const { stdout, code } = await command(["dev", "--compare", compare, "--cost-markdown", comment]);
            assert.equal(code, 0);
            assert.match(
                stdout,
                /\n {4}vault +\+7\.30 +\+7\.30 +\+7\.30\n {4}Sum +0\.00 +\+100\.00 +0\.00\n/,
            );
            assert.match(
                readFileSync(comment, "utf8"),
                /^\*\*Cost:\*\* 980\.48 to 2,652\.66 USD a month, .*\nAgainst the base branch: \*\*\+100\.00 expected\*\*/,
            );
            const both = JSON.parse((await command(["--compare", compare, "--json"])).stdout) as PlanDocument;
            const [dev, prod] = both.stacks.map(({ cost }) => cost.comparison);
            assert.ok(dev && "difference" in dev);
            assert.equal(dev.difference.change.expected, 100);
            assert.deepEqual(prod, { file: compare, problem: "it has no stack prod" });
        });

        it("goes on where the other plan failed, or has another form", async () => {
            for (const [document, problem] of [
                [
                    { schemaVersion: 2, stacks: [], failures: [{ stack: "dev", message: "boom" }] },
                    "it could not be planned: boom",
                ],
                [{ schemaVersion: 1 }, "its document has form 1, and this one form 2"],
            ] as const) {
                const compare = file(JSON.stringify(document));
                const { stdout, code } = await command(["dev", "--compare", compare, "--json"]);
                const [plan] = (JSON.parse(stdout) as PlanDocument).stacks;
                assert.deepEqual([code, plan?.cost.comparison], [0, { file: compare, problem }]);
            }
        });

        it("refuses what is no document of a plan, before the work", async () => {
            for (const [text, reason] of [
                ["{", "Expected property name"],
                ["[]", "it: Invalid input"],
                ['{"schemaVersion": 2, "stacks": [{"stack": 1}]}', "stacks.0.stack: Invalid input"],
            ] as const) {
                const compare = file(text);
                const { stdout, stderr, code } = await command(["dev", "--compare", compare]);
                assert.deepEqual([code, stdout], [1, ""]);
                assert.ok(
                    stderr.startsWith(
                        `error: --compare takes a document of \`plan --json\`, which ${compare} is not: ${reason}`,
                    ),
                    stderr,
                );
            }
        });

        it("writes a comment about one stack only", async () => {
            const { stderr, code } = await command(["--cost-markdown", "cost.md"]);
            assert.deepEqual(
                [code, stderr],
                [
                    1,
                    "error: --cost-markdown writes about one stack, and dev, prod would be planned\nhint: name one stack\n",
                ],
            );
        });
    });

    it("writes files with --out, into a directory that it makes", async () => {
        const out = join(projectDirectory({}), "deep", "out");
        const { stdout, code } = await command(["dev", "--out", out], { terminal: true });
        assert.equal(code, 0);
        const text = readFileSync(join(out, "dev.txt"), "utf8");
        assert.match(text, /^aks-landing-zone \/ dev\n/);
        assert.equal(text, stripVTControlCharacters(text));
        assert.match(stripVTControlCharacters(stdout), /^aks-landing-zone \/ dev\n/);
        const document = JSON.parse(readFileSync(join(out, "dev.json"), "utf8")) as PlanDocument;
        assert.deepEqual(
            document.stacks.map(({ stack }) => stack),
            ["dev"],
        );
        assert.ok(!existsSync(join(out, "prod.json")));
    });

    describe("on a terminal", () => {
        it("uses colour and shows progress on standard error, which it wipes", async () => {
            const { stdout, stderr } = await command(["dev"], { terminal: true });
            assert.notEqual(stdout, stripVTControlCharacters(stdout));
            assert.match(stderr, /dev: running the program, update \.\.\./);
            assert.ok(stderr.endsWith("\r\u001b[K"));
        });

        it("uses no colour where NO_COLOR is set", async () => {
            const { stdout } = await command(["dev"], { terminal: true, environment: { NO_COLOR: "1" } });
            assert.equal(stdout, stripVTControlCharacters(stdout));
        });

        it("keeps within a narrow one", async () => {
            const { stdout } = await command(["dev"], {
                terminal: true,
                columns: 80,
                environment: { NO_COLOR: "1" },
            });
            const wide = stdout.split("\n").filter((line) => line.length > 80);
            // Names are never cut: tables with long ones stay as wide as they are.
            assert.ok(wide.every((line) => line.length <= 100));
            assert.ok(section(stdout, "Checks").every((line) => line.length <= 80));
        });
    });

    describe("exit codes and messages", () => {
        it("ends with 2 when a check of severity error fails, and explains it", async () => {
            const { stdout, stderr, code } = await command(["dev"], { loadProgram: bare });
            assert.deepEqual([code, stderr], [2, ""]);
            assert.deepEqual(section(stdout, "Checks").slice(1, 6), [
                "  ERROR    Does not hold: Every subnet has a network security group",
                "           - the stack has no subnet",
                "           Why: Without one, everything in the network and its peers reaches every port of the",
                "           subnet.",
                "           Mend: Set `networkSecurityGroup` on the subnet.",
            ]);
        });

        const failing: PlanContext["loadProgram"] = () => ({
            loadConfig: () => sampleConfig,
            program: () => {
                throw new Error("boom");
            },
        });

        it("ends with 1 when the program fails, without a stack trace", async () => {
            const { stdout, stderr, code } = await command(["dev"], { loadProgram: failing });
            assert.deepEqual(
                [code, stdout, stderr],
                [
                    1,
                    "",
                    "error: stack dev: the program failed in the preview: boom\nhint: run again with --debug for the stack trace\n",
                ],
            );
        });

        it("shows stack traces with --debug, of the cause as well", async () => {
            const { stderr, code } = await command(["dev", "--debug"], { loadProgram: failing });
            assert.equal(code, 1);
            assert.match(
                stderr,
                /^error: stack dev: the program failed in the preview: boom\nPlanError: [\s\S]*\n {4}at [\s\S]*\ncaused by: Error: boom\n {4}at /,
            );
            assert.doesNotMatch(stderr, /hint:/);
        });

        it("plans the other stacks when one fails, and names the failure in the document", async () => {
            let loads = 0;
            const loadProgram: PlanContext["loadProgram"] = () => (loads++ === 0 ? failing() : bare());
            const { stdout, stderr, code } = await command(["--json"], { loadProgram });
            const document = JSON.parse(stdout) as PlanDocument;
            assert.equal(code, 1);
            assert.match(stderr, /^error: stack dev: /);
            assert.deepEqual(document.failures, [
                { stack: "dev", message: "the program failed in the preview: boom" },
            ]);
            assert.deepEqual(
                document.stacks.map(({ stack }) => stack),
                ["prod"],
            );
        });

        it("ends with 1 for a stack that is not known, naming those that are", async () => {
            const { stdout, stderr, code } = await command(["prd"]);
            assert.deepEqual(
                [code, stdout, stderr],
                [1, "", 'error: there is no stack "prd": the known ones are dev, prod\n'],
            );
        });

        it("ends with 1 where there are no stacks", async () => {
            const directory = projectDirectory({ "Pulumi.yaml": "name: x\n" });
            const { stderr, code } = await command([], { directory });
            assert.deepEqual(
                [code, stderr],
                [1, `error: there is no file Pulumi.<stack>.yaml in ${directory}\n`],
            );
        });

        it("ends with 1 for an option that is not known, suggesting one that is", async () => {
            const { stdout, stderr, code } = await command(["--jsn"]);
            assert.deepEqual(
                [code, stdout, stderr],
                [
                    1,
                    "",
                    "error: unknown option '--jsn'\n(Did you mean --json?)\nhint: --help says what there is\n",
                ],
            );
        });

        it("shows help and ends well", async () => {
            const { stdout, code } = await command(["--help"]);
            assert.equal(code, 0);
            assert.match(stdout, /^Usage: plan \[options\] \[stacks\.\.\.\]\n/);
        });
    });
});
