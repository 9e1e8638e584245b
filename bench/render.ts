import { heading, indent } from "../terminal/heading";
import { paragraph, table } from "../terminal/layout";
import type { Cell } from "../terminal/layout";
import type { TextOptions } from "../terminal/textOptions";
import type { Machine } from "./machine";
import { misses } from "./measurement";
import type { Measurement, Spread } from "./measurement";

/** What came of a group. */
export interface GroupResult {
    name: string;
    title: string;
    measurements: Measurement[];
    /** Why nothing was measured. */
    hindrance?: string;
}

/** Everything that a run found. */
export interface Results {
    machine: Machine;
    results: GroupResult[];
}

/** The results for people. */
export function resultText({ machine, results }: Results, options: TextOptions): string {
    const { processors, memoryGibibytes, versions, date } = machine;
    const versionList = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
    return [
        heading("Benchmark", `${date}, ${processors}, ${memoryGibibytes} GiB`, options),
        ...paragraph(versionList.join(", "), { width: options.width, indent }),
        ...results.flatMap((result) => ["", ...groupLines(result, options)]),
    ].join("\n");
}

function groupLines({ title, name, measurements, hindrance }: GroupResult, options: TextOptions): string[] {
    const { colors, width } = options;
    const body =
        hindrance === undefined
            ? table(
                  [
                      { title: "Measured", flexible: true },
                      { title: "Against" },
                      { title: "Ratio", align: "right" },
                      { title: "Spread" },
                      { title: "Goal", align: "right" },
                      { title: "" },
                  ],
                  measurements.map((measurement) => row(measurement, options)),
                  { width, indent, titleStyle: colors.dim },
              )
            : paragraph(`not measured: ${hindrance}`, { width, indent, style: colors.yellow });
    return [heading(title, name, options), ...body, ...measurements.flatMap((one) => notes(one, options))];
}

/** Figures that are words stand below the table; numbers, which hold for this machine only, are for `--json`. */
function notes({ name, figures }: Measurement, { width }: TextOptions): string[] {
    return Object.entries(figures)
        .filter(([, value]) => typeof value === "string")
        .flatMap(([what, words]) => paragraph(`${name}: ${what}, ${words}`, { width, indent }));
}

function row(measurement: Measurement, { colors }: TextOptions): Cell[] {
    const { name, against, ratio, goal } = measurement;
    const verdict = misses(measurement)
        ? { text: "missed", style: colors.red }
        : { text: "met", style: colors.green };
    return [
        name,
        against,
        figure(ratio.median),
        spreadText(ratio),
        goal === undefined ? "" : figure(goal),
        goal === undefined ? "" : verdict,
    ];
}

function spreadText({ least, most }: Spread): string {
    return least === most ? "" : `${figure(least)}-${figure(most)}`;
}

/** Three digits: more is noise. */
function figure(value: number): string {
    return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
