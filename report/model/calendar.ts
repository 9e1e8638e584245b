import { chartName } from "../../components/internal/charts";
import { maintenanceConfigNames } from "../../components/internal/maintenance";
import { minutesPerDay, minutesPerWeek, rebootDays } from "../../components/internal/rebootWindow";
import { kubernetesVersions } from "../../components/internal/rules/kubernetesVersions";
import type { StackPlan } from "../../plan/stackPlan";
import type { CapturedResource } from "../../simulator/capture";
import { types } from "../../stack/resourceTypes";
import { platformName } from "../../stack/stackView";
import type { StackView } from "../../stack/stackView";
import { at, groupBy, numberAt, textAt, textsAt } from "../../stack/values";
import { counted } from "../../terminal/words";
import { usedWaivers } from "./controls";

/** Days in the order of the calendar. */
export const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** A stretch of a week, in minutes from Monday 00:00; never over the end of Sunday. */
export interface Bar {
    start: number;
    end: number;
}

/** Something that comes back every week or so. */
export interface MaintenanceWindow {
    title: string;
    /** When, in words. */
    when: string;
    /** Time zone of `when` and `bars`. */
    zone: string;
    bars: Bar[];
    /** What happens then, or why nothing does. */
    note: string;
}

/** A day or month to keep in mind. */
export interface DatedEvent {
    /** `YYYY-MM-DD`, or `YYYY-MM` for a whole month. */
    date: string;
    what: string;
}

/** Windows of upgrades and reboots, clusters first. */
export function maintenanceWindows(stack: StackView): MaintenanceWindow[] {
    return [
        ...stack.ofType(types.maintenance).map((window) => aksWindow(stack, window)),
        ...stack
            .ofType(types.helmRelease)
            .filter(({ inputs }) => chartName(textAt(inputs, "chart") ?? "") === "kured")
            .map(rebootWindow),
    ];
}

function aksWindow(stack: StackView, { inputs }: CapturedResource): MaintenanceWindow {
    const window = at(inputs, "maintenanceWindow");
    const name = textAt(inputs, "configName") ?? "?";
    const start = minutesOf(textAt(window, "startTime"));
    const hours = numberAt(window, "durationHours") ?? 0;
    const weekly = at(window, "schedule", "weekly");
    const day = textAt(weekly, "dayOfWeek") ?? "";
    const dayIndex = days.findIndex((one) => one === day);
    const interval = numberAt(weekly, "intervalWeeks") ?? 1;
    const frequency =
        dayIndex === -1
            ? "on a schedule that is not weekly"
            : interval === 1
              ? `every ${day}`
              : `every ${counted(interval, "week")} on ${day}`;
    const cluster = stack
        .ofType(types.cluster)
        .find((candidate) => platformName(candidate) === textAt(inputs, "resourceName"));
    return {
        title: titles[name]?.title ?? name,
        when: `${frequency}, ${clock(start)} to ${clock(start + hours * 60)}`,
        zone: `UTC${textAt(window, "utcOffset") ?? "+00:00"}`,
        bars: dayIndex === -1 ? [] : weekBars(dayIndex * minutesPerDay + start, hours * 60),
        note: titles[name]?.note(cluster) ?? "",
    };
}

const titles: Readonly<
    Record<string, { title: string; note: (cluster: CapturedResource | undefined) => string }>
> = {
    [maintenanceConfigNames.clusterUpgrades]: {
        title: "Kubernetes upgrades",
        note: (cluster) =>
            `AKS installs versions of its channel "${textAt(cluster?.inputs, "autoUpgradeProfile", "upgradeChannel") ?? "none"}".`,
    },
    [maintenanceConfigNames.nodeUpgrades]: {
        title: "Node images and patches",
        note: (cluster) => {
            const channel = textAt(cluster?.inputs, "autoUpgradeProfile", "nodeOSUpgradeChannel") ?? "none";
            return ["Unmanaged", "None", "none"].includes(channel)
                ? `Nothing happens in it: the node OS channel is "${channel}". It waits for the day that AKS patches nodes.`
                : `AKS patches nodes by its channel "${channel}".`;
        },
    },
};

