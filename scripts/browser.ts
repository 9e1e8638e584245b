import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";
import { findProgramIn, searchPathOf } from "../rehearsal/searchPath";

/** What Chromium and its like are called. */
export const browserNames: readonly string[] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/** Path of the browser that CHROME_PATH names, or of the first on the PATH; undefined where there is none. */
export function findBrowser(environment: Readonly<Record<string, string | undefined>>): string | undefined {
    const folders = searchPathOf(environment);
    return (
        environment["CHROME_PATH"] || browserNames.flatMap((name) => findProgramIn(folders, name) ?? [])[0]
    );
}

/** Starts a browser without a window. */
export function launchBrowser(executablePath: string): Promise<Browser> {
    // Chromium refuses to sandbox itself for root, which is who runs a container.
    const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    return chromium.launch({ executablePath, args });
}
