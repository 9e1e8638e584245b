import { minutesPerWeek } from "../../components/internal/rebootWindow";
import { days, datedEvents, maintenanceWindows } from "../model/calendar";
import type { MaintenanceWindow } from "../model/calendar";
import { Html, html, joinedHtml } from "./html";
import { table } from "./parts";
import { body } from "./stackReport";
import type { SectionBody, StackReport } from "./stackReport";

/** When upgrades, patches and reboots happen, and days to keep in mind. */
export function calendarSection({ plan, view }: StackReport): SectionBody | undefined {
    const windows = maintenanceWindows(view);
    const events = datedEvents(view, plan.checks);
    if (windows.length === 0 && events.length === 0) {
        return undefined;
    }
    return body(
        windows.length > 0 ? "A week as the plan sets it. Each row is in its own time zone." : undefined,
        html`${windows.length > 0 && week(windows)}
        ${
            windows.length > 0 &&
            table({
                caption: `Maintenance windows of ${plan.stack}`,
                columns: [
                    { title: "Window" },
                    { title: "When" },
                    { title: "Time zone" },
                    { title: "What happens", room: "wide" },
                ],
                rows: windows.map(({ title, when, zone, note }) => ({
                    cells: [title, when, breakable(zone), note],
                })),
            })
        }
        ${
            events.length > 0 &&
            table({
                caption: `Dates of ${plan.stack}`,
                columns: [{ title: "Date" }, { title: "What", room: "wide" }],
                rows: events.map(({ date, what }) => ({
                    cells: [html`<time datetime="${date}">${date}</time>`, what],
                })),
            })
        }`,
    );
}

/** The week as a strip of seven days; the table below it says the same. */
function week(windows: readonly MaintenanceWindow[]): Html {
    const percent = (minutes: number) => ((minutes / minutesPerWeek) * 100).toFixed(3);
    return html`<div class="week" aria-hidden="true">
        <div class="days">${days.map((day) => html`<span>${day.slice(0, 3)}</span>`)}</div>
        ${windows.map(
            ({ title, zone, bars }) =>
                html`<p class="window">${title} <span class="quiet">${zone}</span></p>
                    <div class="strip">
                        ${bars.map(
                            ({ start, end }) =>
                                html`<span
                                    style="left:${percent(start)}%;width:${percent(end - start)}%"
                                ></span>`,
                        )}
                    </div>`,
        )}
    </div>`;
}

/** A name such as `Europe/Amsterdam`, broken behind the stroke where it must be broken. */
function breakable(zone: string): Html {
    return joinedHtml(zone.split(/(?<=\/)/), new Html("<wbr>"));
}
