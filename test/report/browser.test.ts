import * as assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { StackPlan } from "../../plan/stackPlan";
import { reportHtml } from "../../report/report";
import { startBrowser } from "../support/browser";
import { removeFolder, temporaryFolder } from "../support/temporaryFolder";
import { today } from "../support/today";
import { hostile } from "./hostilePlan";
import { misplacedLabels, openAll, overflowing, overlapping, squeezed } from "./pageChecks";
import { oddSettings, planOf, planWith } from "./plans";

const desktop = { width: 1280, height: 900 };
const telephone = { width: 390, height: 844 };

/** Text of axe-core; the page's own policy keeps it from being loaded as a script. */
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

describe("report in a browser", function () {
    this.timeout(300_000);
    let browser: Browser | undefined;
    let folder: string;

    before(async function () {
        browser = await startBrowser(this);
        folder = temporaryFolder();
    });

    after(async () => {
        await browser?.close();
        removeFolder(folder);
    });

    /** Opens the report of some plans from disk. What the page asks for or complains of is in `said`. */
    async function withPage<Result>(
        plans: readonly StackPlan[],
        options: BrowserContextOptions,
        use: (page: Page, said: string[]) => Promise<Result>,
    ): Promise<Result> {
        assert.ok(browser);
        const file = join(folder, "report.html");
        writeFileSync(file, await reportHtml(plans, { today }));
        const context = await browser.newContext(options);
        try {
            const page = await context.newPage();
            const said: string[] = [];
            page.on("request", (request) => said.push(`asks for ${request.url().replace(/^file:.*\//, "")}`));
            page.on("console", (message) => said.push(`says ${message.text()}`));
            page.on("pageerror", (error) => said.push(`fails with ${error.message}`));
            page.on("dialog", (dialog) => {
                said.push(`shows ${dialog.message()}`);
                void dialog.dismiss();
            });
            await page.goto(pathToFileURL(file).href);
            return await use(page, said);
        } finally {
            await context.close();
        }
    }

    const dev = async () => [await planOf("dev")];
    const both = async () => [await planOf("dev"), await planOf("prod")];

    it("asks for nothing but the file itself, and has nothing to complain of", async () => {
        await withPage(await both(), { viewport: desktop }, async (page, said) => {
            await page.evaluate(openAll);
            await page.mouse.wheel(0, 5000);
            await page.waitForTimeout(100);
            assert.deepEqual(said, ["asks for report.html"]);
        });
    });

    describe("room", () => {
        const odd = Object.entries(oddSettings).map(
            ([name, changes]): [string, () => Promise<StackPlan[]>] => [
                name,
                async () => [await planWith(name, changes)],
            ],
        );
        for (const [name, plans] of [["dev and prod", both] as const, ...odd]) {
            for (const viewport of [desktop, telephone]) {
                it(`is enough for ${name} at ${viewport.width} pixels`, async () => {
                    await withPage(await plans(), { viewport }, async (page) => {
                        await page.evaluate(openAll);
                        assert.deepEqual(await page.evaluate(overflowing), []);
                        assert.deepEqual(await page.evaluate(overlapping), []);
                        assert.deepEqual(await page.evaluate(squeezed), []);
                        assert.deepEqual(await page.evaluate(misplacedLabels), []);
                    });
                });
            }
        }

        it("shows the picture on a wide screen, boxes in boxes on a narrow one", async () => {
            for (const [viewport, picture] of [
                [desktop, true],
                [telephone, false],
            ] as const) {
                await withPage(await dev(), { viewport }, async (page) => {
                    assert.equal(await page.locator("svg.picture").isVisible(), picture);
                    assert.equal(await page.locator(".outline").isVisible(), !picture);
                });
            }
        });
    });

    describe("accessibility", () => {
        // Colours do not depend on the width, nor the order of things on the colours.
        for (const [colorScheme, viewport] of [
            ["light", desktop],
            ["dark", telephone],
        ] as const) {
            it(`has no fault that axe finds, ${colorScheme}, at ${viewport.width} pixels`, async () => {
                await withPage(await both(), { viewport, colorScheme }, async (page) => {
                    await page.evaluate(openAll);
                    await page.evaluate(axeSource);
                    const { violations, passes } = await page.evaluate<AxeResults>(
                        "axe.run(document, { resultTypes: ['violations'] })",
                    );
                    assert.deepEqual(
                        violations.map(({ id, nodes }) => [
                            id,
                            nodes.slice(0, 3).map(({ html, failureSummary }) => [html, failureSummary]),
                        ]),
                        [],
                    );
                    assert.ok(passes.some(({ id }) => id === "color-contrast"));
                });
            });
        }
    });

    describe("colours", () => {
        const ground = (page: Page) => page.evaluate("getComputedStyle(document.body).backgroundColor");
        const light = "rgb(255, 255, 255)";

        it("follow the system, and the button", async () => {
            await withPage(await dev(), { viewport: desktop, colorScheme: "dark" }, async (page) => {
                assert.notEqual(await ground(page), light);
                const button = page.locator("#theme");
                const seen: unknown[] = [];
                for (let press = 0; press < 3; press += 1) {
                    await button.press("Enter");
                    seen.push([await button.textContent(), (await ground(page)) === light]);
                }
                assert.deepEqual(seen, [
                    ["Colours: light", true],
                    ["Colours: dark", false],
                    ["Colours: as the system", false],
                ]);
                await button.press("Enter");
                await page.reload();
                assert.equal(await ground(page), light, "the choice is remembered");
            });
        });

        it("are light on paper, with everything open and nothing to press", async () => {
            await withPage(await dev(), { viewport: desktop, colorScheme: "dark" }, async (page) => {
                await page.emulateMedia({ media: "print", colorScheme: "dark" });
                assert.equal(await ground(page), light);
                for (const gone of ["nav", ".top", ".search >> nth=0"]) {
                    assert.equal(await page.locator(gone).isVisible(), false, gone);
                }
                assert.equal(await page.getByText("All assignments").isVisible(), true);
                const hidden = await page.evaluate(
                    "[...document.querySelectorAll('details table')].filter((table) => !table.checkVisibility({ contentVisibilityAuto: true })).length",
                );
                assert.equal(hidden, 0);
                const pdf = await page.pdf({ format: "A4" });
                assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
            });
        });
    });

    describe("keyboard", () => {
        it("goes past the contents first", async () => {
            await withPage(await dev(), { viewport: desktop }, async (page) => {
                await page.keyboard.press("Tab");
                assert.equal(await page.evaluate("document.activeElement.textContent"), "Skip to the report");
                await page.keyboard.press("Enter");
                assert.equal(await page.evaluate("document.activeElement.id"), "main");
            });
        });

        it("opens and closes what can be opened", async () => {
            await withPage(await dev(), { viewport: desktop }, async (page) => {
                const details = page.locator("#dev-components-tree details").first();
                const isOpen = async () => (await details.getAttribute("open")) !== null;
                await details.locator("summary").first().focus();
                await page.keyboard.press("Enter");
                assert.equal(await isOpen(), true);
                await page.keyboard.press("Space");
                assert.equal(await isOpen(), false);
            });
        });

        it("finds components, says how many, and gives the tree back", async () => {
            await withPage(await dev(), { viewport: desktop }, async (page) => {
                const field = page.getByLabel("Find a component or resource");
                const leaves = page.locator("#dev-components-tree .leaf:visible");
                const status = page.locator("#dev-components .hits");
                const before = await leaves.count();
                await field.focus();
                await page.keyboard.type("Vault privateENDPOINT");
                assert.deepEqual(await leaves.locator(".name").allTextContents(), [
                    "vault-private-link-endpoint",
                ]);
                assert.equal(await status.textContent(), "1 match");
                assert.equal(await status.getAttribute("aria-live"), "polite");
                await field.fill("no such thing");
                assert.equal(await status.textContent(), "No match found");
                assert.equal(await leaves.count(), 0);
                await page.keyboard.press("Escape");
                assert.equal(await status.textContent(), "");
                assert.equal(await leaves.count(), before);
            });
        });

        it("finds controls and settings, in what is closed too", async () => {
            await withPage(await both(), { viewport: desktop }, async (page) => {
                await page.locator("#dev-controls").getByLabel("Find a control").fill("kubelet");
                const rows = page.locator("#dev-controls-list tbody tr:visible");
                assert.match(
                    (await rows.allTextContents()).join(),
                    /control-plane-may-use-the-kubelet-identity/,
                );
                assert.equal(
                    await page.locator("#dev-controls .hits").textContent(),
                    `${await rows.count()} controls`,
                );
                await page.getByLabel("Find a setting").fill("serviceCidr");
                assert.equal(await page.locator("#differences-list tbody tr:visible").count(), 1);
            });
        });
    });

    it("takes no text of a plan for markup", async () => {
        const plan = hostile(await planOf("prod"));
        await withPage([plan, { ...plan, stack: "other" }], { viewport: desktop }, async (page, said) => {
            await page.evaluate(openAll);
            assert.deepEqual(said, ["asks for report.html"]);
            assert.equal(await page.locator("img, script:not([type=module]), main b").count(), 0);
            assert.ok((await page.locator("main").innerText()).includes("<img src=x"));
        });
    });

    it("can be read without scripts", async () => {
        await withPage(await both(), { viewport: desktop, javaScriptEnabled: false }, async (page) => {
            assert.equal(await page.getByRole("heading", { name: "Tenants" }).first().isVisible(), true);
            assert.equal(await page.getByLabel("Find a setting").isVisible(), false);
        });
    });
});
