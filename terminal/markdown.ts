/** Text for one line of Markdown, which shows every sign as it is. */
export function escaped(text: string): string {
    return text.replace(/[\\`*_[\]<>|]/g, "\\$&").replaceAll("\n", " ");
}
