import type { Context } from "mocha";
import type { Browser } from "playwright-core";
import { browserNames, findBrowser, launchBrowser } from "../../scripts/browser";
import { skipFor } from "./toolchain";

/** Starts a browser without a window. Skips the suite where there is none. */
export async function startBrowser(test: Context): Promise<Browser> {
    const found = findBrowser(process.env);
    if (found === undefined) {
        const missing = `no browser: CHROME_PATH names none, and none of ${browserNames.join(", ")} is on the PATH`;
        // Mocha shows that tests were skipped, and not why.
        process.stderr.write(`Skipped with ${missing}. On Debian: apt-get install chromium\n`);
        return skipFor(test, new Error(missing));
    }
    return launchBrowser(found);
}
