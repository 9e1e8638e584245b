import ELK from "elkjs/lib/elk.bundled.js";
import type { ElkExtendedEdge, ElkNode } from "elkjs/lib/elk-api";
import { groupBy } from "../../stack/values";
import { withInner } from "../topology/place";
import type { Place } from "../topology/place";
import type { NumberedFlow, Topology } from "../topology/topology";
import { badgeWidth, boxText, metrics } from "./box";
import type { BoxText } from "./box";

/** A box with its place in the picture. */
export interface PlacedBox {
    place: Place;
    text: BoxText;
    x: number;
    y: number;
    width: number;
    height: number;
    /** 0 for a box that is in no other. */
    depth: number;
}

/** A line between two boxes, with the numbers of its flows. */
export interface PlacedLine {
    flows: readonly NumberedFlow[];
    points: readonly { x: number; y: number }[];
    badge: { text: string; x: number; y: number; width: number; height: number };
}

/** A picture, ready to be drawn. */
export interface Layout {
    width: number;
    height: number;
    boxes: PlacedBox[];
    lines: PlacedLine[];
}

/** Longest line of text in a box, in pixels. */
const textRoom = 186;
/** Boxes beside each other that no line orders; more of them go below. */
const boxesInRow = 3;
const gap = 12;

/** Finds places for all boxes and lines. The same topology gives the same layout. */
export async function layoutOf(topology: Topology): Promise<Layout> {
    const boxes = new Map<string, Omit<PlacedBox, keyof Bounds>>();
    const names = new Map(topology.places.flatMap(withInner).map(({ id }, index) => [id, `box-${index}`]));
    const nameOf = (id: string) => names.get(id) ?? "";
    const connected = new Set(topology.flows.flatMap(({ from, to }) => [from, to]));
    const nodeOf = (place: Place, depth: number): ElkNode => {
        const text = boxText(place, textRoom);
        const id = nameOf(place.id);
        boxes.set(id, { place, text, depth });
        return place.children.length === 0
            ? { id, width: text.width, height: text.height }
            : {
                  id,
                  children: place.children.map((child) => nodeOf(child, depth + 1)),
                  layoutOptions: containerOptions(text),
              };
    };
    const lines = [...groupBy(topology.flows, ({ from, to }) => JSON.stringify([from, to])).values()];
    const picture: ElkNode = {
        id: "picture",
        children: topology.places.map((place) => nodeOf(place, 0)),
        edges: [
            ...lines.map((flows, index) => edgeOf(flows, index, nameOf)),
            ...topology.places
                .flatMap(withInner)
                .flatMap(({ children }) => rowEdges(children, connected, nameOf)),
        ],
        layoutOptions: {
            ...spacing,
            "elk.padding": "[top=4,left=4,bottom=4,right=4]",
            "elk.hierarchyHandling": "INCLUDE_CHILDREN",
            "elk.json.shapeCoords": "ROOT",
            "elk.json.edgeCoords": "ROOT",
        },
    };
    const graph: ElkNode = await new ELK().layout(picture);
    return {
        width: Math.ceil(graph.width ?? 0),
        height: Math.ceil(graph.height ?? 0),
        boxes: nodesIn(graph).flatMap((node) => {
            const known = boxes.get(node.id);
            return known ? [{ ...known, ...boundsOf(node) }] : [];
        }),
        lines: lines.flatMap((flows, index) => {
            const edge = graph.edges?.find(({ id }) => id === lineId(index));
            return edge ? [placedLine(edge, flows)] : [];
        }),
    };
}

const spacing: Readonly<Record<string, string>> = {
    "elk.algorithm": "layered",
    "elk.direction": "DOWN",
    "elk.edgeRouting": "ORTHOGONAL",
    "elk.edgeLabels.inline": "true",
    "elk.spacing.nodeNode": String(gap + 4),
    "elk.spacing.edgeEdge": "10",
    "elk.spacing.edgeNode": "10",
    "elk.spacing.edgeLabel": "0",
    "elk.layered.spacing.nodeNodeBetweenLayers": "18",
    "elk.layered.spacing.edgeNodeBetweenLayers": "9",
    "elk.layered.spacing.edgeEdgeBetweenLayers": "9",
};

function containerOptions({ width, height }: BoxText): Record<string, string> {
    return {
        ...spacing,
        "elk.padding": `[top=${height + 2},left=${gap},bottom=${gap},right=${gap}]`,
        "elk.nodeSize.constraints": "MINIMUM_SIZE",
        // ELK turns a picture that goes down on its side to lay it out, and does not turn this back: height comes first.
        "elk.nodeSize.minimum": `(${height},${width})`,
    };
}

function edgeOf(
    flows: readonly NumberedFlow[],
    index: number,
    nameOf: (id: string) => string,
): ElkExtendedEdge {
    const badge = flows.map(({ number }) => number).join(" ");
    const [first] = flows;
    return {
        id: lineId(index),
        sources: [nameOf(first?.from ?? "")],
        targets: [nameOf(first?.to ?? "")],
        labels: [{ text: badge, width: badgeWidth(badge), height: metrics.badgeHeight }],
    };
}

function lineId(index: number): string {
    return `line-${index}`;
}

/** Edges that nobody sees, which put boxes without lines of their own into rows. */
function rowEdges(
    children: readonly Place[],
    connected: ReadonlySet<string>,
    nameOf: (id: string) => string,
): ElkExtendedEdge[] {
    const loose = children.filter(({ id, children: inner }) => inner.length === 0 && !connected.has(id));
    return loose.slice(boxesInRow).map(({ id }, index) => ({
        id: `row-${nameOf(id)}`,
        sources: [nameOf(loose[index]?.id ?? "")],
        targets: [nameOf(id)],
    }));
}

type Bounds = Pick<PlacedBox, "x" | "y" | "width" | "height">;

function nodesIn(node: ElkNode): ElkNode[] {
    return (node.children ?? []).flatMap((child) => [child, ...nodesIn(child)]);
}

function boundsOf({ x = 0, y = 0, width = 0, height = 0 }: Partial<Bounds>): Bounds {
    return { x, y, width, height };
}

function placedLine(edge: ElkExtendedEdge, flows: readonly NumberedFlow[]): PlacedLine {
    const points = (edge.sections ?? []).flatMap(({ startPoint, bendPoints = [], endPoint }) => [
        startPoint,
        ...bendPoints,
        endPoint,
    ]);
    const label = edge.labels?.[0];
    return { flows, points, badge: { text: label?.text ?? "", ...boundsOf(label ?? {}) } };
}
