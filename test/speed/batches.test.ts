import * as assert from "node:assert/strict";
import { inBatches } from "../../speed/batches";
import { speedupsOff } from "../../speed/switches";
import { withVariables } from "../support/variables";

describe("speed-ups: batches", () => {
    const items = Array.from({ length: 25 }, (_, index) => index);

    /** How many items were declared at each turn of the event loop. */
    async function declaredAtTurns(): Promise<number[]> {
        const turns: number[] = [];
        let declared = 0;
        const result = inBatches(items, (item) => {
            declared += 1;
            return item * 2;
        });
        let isDone = false;
        const all = result.then((values) => {
            isDone = true;
            return values;
        });
        while (!isDone) {
            turns.push(declared);
            await new Promise((resolve) => setImmediate(resolve));
        }
        assert.deepEqual(
            await all,
            items.map((item) => item * 2),
        );
        return [...new Set([...turns, declared])];
    }

    it("let what was declared settle before more is, and keep the order", async () => {
        const turns = await withVariables({ [speedupsOff]: "" }, declaredAtTurns);
        assert.deepEqual(turns, [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 25]);
    });

    it("are one where that is off", async () => {
        const turns = await withVariables({ [speedupsOff]: "batches" }, declaredAtTurns);
        assert.deepEqual(turns, [25]);
    });

    it("fail with what fails", async () => {
        const failing = inBatches(items, (item) => {
            if (item === 15) {
                throw new Error("the fifteenth");
            }
        });
        await assert.rejects(failing, { message: "the fifteenth" });
    });
});
