/** When kured may start to reboot nodes: on these days, from one time of day to another, in a time zone. */
export interface RebootWindow {
    /** Two letters each: `mo`, `tu`, `we`, `th`, `fr`, `sa`, `su`. */
    days: readonly string[];
    /** `HH:MM`. */
    startTime: string;
    /** `HH:MM`, later than `startTime`. */
    endTime: string;
    /** IANA name, for example `Europe/Amsterdam`. */
    timeZone: string;
}

/** A weekly maintenance window of AKS. */
export interface WeeklyWindow {
    /** English name of the day, for example `Sunday`. */
    dayOfWeek: string;
    /** `HH:MM`. */
    startTime: string;
    durationInHours: number;
    /** `+HH:MM` or `-HH:MM`, the same all year. */
    utcOffset: string;
}

/** Days as kured names them, in the order in which minutes of the week are counted. */
export const rebootDays: readonly string[] = ["mo", "tu", "we", "th", "fr", "sa", "su"];

/** Minutes in a day. */
export const minutesPerDay = 24 * 60;

/** Minutes in a week. */
export const minutesPerWeek = 7 * minutesPerDay;

/** Minutes that the clocks of the world are from UTC: Baker Island to Kiribati (the time-zone database, `etcetera`). */
const utcOffsetRange = { least: -12 * 60, most: 14 * 60 };

/**
 * What is wrong with a reboot window, one sentence each; empty when kured would do what the window says. Windows that
 * cross midnight are refused: kured checks the weekday of the current minute, so that "su 22:00-04:00" would also
 * allow reboots early on Sunday and stop at midnight.
 */
export function rebootWindowProblems(window: RebootWindow): string[] {
    const problems: string[] = [];
    const unknown = window.days.filter((day) => !rebootDays.includes(day));
    if (window.days.length === 0 || unknown.length > 0) {
        const found = window.days.length === 0 ? "empty" : unknown.map((day) => `"${day}"`).join(", ");
        problems.push(`\`days\` is ${found}: name one or more of ${rebootDays.join(", ")}`);
    }
    for (const key of ["startTime", "endTime"] as const) {
        if (minuteOfDay(window[key]) === undefined) {
            problems.push(
                `\`${key}\` is "${window[key]}": write a time of day as HH:MM, from 00:00 to 23:59`,
            );
        }
    }
    const start = minuteOfDay(window.startTime);
    const end = minuteOfDay(window.endTime);
    if (start !== undefined && end !== undefined && end <= start) {
        problems.push(
            `\`endTime\` ${window.endTime} is not after \`startTime\` ${window.startTime}: kured goes by the weekday of the current minute, ` +
                "so a window cannot cross midnight. End it at 23:59 at the latest, or start it at 00:00 and name the following day",
        );
    }
    const zone = ianaName(window.timeZone);
    if (zone === undefined) {
        problems.push(
            `\`timeZone\` is "${window.timeZone}": write an IANA name such as UTC or Europe/Amsterdam`,
        );
    } else if (zone !== window.timeZone) {
        problems.push(`\`timeZone\` is "${window.timeZone}": kured heeds capitals, write ${zone}`);
    }
    return problems;
}

/** How long the window is open on each of its days, in minutes. */
export function rebootWindowLength(window: RebootWindow): number {
    return (minuteOfDay(window.endTime) ?? 0) - (minuteOfDay(window.startTime) ?? 0);
}

/** The minutes of the week, 0 being Monday 00:00 in the window's own time zone, in which a reboot may start. */
export function rebootWindowMinutes(window: RebootWindow): Set<number> {
    const start = minuteOfDay(window.startTime) ?? 0;
    const end = minuteOfDay(window.endTime) ?? 0;
    const minutes = new Set<number>();
    for (const day of window.days) {
        const midnight = rebootDays.indexOf(day) * minutesPerDay;
        for (let minute = start; minute < end; minute++) {
            minutes.add(midnight + minute);
        }
    }
    return minutes;
}

