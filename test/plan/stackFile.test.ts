import * as assert from "node:assert/strict";
import { PlanError } from "../../plan/planError";
import { knownStacks, readStackFile } from "../../plan/stackFile";
import { projectDirectory, removeDirectories } from "./projectDirectory";

const project = `name: zone
config:
  plain: from the project
  size: { type: integer, default: 3 }
  names:
    type: array
    items: { type: string }
    default: [a, b]
  azure-native:location: { value: westeurope }
`;

function read(stackFile: string, projectFile = "name: zone\n") {
    return readStackFile(
        projectDirectory({ "Pulumi.yaml": projectFile, "Pulumi.dev.yaml": stackFile }),
        "dev",
    );
}

function failure(stackFile: string, projectFile?: string): string {
    try {
        read(stackFile, projectFile);
    } catch (error) {
        assert.ok(error instanceof PlanError, String(error));
        return error.message;
    }
    throw new assert.AssertionError({ message: "expected a failure" });
}

describe("stack file", () => {
    after(removeDirectories);

    // What `pulumi preview` (CLI 3.259.0) hands to the program for each spelling, alone and inside a list.
    const spellings: readonly (readonly [yaml: string, alone: string, listed: string])[] = [
        ["text", "text", '["text"]'],
        ["12", "12", "[12]"],
        ['"12"', "12", '["12"]'],
        ["1.50", "1.5", "[1.5]"],
        ["1.0", "1", "[1]"],
        ["1e3", "1000", "[1000]"],
        ["1e21", "1e+21", "[1e+21]"],
        ["1e-7", "1e-7", "[1e-7]"],
        ["+5", "5", "[5]"],
        ["012", "10", "[10]"],
        ["0o17", "15", "[15]"],
        ["0x1F", "31", "[31]"],
        ["08", "8", "[8]"],
        ["1_000", "1000", "[1000]"],
        ["1_000.5", "1000.5", "[1000.5]"],
        ["true", "true", "[true]"],
        ["TRUE", "true", "[true]"],
        ["yes", "yes", '["yes"]'],
        ["off", "off", '["off"]'],
        ["12:30", "12:30", '["12:30"]'],
        ["2026-12-01", "2026-12-01 00:00:00 +0000 UTC", '["2026-12-01 00:00:00 +0000 UTC"]'],
        ["2026-12-01T10:20:30Z", "2026-12-01 10:20:30 +0000 UTC", '["2026-12-01 10:20:30 +0000 UTC"]'],
        ['"2026-12-01"', "2026-12-01", '["2026-12-01"]'],
        ["null", "", "[null]"],
        ["~", "", "[null]"],
        ['""', "", '[""]'],
        ["!!str 5", "5", '["5"]'],
    ];
    for (const [yaml, alone, listed] of spellings) {
        it(`passes ${yaml} on as the engine does`, () => {
            const { values } = read(`config:\n  zone:alone: ${yaml}\n  zone:listed: [${yaml}]\n`);
            assert.deepEqual(values, { "zone:alone": alone, "zone:listed": listed });
        });
    }

    it("passes objects on as JSON with sorted keys, with anchors and merges worked out", () => {
        const { values } = read(
            "config:\n  zone:a: &shared { z: 1, b: { d: [x], c: y } }\n  zone:b: { <<: *shared, m: 2 }\n",
        );
        assert.deepEqual(values, {
            "zone:a": '{"b":{"c":"y","d":["x"]},"z":1}',
            "zone:b": '{"b":{"c":"y","d":["x"]},"m":2,"z":1}',
        });
    });

    it("fills in the project's defaults, under the stack's own values", () => {
        assert.deepEqual(read("config:\n  zone:plain: mine\n  extra: 1\n", project).values, {
            "zone:size": "3",
            "zone:names": '["a","b"]',
            "azure-native:location": "westeurope",
            "zone:plain": "mine",
            "zone:extra": "1",
        });
    });

    it("accepts the older spelling of keys", () => {
        assert.deepEqual(read("config:\n  zone:config:plain: mine\n").values, { "zone:plain": "mine" });
    });

    it("accepts a stack without configuration", () => {
        assert.deepEqual(read("config:\n").values, {});
        assert.deepEqual(read("encryptionsalt: v1:abc\n").values, {});
    });

    it("puts a stand-in in place of each secret and lists the keys", () => {
        const file = read(
            "config:\n  zone:token: { secure: v1:abc }\n  zone:deep: { list: [{ url: { secure: v1:def } }], open: yes }\n  zone:open: 1\n",
        );
        assert.deepEqual(file.secretKeys, ["zone:token", "zone:deep"]);
        assert.deepEqual(file.values, {
            "zone:token": "secret://stand-in/zone:token",
            "zone:deep": '{"list":[{"url":"secret://stand-in/zone:deep/list/0/url"}],"open":"yes"}',
            "zone:open": "1",
        });
        assert.deepEqual(file.secretStandIns, [
            "secret://stand-in/zone:token",
            "secret://stand-in/zone:deep/list/0/url",
        ]);
    });

    it("keeps secret what the project declares secret", () => {
        const file = read(
            "config:\n  zone:a: x\n",
            "name: zone\nconfig:\n  a: { type: string, secret: true }\n  b: { default: y, secret: true }\n",
        );
        assert.deepEqual(file.secretKeys.sort(), ["zone:a", "zone:b"]);
    });

    it("lists the stacks that have a file", () => {
        const directory = projectDirectory({
            "Pulumi.yaml": project,
            "Pulumi.prod.yaml": "",
            "Pulumi.dev.yaml": "",
            "Pulumi.dev.yaml.bak": "",
        });
        assert.deepEqual(knownStacks(directory), ["dev", "prod"]);
    });

    const failures: readonly (readonly [
        what: string,
        stackFile: string,
        message: string,
        projectFile?: string,
    ])[] = [
        [
            "broken YAML",
            "config:\n  zone:a: [1,\n  2\n",
            "Pulumi.dev.yaml, line 3: Flow sequence in block collection must be sufficiently indented and end with a ]",
        ],
        [
            "a key twice",
            "config:\n  zone:a: 1\n  zone:a: 2\n",
            "Pulumi.dev.yaml, line 3: Map keys must be unique",
        ],
        [
            "a list for a section",
            "config:\n  - zone:a\n",
            "Pulumi.dev.yaml, line 1: `config` must be a list of keys with values",
        ],
        [
            "a wrong type",
            "config:\n  zone:plain: x\n  zone:size: many\n",
            "Pulumi.dev.yaml, line 3: `zone:size` must be of type integer, as Pulumi.yaml declares",
            project,
        ],
        [
            "a wrong type without namespace",
            "config:\n  names: x\n",
            "Pulumi.dev.yaml, line 2: `names` must be of type array, as Pulumi.yaml declares",
            project,
        ],
        [
            "a missing value",
            "x: 1\nconfig: {}\n",
            "Pulumi.dev.yaml, line 2: gives no value for `zone:a`, which Pulumi.yaml declares without a default",
            "name: zone\nconfig:\n  a: { type: string }\n",
        ],
        ["a project without a name", "", "Pulumi.yaml, line 1: has no `name`", "runtime: nodejs\n"],
    ];
    for (const [what, stackFile, message, projectFile] of failures) {
        it(`names file and line of ${what}`, () => assert.equal(failure(stackFile, projectFile), message));
    }

    it("says where a file is missing", () => {
        const directory = projectDirectory({});
        assert.throws(() => readStackFile(directory, "dev"), {
            message: `Pulumi.yaml is missing in ${directory}`,
        });
    });
});
