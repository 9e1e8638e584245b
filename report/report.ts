import type { StackPlan } from "../plan/stackPlan";
import { page } from "./page/page";
import type { StackReport } from "./page/stackReport";
import { layoutOf } from "./picture/layout";
import { planView } from "./planView";
import { topologyOf } from "./topology/topology";

/** What a report is made of beside the plans. */
export interface ReportOptions {
    /** The day on which waivers were judged, `YYYY-MM-DD`. */
    today: string;
}

/**
 * The report of one or several plans as one HTML file that needs nothing else. It says what the plans say, which hold no
 * secrets, and the same plans give the same bytes.
 */
export async function reportHtml(plans: readonly StackPlan[], { today }: ReportOptions): Promise<string> {
    const reports: StackReport[] = [];
    for (const [index, plan] of plans.entries()) {
        const view = planView(plan);
        const topology = topologyOf(view, plan.addressPlan);
        const layout = await layoutOf(topology);
        // Stack names go into addresses of the page: one with unusual characters, or that a section has, gets a number.
        const isPlain =
            /^[a-z][a-z0-9-]*$/.test(plan.stack) &&
            !/^(main|contents|theme|overview|differences)/.test(plan.stack);
        reports.push({ anchor: isPlain ? plan.stack : `stack-${index}`, plan, view, topology, layout });
    }
    return page(reports, today);
}
