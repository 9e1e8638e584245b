import * as assert from "node:assert/strict";
import { mock } from "node:test";

/** What `ask` answers, which must be after half a minute and not before; nobody really waits for it. */
export async function answerAfterHalfAMinute(
    ask: () => Promise<boolean | undefined>,
): Promise<boolean | undefined> {
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
        let isAnswered = false;
        const answer = ask().finally(() => (isAnswered = true));
        mock.timers.tick(29_999);
        await new Promise((resolve) => setImmediate(resolve));
        assert.equal(isAnswered, false);
        mock.timers.tick(1);
        return await answer;
    } finally {
        mock.timers.reset();
    }
}
