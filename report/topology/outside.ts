import { place } from "./place";
import type { Place } from "./place";

const rangesShown = 3;

/** Boxes for what is not part of the stack, made when a flow first needs one. */
export class Outside {
    readonly #places = new Map<string, Place>();

    get places(): Place[] {
        return [...this.#places.values()];
    }

    /** The Internet as a place that traffic comes from, or goes to: two boxes, so that the picture reads downwards. */
    internet(end: "source" | "target"): string {
        return this.#add(place(`internet-${end}`, "outside", "Internet"));
    }

    /** Addresses that the configuration lists. */
    ranges(ranges: readonly string[]): string {
        const shown = ranges.slice(0, rangesShown);
        const more = ranges.length - shown.length;
        return this.#add(
            place(`ranges-${[...ranges].sort().join("-")}`, "outside", "Listed addresses", {
                lines: [...shown, ...(more > 0 ? [`and ${more} more`] : [])],
            }),
        );
    }

    /** Networks that are reached by peering. */
    peers(names: readonly string[], ranges: readonly string[]): string {
        return this.#add(
            place("peers", "outside", "Peered networks", {
                lines: [...names, ...ranges.slice(0, rangesShown)],
            }),
        );
    }

    /** What Azure's service tag stands for. */
    tag(tag: string): string {
        const [title, line] =
            tag === "VirtualNetwork"
                ? ["Clients in the network", "this one and peered ones"]
                : [tag, "service tag"];
        return this.#add(place(`tag-${tag}`, "outside", title, { lines: [line] }));
    }

    /** Any other place outside, by a key of its own. */
    other(
        key: string,
        kind: "egress" | "outside" | "service",
        title: string,
        lines: readonly string[],
    ): string {
        return this.#add(place(key, kind, title, { lines }));
    }

    #add(found: Place): string {
        if (!this.#places.has(found.id)) {
            this.#places.set(found.id, found);
        }
        return found.id;
    }
}
