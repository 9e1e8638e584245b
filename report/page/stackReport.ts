import type { HtmlPart } from "./html";
import type { StackPlan } from "../../plan/stackPlan";
import type { StackView } from "../../stack/stackView";
import type { Layout } from "../picture/layout";
import type { Topology } from "../topology/topology";

/** Everything that the page says of one stack, worked out. */
export interface StackReport {
    /** Start of the ids of its sections; unique in the page. */
    anchor: string;
    plan: StackPlan;
    view: StackView;
    topology: Topology;
    layout: Layout;
}

/** What a section of a stack says below its heading. */
export interface SectionBody {
    lead?: HtmlPart;
    content: HtmlPart;
}

/** What a section says: a sentence or two that lead into it, and the rest. */
export function body(lead: HtmlPart, content: HtmlPart): SectionBody {
    return { lead, content };
}
