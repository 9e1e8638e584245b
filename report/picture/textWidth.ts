/**
 * Width of characters in DejaVu Sans, in thousandths of the font size, rounded up. It is one of the widest fonts that a
 * browser falls back to: what fits by its measures fits in the others too.
 */
const widths: readonly { characters: string; width: number }[] = [
    { characters: "ijlI|'", width: 300 },
    { characters: ".,:;!/\\ ()[]frt-", width: 412 },
    { characters: "sczxvyk", width: 593 },
    { characters: "abdeghnopqu0123456789_", width: 640 },
    { characters: "ABCEFKLPRSTVXYZJ", width: 700 },
    { characters: "DGHNOQU", width: 790 },
    { characters: "wM", width: 865 },
    { characters: "mW%@", width: 1000 },
];
const otherWidth = 1000;
const boldFactor = 1.12;

const byCharacter = new Map(
    widths.flatMap(({ characters, width }) =>
        [...characters].map((character) => [character, width] as const),
    ),
);

/** The most room that a text takes in a sans-serif font, in pixels. */
export function textWidth(text: string, fontSize: number, weight: "normal" | "bold" = "normal"): number {
    const thousandths = [...text].reduce(
        (sum, character) => sum + (byCharacter.get(character) ?? otherWidth),
        0,
    );
    return Math.ceil((thousandths / 1000) * fontSize * (weight === "bold" ? boldFactor : 1));
}

/** Text broken into lines of at most `room` pixels: at spaces, else after a hyphen, slash, comma or period, else anywhere. */
export function wrappedText(
    text: string,
    room: number,
    fontSize: number,
    weight: "normal" | "bold" = "normal",
): string[] {
    const fits = (candidate: string) => textWidth(candidate, fontSize, weight) <= room;
    const lines: string[] = [];
    let line = "";
    const end = () => {
        if (line !== "") {
            lines.push(line);
        }
        line = "";
    };
    for (const word of text.split(/\s+/).filter((one) => one !== "")) {
        const longer = line === "" ? word : `${line} ${word}`;
        if (fits(longer)) {
            line = longer;
            continue;
        }
        if (fits(word)) {
            end();
            line = word;
            continue;
        }
        end();
        for (const part of word.split(/(?<=[-/.,_:])/)) {
            for (const piece of fits(part) ? [part] : [...part]) {
                if (!fits(line + piece)) {
                    end();
                }
                line += piece;
            }
        }
    }
    end();
    return lines;
}
