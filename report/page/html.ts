/** Text that is HTML already: everything else that goes into {@link html} is escaped. */
export class Html {
    constructor(readonly text: string) {}

    toString(): string {
        return this.text;
    }
}

/** What may stand in an {@link html} template; `undefined` and `false` leave nothing behind. */
export type HtmlPart = Html | string | number | undefined | false | readonly HtmlPart[];

const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
};

/** Text for an element or a quoted attribute. Control characters, which no HTML document may hold, become spaces. */
export function escaped(text: string): string {
    return (
        text
            // eslint-disable-next-line no-control-regex -- They are what is looked for.
            .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, " ")
            .replace(/[&<>"']/g, (character) => entities[character] ?? character)
    );
}

/** A template whose values are escaped, so that no name in a configuration is ever taken for markup. */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
    // Indentation in the program is none of the page's business.
    const text = strings
        .map((string) => string.replace(/\n\s*/g, "\n"))
        .reduce(
            (whole, string, index) => whole + (index === 0 ? "" : rendered(parts[index - 1])) + string,
            "",
        );
    return new Html(text);
}

/** Parts with a separator between them. */
export function joinedHtml(parts: readonly HtmlPart[], separator: Html | string): Html {
    return html`${parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part]))}`;
}

function rendered(part: HtmlPart): string {
    if (part === undefined || part === false) {
        return "";
    }
    if (part instanceof Html) {
        return part.text;
    }
    return typeof part === "object" ? part.map(rendered).join("") : escaped(String(part));
}
