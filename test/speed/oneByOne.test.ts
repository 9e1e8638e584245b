import * as assert from "node:assert/strict";
import { ComponentResource } from "@pulumi/pulumi";
import type { Input, Resource } from "@pulumi/pulumi";
import * as resources from "@pulumi/azure-native/resources";
import { oneByOne } from "../../speed/oneByOne";
import { speedupsOff } from "../../speed/switches";
import { deploy } from "../support/harness";
import type { Deployment } from "../support/harness";
import { withVariables } from "../support/variables";

const names = Array.from({ length: 5 }, (_, index) => `part-${index}`);

class Part extends ComponentResource {
    readonly children: Set<Resource>;
    readonly groupName: resources.ResourceGroup["name"];

    constructor(name: string, location: Input<string>) {
        super("test:index:Part", name);
        const group = new resources.ResourceGroup(name, { location }, { parent: this });
        this.groupName = group.name;
        this.children = (this as unknown as { __childResources: Set<Resource> }).__childResources;
    }
}

/** The parts, what was declared at each turn of the event loop, and what came of it. */
async function declared(
    off: string,
    { preview = false } = {},
): Promise<{ parts: Part[]; turns: number[]; deployment: Deployment }> {
    let parts: Part[] = [];
    const turns: number[] = [];
    const deployment = await withVariables({ [speedupsOff]: off }, () =>
        deploy(
            async () => {
                let count = 0;
                let isDone = false;
                const all = oneByOne(names, (name) => {
                    count += 1;
                    return new Part(name, "westeurope");
                }).finally(() => {
                    isDone = true;
                });
                while (!isDone) {
                    turns.push(count);
                    await new Promise((resolve) => setImmediate(resolve));
                }
                parts = await all;
                turns.push(count);
                return Object.fromEntries(
                    parts.map(({ groupName }, index) => [names[index] ?? "", groupName]),
                );
            },
            { preview },
        ),
    );
    return { parts, turns: [...new Set(turns)], deployment };
}

describe("speed-ups: one by one", () => {
    it("lets what was declared settle before more is, and keeps the order", async () => {
        const { parts, turns } = await declared("");
        assert.deepEqual(turns, [1, 2, 3, 4, 5]);
        assert.equal(parts.length, 5);
    });

    for (const preview of [false, true]) {
        it(`lets go of what is registered, in ${preview ? "a preview" : "an update"}`, async () => {
            const { parts } = await declared("", { preview });
            assert.deepEqual(
                parts.map(({ children }) => children.size),
                [0, 0, 0, 0, 0],
            );
        });
    }

    it("declares all at once and keeps it where that is off", async () => {
        const { parts, turns } = await declared("one-by-one");
        assert.deepEqual(turns, [5]);
        assert.deepEqual(
            parts.map(({ children }) => children.size),
            [1, 1, 1, 1, 1],
        );
    });

    it("makes no difference to what is declared", async () => {
        const one = await declared("");
        const all = await declared("one-by-one");
        const sorted = ({ resources: list }: Deployment) => list.sort((a, b) => (a.urn < b.urn ? -1 : 1));
        assert.deepEqual(sorted(one.deployment), sorted(all.deployment));
        assert.deepEqual(one.deployment.outputs, all.deployment.outputs);
        assert.equal(Object.keys(one.deployment.outputs).length, 5);
    });

    it("fails with what fails, in the program or in a registration", async () => {
        const failing = () =>
            deploy(async () => {
                await oneByOne(names, (name) => {
                    if (name === "part-3") {
                        throw new Error("the fourth");
                    }
                    return new Part(name, "westeurope");
                });
            });
        await assert.rejects(failing(), { message: "the fourth" });
        const refused = () =>
            deploy(async () => {
                await oneByOne(names, (name) => new Part(name, Promise.reject(new Error("no location"))));
            });
        await assert.rejects(refused(), /no location/);
    });
});