function rebootWindow({ inputs }: CapturedResource): MaintenanceWindow {
    const settings = at(inputs, "values", "configuration");
    const start = minutesOf(textAt(settings, "startTime"));
    const end = minutesOf(textAt(settings, "endTime"));
    const length = end > start ? end - start : end + minutesPerDay - start;
    const onDays = textsAt(settings, "rebootDays")
        .map((day) => rebootDays.indexOf(day.slice(0, 2).toLowerCase()))
        .filter((day) => day !== -1)
        .sort((one, other) => one - other);
    const names = onDays.map((day) => days[day]).join(", ");
    return {
        title: "Reboots by kured",
        when: `${names || "on no day"}, ${clock(start)} to ${clock(end)}`,
        zone: textAt(settings, "timeZone") ?? "UTC",
        bars: onDays.flatMap((day) => weekBars(day * minutesPerDay + start, length)),
        note: `Nodes that ask for it restart, ${counted(numberAt(settings, "concurrency") ?? 1, "node")} at a time.`,
    };
}

/** A stretch of the week; one that goes over its end goes on at its beginning. */
function weekBars(start: number, length: number): Bar[] {
    const end = start + length;
    return end <= minutesPerWeek
        ? [{ start, end }]
        : [
              { start, end: minutesPerWeek },
              { start: 0, end: end - minutesPerWeek },
          ];
}

/** Minutes since midnight. Not only what the settings take: kured reads `9:00` and `21:30:00` too. */
function minutesOf(time: string | undefined): number {
    const [hours = "0", minutes = "0"] = (time ?? "").split(":");
    return Number(hours) * 60 + Number(minutes);
}

function clock(minutes: number): string {
    const inDay = minutes % minutesPerDay;
    const two = (value: number) => String(value).padStart(2, "0");
    return `${two(Math.floor(inDay / 60))}:${two(inDay % 60)}`;
}

const months = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/** Days that the plan names: the end of waivers and of a version's support, the start of budgets. */
export function datedEvents(stack: StackView, checks: StackPlan["checks"]): DatedEvent[] {
    const support = stack.ofType(types.cluster).flatMap(({ inputs }): DatedEvent[] => {
        const minor = textAt(inputs, "kubernetesVersion")?.split(".").slice(0, 2).join(".") ?? "";
        const known = kubernetesVersions[minor];
        if (!known) {
            return [];
        }
        const isLong = inputs["supportPlan"] === "AKSLongTermSupport";
        const what = `Support of Kubernetes ${minor} ends${isLong ? ", long-term support included" : ""}`;
        return [{ date: isoMonth(isLong ? known.longTerm : known.standard), what }];
    });
    const budgets = stack.ofType(types.budget).flatMap((budget): DatedEvent[] => {
        const date = textAt(budget.inputs, "timePeriod", "startDate")?.slice(0, 10);
        return date === undefined ? [] : [{ date, what: `Budget ${platformName(budget)} begins` }];
    });
    const waivers = [...groupBy(usedWaivers(checks), ({ expires }) => expires)].map(
        ([date, ending]): DatedEvent => {
            const rules = ending.map(({ rule }) => rule.id);
            const noun = rules.length === 1 ? "the waiver" : counted(rules.length, "waiver");
            return { date, what: `Last day of ${noun}: ${rules.join(", ")}` };
        },
    );
    return [...support, ...budgets, ...waivers].sort(
        (one, other) => one.date.localeCompare(other.date) || one.what.localeCompare(other.what),
    );
}

/** `2027-06` for `June 2027`. */
function isoMonth(text: string): string {
    const [month = "", year = ""] = text.split(" ");
    return `${year}-${String(months.indexOf(month) + 1).padStart(2, "0")}`;
}
