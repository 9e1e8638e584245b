import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { listed } from "../../policy/rule";
import { accessSection } from "./accessSection";
import { calendarSection } from "./calendarSection";
import { componentsSection } from "./componentsSection";
import { controlsSection } from "./controlsSection";
import { costSection } from "./costSection";
import { differencesSection } from "./differencesSection";
import { Html, html } from "./html";
import { overviewSection } from "./overviewSection";
import type { SectionBody, StackReport } from "./stackReport";
import { tenantsSection } from "./tenantsSection";
import { topologySection } from "./topologySection";

/** The sections of a stack, in order, by the end of their ids. */
const sections: readonly {
    key: string;
    title: string;
    render: (report: StackReport) => SectionBody | undefined;
}[] = [
    { key: "topology", title: "Topology", render: topologySection },
    { key: "tenants", title: "Tenants", render: tenantsSection },
    { key: "access", title: "Access", render: accessSection },
    { key: "controls", title: "Controls", render: controlsSection },
    { key: "cost", title: "Cost", render: costSection },
    { key: "calendar", title: "Upgrades and maintenance", render: calendarSection },
    { key: "components", title: "Components", render: componentsSection },
];

/**
 * The whole page. It loads nothing: style and script are in it, and its content security policy lets the browser fetch
 * nothing and run no other script.
 */
export function page(reports: readonly StackReport[], today: string): string {
    const names = reports.map(({ plan }) => plan.stack);
    const project = [...new Set(reports.map(({ plan }) => plan.project))].join(", ");
    const title = `${project}: plan of ${listed(names)}`;
    const script = part("behaviour.mjs");
    // The policy knows the script by its hash, so that not even a space may come between it and its tags.
    const scriptElement = new Html(`<script type="module">${script}</script>`);
    const styleElement = new Html(`<style>${part("report.css")}</style>`);
    const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash(script)}'; base-uri 'none'; form-action 'none'`;
    const stacks = reports.map((report) => ({
        report,
        parts: sections.flatMap(({ key, title: heading, render }) => {
            const found = render(report);
            return found ? [{ id: `${report.anchor}-${key}`, heading, ...found }] : [];
        }),
    }));
    const differences = differencesSection(reports.map(({ plan }) => plan));
    return html`<!doctype html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta http-equiv="Content-Security-Policy" content="${policy}" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>${title}</title>
                ${styleElement}
            </head>
            <body>
                <a class="skip" href="#main">Skip to the report</a>
                <header class="top">
                    <p class="brand">${project} <span>plan of ${listed(names)}</span></p>
                    <a class="to-contents" href="#contents">Contents</a>
                    <button type="button" id="theme" hidden aria-live="polite">Colours: as the system</button>
                </header>
                <div class="columns">
                    <nav id="contents" aria-label="Contents">
                        <ul>
                            <li><a href="#overview">Overview</a></li>
                            ${differences && html`<li><a href="#differences">Differences</a></li>`}
                            ${stacks.map(
                                ({ report: { anchor, plan }, parts }) =>
                                    html`<li>
                                        <a href="#${anchor}">${plan.stack}</a>
                                        <ul>
                                            ${parts.map(({ id, heading }) => html`<li><a href="#${id}">${heading}</a></li>`)}
                                        </ul>
                                    </li>`,
                            )}
                        </ul>
                    </nav>
                    <main id="main" tabindex="-1">
                        <h1>${title}</h1>
                        <p class="lead">
                            What <code>pulumi up</code> would build, from the real program and its stack
                            ${names.length === 1 ? "file" : "files"}. This is a plan: nothing is deployed.
                            Azure's answers are simulated and nothing was sent anywhere, so ids and addresses
                            that Azure gives are stand-ins. Waivers are judged as of
                            <time datetime="${today}">${today}</time>.
                        </p>
                        ${overviewSection(reports)} ${differences}
                        ${stacks.map(
                            ({ report: { anchor, plan }, parts }) =>
                                html`<article class="stack" aria-labelledby="${anchor}">
                                    <h2 id="${anchor}">${plan.stack}</h2>
                                    ${parts.map((found) => sectionOf(found, plan.stack))}
                                </article>`,
                        )}
                    </main>
                </div>
                ${scriptElement}
            </body>
        </html> `.text;
}

/** A section with its heading, whose name says the stack too: several stacks have the same sections. */
function sectionOf(
    { id, heading, lead, content }: SectionBody & { id: string; heading: string },
    stack: string,
): Html {
    return html`<section id="${id}" aria-labelledby="${id}-heading">
        <h3 id="${id}-heading">${heading}<span class="unseen"> of ${stack}</span></h3>
        ${lead && html`<p class="lead">${lead}</p>`} ${content}
    </section>`;
}

/** A file beside this one. */
function part(name: string): string {
    return readFileSync(join(__dirname, name), "utf8");
}

function hash(text: string): string {
    return createHash("sha256").update(text).digest("base64");
}