/**
 * True when, at any time of the year, a reboot could start while the maintenance window is open. AKS's offset is fixed
 * and kured's clock changes to daylight-saving time, so both of the zone's offsets are tried.
 */
export function overlaps(rebootWindow: RebootWindow, maintenanceWindow: WeeklyWindow): boolean {
    const local = rebootWindowMinutes(rebootWindow);
    // Windows that are apart in every zone are most of all, and what a zone's offsets are takes a while to find out.
    const maintainedSomewhere = maintenanceMinutes(maintenanceWindow, utcOffsetRange);
    if (![...local].some((minute) => maintainedSomewhere.has(minute))) {
        return false;
    }
    const maintained = maintenanceMinutes(maintenanceWindow);
    return utcOffsetsInMinutes(rebootWindow.timeZone).some((offset) =>
        [...local].some((minute) => maintained.has(weekMinute(minute - offset))),
    );
}

/** Every offset from UTC that the zone has within a year, in minutes; east is positive. */
export function utcOffsetsInMinutes(timeZone: string): number[] {
    const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
    const offsets = new Set<number>();
    // A fixed year, for the same answer on every day; no zone changes its clock for less than a week.
    for (let week = 0; week < 53; week++) {
        const date = new Date(Date.UTC(2026, 0, 1 + 7 * week));
        const name = format.formatToParts(date).find((part) => part.type === "timeZoneName")?.value ?? "GMT";
        offsets.add(offsetInMinutes(name.replace("GMT", "")));
    }
    return [...offsets];
}

/** The minutes of the week in which the window is open, for all offsets from UTC between two of them; in UTC by default. */
function maintenanceMinutes(
    window: WeeklyWindow,
    offsets: { least: number; most: number } = { least: 0, most: 0 },
): Set<number> {
    const day = rebootDays.indexOf(window.dayOfWeek.slice(0, 2).toLowerCase());
    const start =
        day * minutesPerDay + (minuteOfDay(window.startTime) ?? 0) - offsetInMinutes(window.utcOffset);
    const minutes = new Set<number>();
    for (let minute = offsets.least; minute < window.durationInHours * 60 + offsets.most; minute++) {
        minutes.add(weekMinute(start + minute));
    }
    return minutes;
}

function weekMinute(minute: number): number {
    return ((minute % minutesPerWeek) + minutesPerWeek) % minutesPerWeek;
}

function minuteOfDay(time: string): number | undefined {
    const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
    return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}

/** `+05:30` is 330, `-03:00` is -180, the empty text of UTC itself is 0. */
function offsetInMinutes(offset: string): number {
    const match = /^([+-])(\d{2}):(\d{2})/.exec(offset);
    return match ? (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) : 0;
}

// Node has it; the types of a project with Pulumi's default settings, which this package is compiled with, do not.
const { supportedValuesOf: namesAtHand } = Intl as unknown as {
    supportedValuesOf: (key: "timeZone") => string[];
};

/** The zone's name with the capitals that the time-zone database uses; undefined when there is no such zone. */
function ianaName(timeZone: string): string | undefined {
    // Node also takes bare offsets such as +01:00, which kured's time-zone database does not know.
    if (!/^[A-Za-z]/.test(timeZone)) {
        return undefined;
    }
    // Most are named here; asking this first saves a start the tables that formatting a date needs.
    if (timeZone === "UTC" || namesAtHand("timeZone").includes(timeZone)) {
        return timeZone;
    }
    try {
        const resolved = new Intl.DateTimeFormat("en-US", { timeZone }).resolvedOptions().timeZone;
        // An alias (Asia/Kolkata) may be answered with another name; then there is nothing to compare capitals with.
        return resolved.toLowerCase() === timeZone.toLowerCase() ? resolved : timeZone;
    } catch {
        return undefined;
    }
}
