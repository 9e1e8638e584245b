import type { Context } from "mocha";
import type { Browser } from "playwright-core";
import { browserNames, findBrowser, launchBrowser } from "../../scripts/browser";
import { skipFor } from "./toolchain";

/** Starts a browser without a window. Skips the suite where there is none. */
export async function startBrowser(test: Context): Promise<Browser> {
    const found = findBrowser(process.env);
    if (found === undefined) {
        return skipFor(
            test,
            new Error(
                `CHROME_PATH names no browser, none of ${browserNames.join(", ")} is on the PATH, and LANDING_ZONE_REQUIRE_TOOLCHAIN is set`,
            ),
        );
    }
    return launchBrowser(found);
}
