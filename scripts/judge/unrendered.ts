import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Charts in the inventories of exported stacks that nothing was rendered of, by name: what they bring cannot be judged. */
export function unrenderedCharts(exports: string): string[] {
    const charts = readdirSync(exports).flatMap((stack) => {
        const text = readFileSync(join(exports, stack, "inventory.json"), "utf8");
        return (JSON.parse(text) as { charts: { chart: string; rendered?: string }[] }).charts;
    });
    return [...new Set(charts.filter(({ rendered }) => rendered === undefined).map(({ chart }) => chart))];
}
