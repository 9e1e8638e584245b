import * as assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "./support/stacks";

/** The folders that each folder may import from. Whoever needs a helper of another one moves it to where both may have it. */
const rooms: Readonly<Record<string, readonly string[]>> = {
    bench: [
        "components",
        "config",
        "engine",
        "plan",
        "program",
        "rehearsal",
        "simulator",
        "speed",
        "stack",
        "terminal",
    ],
    engine: [],
    speed: [],
    terminal: ["engine"],
    stack: ["bootstrap", "components", "simulator"],
    policy: ["bootstrap", "components", "simulator", "stack"],
    plan: [
        "bootstrap",
        "components",
        "config",
        "engine",
        "policy",
        "program",
        "simulator",
        "speed",
        "stack",
        "terminal",
    ],
    report: ["components", "config", "engine", "plan", "policy", "simulator", "stack", "terminal"],
    exports: ["components", "config", "engine", "plan", "simulator", "stack", "terminal"],
    rehearsal: ["components", "config", "engine", "plan", "program", "simulator", "speed", "terminal"],
    automation: ["config", "engine", "plan", "simulator", "speed", "stack", "terminal"],
};

/** The driver mounts the commands of these, and the plan offers the report; they know nothing else of them. */
const exceptions = [
    "plan/command.ts imports report/report",
    "automation/command.ts imports exports/command",
    "automation/command.ts imports rehearsal/command",
];

describe("The folders of the commands", () => {
    for (const [room, allowed] of Object.entries(rooms)) {
        it(`import in one direction: ${room} from ${allowed.join(", ") || "no other"}`, () => {
            const strange = importsOf(room).filter(({ file, target }) => {
                const [other = ""] = target.split("/");
                return (
                    other !== room &&
                    !allowed.includes(other) &&
                    !exceptions.includes(`${file} imports ${target}`)
                );
            });
            assert.deepEqual(strange, []);
        });
    }

    it("are read with what they load late", () => {
        const targets = ["automation", "plan"]
            .flatMap(importsOf)
            .map(({ file, target }) => `${file} imports ${target}`);
        assert.ok(exceptions.every((exception) => targets.includes(exception)));
    });
});

/** What the files of a folder import from the repository, by `import`, `require` or a type; without endings. */
function importsOf(room: string): { file: string; target: string }[] {
    const files = readdirSync(join(projectFolder, room), { recursive: true, encoding: "utf8" });
    return files
        .filter((name) => name.endsWith(".ts"))
        .flatMap((name) => {
            const file = join(room, name);
            const text = readFileSync(join(projectFolder, file), "utf8");
            return [...text.matchAll(/(?:from |require\(|import\()"(\.{1,2}\/[^"]+)"/g)].map(
                ([, path = ""]) => ({
                    file,
                    target: join(file, "..", path).replace(/\.js$/, ""),
                }),
            );
        });
}
