/** A PromQL expression on one line: the tables break long expressions for the reader, Azure shows them in one line. */
export function promql(parts: TemplateStringsArray, ...values: string[]): string {
    return String.raw(parts, ...values)
        .replace(/\s+/g, " ")
        .replace(/([([]) /g, "$1")
        .replace(/ ([)\]])/g, "$1")
        .trim();
}

/** Most rules that Azure accepts in one Prometheus rule group. */
export const maxRulesPerGroup = 20;
