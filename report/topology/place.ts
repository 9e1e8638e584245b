/** What a box of the picture stands for; each kind has its own look. */
export type PlaceKind =
    | "outside"
    | "network"
    | "subnet"
    | "cluster"
    | "pool"
    | "apiServer"
    | "balancer"
    | "endpoint"
    | "egress"
    | "service";

/** One box of the picture, with the boxes in it. */
export interface Place {
    /** Unique in its picture. */
    id: string;
    kind: PlaceKind;
    /** What it is, in a word or two. */
    title: string;
    /** What is worth knowing of it. */
    lines: readonly string[];
    /** Availability zones of a node pool. */
    zones: readonly string[];
    children: readonly Place[];
}

/** Which way a flow goes, seen from the virtual network. */
export type FlowDirection = "in" | "inside" | "out";

/** Traffic that the plan allows or sets up, from one box to another. */
export interface Flow {
    direction: FlowDirection;
    /** Ids of boxes. */
    from: string;
    to: string;
    /** Ports, or the kind of traffic. */
    what: string;
    /** The resource or setting that it comes from. */
    by: string;
    /** What it is for. */
    purpose: string;
}

/** A box without boxes in it. */
export function place(id: string, kind: PlaceKind, title: string, more: Partial<Place> = {}): Place {
    return { id, kind, title, lines: [], zones: [], children: [], ...more };
}

/** A box and all boxes in it. */
export function withInner(outer: Place): Place[] {
    return [outer, ...outer.children.flatMap(withInner)];
}
