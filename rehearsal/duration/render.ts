import { paragraph, table } from "../../terminal/layout";
import { heading, indent } from "../../terminal/heading";
import type { TextOptions } from "../../terminal/textOptions";
import { counted } from "../../terminal/words";
import { shortName, shortType } from "../../engine/names";
import { bar } from "./bar";
import type { DurationEstimate, PathStep, TimelineEntry } from "./estimate";
import type { Cause } from "./schedule";
import { clockWords, durationWords } from "./words";

const barCells = 20;
/** Longest reason; the names of resources need the room. */
const reasonCells = 32;
/** Steps of the critical path below it are left out of the text. */
const leastStepInSeconds = 1;
/** Operations of at most this are summed up by type. */
const longInSeconds = 10;
/** Types that the sum of the shorter operations names. */
const namedTypes = 6;

/** The estimate for people: the sum, the critical path, the orders that lengthen it, and what runs when. */
export function estimateLines(estimate: DurationEstimate, options: TextOptions): string[] {
    return [
        ...summary(estimate, options),
        "",
        ...pathLines(estimate, options),
        ...orderingLines(estimate, options),
        "",
        ...timelineLines(estimate, options),
    ];
}

function summary(estimate: DurationEstimate, options: TextOptions): string[] {
    const { seconds, lowerBound, secondsWithoutLimit, parallelOperations } = estimate;
    const above = lowerBound > 0 ? ((seconds / lowerBound - 1) * 100).toFixed(1) : "0.0";
    const bound = `lower bound ${durationWords(lowerBound)}, +${above} %`;
    return [
        heading("Estimated duration in Azure", `up ≈ ${durationWords(seconds)} (${bound})`, options),
        ...paragraph(
            `From typical durations, with ${parallelOperations} operations at a time (--parallel); ` +
                `with any number ${durationWords(secondsWithoutLimit)}.`,
            { width: options.width, indent, style: options.colors.dim },
        ),
    ];
}

function pathLines(
    { criticalPath, seconds, parallelOperations }: DurationEstimate,
    options: TextOptions,
): string[] {
    const rows = shownSteps(criticalPath).map(({ step, cause, of }) => [
        clockWords(step.start),
        durationWords(step.duration),
        { text: bar(step, seconds, barCells), style: options.colors.cyan },
        step.name,
        { text: reason({ step, cause, of }, parallelOperations), style: options.colors.dim },
    ]);
    const left = criticalPath.filter(({ duration, wait }) => duration > 0 && !isShown({ duration, wait }));
    return [
        heading("Critical path", left.length === 0 ? "" : "without steps below 1 s", options),
        ...table(
            [
                { title: "Start", align: "right" },
                { title: "Takes", align: "right" },
                { width: barCells },
                { title: "Resource", flexible: true },
                { title: "Not earlier because" },
            ],
            rows,
            { width: options.width, indent, titleStyle: options.colors.dim },
        ),
    ];
}

interface ShownStep {
    step: PathStep;
    cause?: Cause;
    /** Component or provider that waited for the step before, and made this one wait. */
    of?: string;
}

function isShown({ duration, wait }: Pick<PathStep, "duration" | "wait">): boolean {
    return duration >= leastStepInSeconds || wait > 0;
}

/** Why a step that is left out had to wait is why what comes after it did. */
function shownSteps(path: readonly PathStep[]): ShownStep[] {
    const shown: ShownStep[] = [];
    let hidden: PathStep | undefined;
    for (const step of path) {
        const isAsked = step.because === "argument" || step.because === "dependsOn";
        if (isShown(step)) {
            const why = isAsked || step.because === "role" ? step : (hidden ?? step);
            shown.push({
                step,
                ...(shown.length > 0 && why.because && { cause: why.because }),
                ...(why !== step && { of: why.name }),
            });
            hidden = undefined;
        } else if (isAsked) {
            hidden ??= step;
        }
    }
    return shown;
}

function reason({ cause, step, of }: ShownStep, parallelOperations: number): string {
    const words: Record<Cause, string> = {
        data: "takes its output",
        dependsOn: "dependsOn",
        provider: "provider",
        argument: "argument",
        parent: "parent",
        azureParent: "lies in it",
        nodes: "needs its nodes",
        role: `role works after ${durationWords(step.wait)}`,
        serialised: "one at a time in Azure",
        parallelism: `${parallelOperations} at a time`,
    };
    const why = cause === undefined ? "" : words[cause];
    const whole = of === undefined ? why : `${why} of ${of}`;
    return whole.length > reasonCells ? `${whole.slice(0, reasonCells - 1)}…` : whole;
}

function orderingLines({ orderings }: DurationEstimate, options: TextOptions): string[] {
    if (orderings.length === 0) {
        return [];
    }
    const rows = orderings.map(({ from, on, kind, savesSeconds, declaredAt = "" }) => [
        durationWords(savesSeconds),
        `${shortName(from)} waits for ${shortName(on)}`,
        kind,
        declaredAt,
    ]);
    return [
        "",
        heading(
            "Orders of the program that lengthen it",
            "what each costs, with those above it left out",
            options,
        ),
        ...table(
            [
                { title: "Costs", align: "right" },
                { title: "Order", flexible: true },
                { title: "By" },
                { title: "Declared at" },
            ],
            rows,
            { width: options.width, indent, titleStyle: options.colors.dim },
        ),
    ];
}

function timelineLines({ timeline, seconds }: DurationEstimate, options: TextOptions): string[] {
    const long = timeline.filter(({ duration }) => duration > longInSeconds);
    const short = timeline.filter(({ duration }) => duration <= longInSeconds);
    const rows = long.map((entry) => [
        clockWords(entry.start),
        durationWords(entry.duration),
        { text: bar(entry, seconds, barCells), style: options.colors.green },
        label(entry),
    ]);
    return [
        heading("Timeline", `operations of more than ${longInSeconds} s`, options),
        ...table(
            [
                { title: "Start", align: "right" },
                { title: "Takes", align: "right" },
                { width: barCells },
                { title: "Operation", flexible: true },
            ],
            rows,
            { width: options.width, indent, titleStyle: options.colors.dim },
        ),
        ...(short.length === 0
            ? []
            : paragraph(`${counted(short.length, "shorter one")}: ${sumsByType(short).join(", ")}.`, {
                  width: options.width,
                  indent,
                  style: options.colors.dim,
              })),
    ];
}

/** `3 Subnet 9 s`, most time first. */
function sumsByType(entries: readonly TimelineEntry[]): string[] {
    const sums = new Map<string, { count: number; seconds: number }>();
    for (const { type, duration } of entries) {
        const { count, seconds } = sums.get(type) ?? { count: 0, seconds: 0 };
        sums.set(type, { count: count + 1, seconds: seconds + duration });
    }
    const sorted = [...sums].sort(([, one], [, other]) => other.seconds - one.seconds);
    const rest = sorted.slice(namedTypes).reduce((sum, [, { seconds }]) => sum + seconds, 0);
    return [
        ...sorted
            .slice(0, namedTypes)
            .map(([type, { count, seconds }]) => `${count} ${shortType(type)} ${durationWords(seconds)}`),
        ...(rest > 0 ? [`others ${durationWords(rest)}`] : []),
    ];
}

function label({ type, name }: TimelineEntry): string {
    return `${shortType(type)} ${name}`;
}
