import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { planStack } from "../plan/planStack";
import { dayOf } from "../policy/waiver";
import { reportHtml } from "../report/report";
import { browserNames, findBrowser, launchBrowser } from "./browser";

const root = join(__dirname, "..");
const picture = join(root, "docs", "report.png");

/** Takes the picture of docs/report.md from the report of prod. */
async function takePicture(): Promise<void> {
    const executable = findBrowser(process.env);
    if (executable === undefined) {
        throw new Error(`no browser: install one of ${browserNames.join(", ")}, or name it in CHROME_PATH`);
    }
    const today = dayOf(new Date());
    const text = await reportHtml([await planStack({ directory: root, stack: "prod", today })], { today });
    const browser = await launchBrowser(executable);
    try {
        const page = await browser.newPage({ viewport: { width: 1280, height: 1600 }, colorScheme: "light" });
        await page.setContent(text);
        writeFileSync(picture, await page.locator("#prod-topology .canvas").screenshot());
    } finally {
        await browser.close();
    }
}

takePicture().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
});
