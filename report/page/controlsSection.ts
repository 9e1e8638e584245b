import { counted } from "../../terminal/words";
import { controlTopics, statusCounts, usedWaivers } from "../model/controls";
import type { Control, ControlStatus, ControlTopic } from "../model/controls";
import { html, joinedHtml } from "./html";
import type { Html, HtmlPart } from "./html";
import { disclosure, list, searchField, table, tag } from "./parts";
import { body } from "./stackReport";
import type { SectionBody, StackReport } from "./stackReport";

/** What people read for each status. */
export const statusTitles: Readonly<Record<ControlStatus, string>> = {
    error: "fails",
    warning: "warning",
    note: "note",
    waived: "waived",
    holds: "holds",
};

/** The controls with their status, and the waivers. */
export function controlsSection({ anchor, plan }: StackReport): SectionBody | undefined {
    const id = `${anchor}-controls`;
    const topics = controlTopics(plan.checks);
    return body(
        html`${counted(plan.checks.length, "control")} judged over the whole plan: ${statusTags(plan.checks)}`,
        html`${openFindings(topics)} ${waiverTable(plan)}
            <h4>All controls</h4>
            ${searchField(`${id}-search`, "Find a control", `${id}-list`, "control")}
            <div id="${id}-list">${topics.map((topic) => topicTable(topic))}</div>`,
    );
}

/** How many controls hold, are waived and do not hold. */
export function statusTags(checks: StackReport["plan"]["checks"]): Html {
    const { error, warning, note, waived, holds } = statusCounts(checks);
    return joinedHtml(
        [
            tag("holds", `${holds} hold`),
            ...(waived > 0 ? [tag("waived", `${waived} waived`)] : []),
            ...(error > 0 ? [tag("error", `${error} fail`)] : []),
            ...(warning > 0 ? [tag("warning", counted(warning, "warning"))] : []),
            ...(note > 0 ? [tag("note", counted(note, "note"))] : []),
        ],
        " ",
    );
}

function openFindings(topics: readonly ControlTopic[]): HtmlPart {
    const open = topics.flatMap(({ controls }) => controls).filter(({ rule }) => !rule.holds);
    return (
        open.length > 0 &&
        table({
            caption: "Controls that do not hold",
            columns: [
                { title: "Control" },
                { title: "Status", room: "slim" },
                { title: "What was found", room: "wide" },
                { title: "How to mend it" },
            ],
            rows: open.map(({ rule, status }) => ({
                cells: [
                    titleAndId(rule),
                    tag(status, statusTitles[status]),
                    list(
                        rule.findings.map(
                            ({ resource, message }) => html`${resource && `${resource}: `}${plain(message)}`,
                        ),
                    ),
                    plain(rule.mend),
                ],
            })),
        })
    );
}

function waiverTable({ checks, stack }: StackReport["plan"]): HtmlPart {
    const waivers = usedWaivers(checks);
    return (
        waivers.length > 0 &&
        table({
            caption: `Waivers of ${stack}`,
            columns: [
                { title: "Control" },
                { title: "Where" },
                { title: "What was chosen, and why", room: "wide" },
                { title: "Owner" },
                { title: "Until", room: "slim" },
            ],
            rows: waivers.map(({ rule, places, reason, owner, expires }) => ({
                cells: [
                    titleAndId(rule),
                    list(places),
                    plain(reason),
                    owner,
                    html`<time datetime="${expires}">${expires}</time>`,
                ],
            })),
        })
    );
}

function topicTable({ topic, controls }: ControlTopic): Html {
    const holding = controls.filter(({ rule }) => rule.holds).length;
    return disclosure(
        html`<span class="name">${titled(topic)}</span> ${holding} of ${controls.length} hold`,
        table({
            caption: html`<span class="unseen">Controls of ${topic}</span>`,
            columns: [
                { title: "Control" },
                { title: "Status", room: "slim" },
                { title: "Severity", room: "slim" },
                { title: "What it protects from", room: "wide" },
                { title: "Sources" },
            ],
            rows: controls.map(controlRow),
        }),
    );
}

function controlRow({ rule, status }: Control) {
    const { title, id, severity, why, sources } = rule;
    return {
        search: [
            title,
            id,
            statusTitles[status],
            severity,
            why,
            ...sources.map((source) => source.title),
        ].join(" "),
        cells: [
            titleAndId(rule),
            tag(status, statusTitles[status]),
            severity,
            plain(why),
            list(sources.map((source) => link(source.url, source.title))),
        ],
    };
}

function titleAndId({ title, id }: Control["rule"]): Html {
    return html`${title}<code class="block">${id}</code>`;
}

/** A link to where a control comes from. Only the web's own kind of address is followed. */
function link(url: string, title: string): HtmlPart {
    return /^https:\/\//.test(url) ? html`<a href="${url}" rel="noreferrer">${title}</a>` : title;
}

/** `keyVault` as `Key vault`. */
export function titled(key: string): string {
    const words = key.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
    return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

/** The texts of the rules put names between backticks, as in a terminal; here they are set as code. */
function plain(text: string): Html {
    return html`${text.split(/`([^`]*)`/).map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}
