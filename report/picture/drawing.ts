import { html } from "../page/html";
import type { Html } from "../page/html";
import { chipWidth, metrics, zonesLabel } from "./box";
import { textWidth } from "./textWidth";
import type { Layout, PlacedBox, PlacedLine } from "./layout";

/** What a picture is called. */
export interface PictureTexts {
    /** Unique in the page. */
    id: string;
    title: string;
    /** For who cannot see it: what it shows, and where the same is told in words. */
    description: string;
}

/** The picture as SVG. Colours come from classes, so that it follows the page into the dark and onto paper. */
export function drawing({ width, height, boxes, lines }: Layout, texts: PictureTexts): Html {
    const { id, title, description } = texts;
    // The outer before the inner. The numbers tell which texts belong to which box.
    const inOrder = boxes
        .map((box, number) => ({ ...box, number }))
        .sort((one, other) => one.depth - other.depth);
    const isGroup = ({ place }: NumberedBox) => place.children.length > 0;
    return html`<svg
        class="picture"
        viewBox="0 0 ${width} ${height}"
        width="${width}"
        height="${height}"
        role="img"
        aria-labelledby="${id}-title ${id}-description"
    >
        <title id="${id}-title">${title}</title>
        <desc id="${id}-description">${description}</desc>
        <defs>
            <marker
                id="${id}-arrow"
                viewBox="0 0 8 8"
                refX="7"
                refY="4"
                markerWidth="7"
                markerHeight="7"
                orient="auto"
            >
                <path class="arrow" d="M0 0.5 L7.5 4 L0 7.5 z"></path>
            </marker>
        </defs>
        ${inOrder.filter(isGroup).map(frame)} ${lines.map((line) => drawnLine(line, id))}
        ${inOrder.filter((box) => !isGroup(box)).map(frame)} ${inOrder.map(labels)} ${lines.map(badge)}
    </svg>`;
}

type NumberedBox = PlacedBox & { number: number };

function frame({ place, number, x, y, width, height }: NumberedBox): Html {
    return html`<rect
        class="box ${place.kind}"
        data-box="${number}"
        x="${x}"
        y="${y}"
        width="${width}"
        height="${height}"
        rx="6"
    ></rect>`;
}

function labels({ place, number, text, x, y }: NumberedBox): Html {
    const { lineHeight, padding, titleSize, chipSize, chipGap, lineSize } = metrics;
    const left = x + padding;
    const baseline = (row: number) => y + padding + titleSize - 2 + row * lineHeight;
    const titles = text.title.map(
        (line, row) => html`<text class="title" x="${left}" y="${baseline(row)}">${line}</text>`,
    );
    const lines = text.lines.map(
        (line, row) => html`<text x="${left}" y="${baseline(text.title.length + row)}">${line}</text>`,
    );
    const top = baseline(text.title.length + text.lines.length) - titleSize + 2 + chipGap;
    let chipLeft = left + textWidth(zonesLabel, lineSize) + chipGap;
    const chips = text.zones.map((zone) => {
        const width = chipWidth(zone);
        const chip = html`<rect
                class="chip"
                x="${chipLeft}"
                y="${top}"
                width="${width}"
                height="${chipSize}"
                rx="4"
            ></rect
            ><text
                class="chip-text"
                text-anchor="middle"
                x="${chipLeft + width / 2}"
                y="${top + lineSize + 1}"
                >${zone}</text
            >`;
        chipLeft += width + chipGap;
        return chip;
    });
    const zones =
        chips.length > 0 && html`<text x="${left}" y="${top + lineSize + 1}">${zonesLabel}</text>${chips}`;
    return html`<g class="labels ${place.kind}" data-box="${number}">${titles}${lines}${zones}</g>`;
}

function drawnLine({ points, flows }: PlacedLine, id: string): Html {
    const path = points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x} ${y}`).join(" ");
    return html`<path class="flow ${flows[0]?.direction}" d="${path}" marker-end="url(#${id}-arrow)"></path>`;
}

function badge({ badge: { text, x, y, width, height }, flows }: PlacedLine): Html {
    return html`<g class="badge ${flows[0]?.direction}">
        <rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${height / 2}"></rect>
        <text text-anchor="middle" x="${x + width / 2}" y="${y + height - 4}">${text}</text>
    </g>`;
}
