/**
 * What a program said when it ended, without where in the code it was: frames (`    at ...`), and the properties of the error
 * that Node prints behind them. Causes stay.
 */
export function withoutTraces(text: string): string {
    const kept: string[] = [];
    let inProperties = false;
    for (const line of text.split("\n")) {
        const isFrame = /^\s+at (?:.+ \(.+\)|.+:\d+:\d+)(?: \{)?$/.test(line);
        if (isFrame) {
            inProperties ||= line.endsWith(" {");
        } else if (!inProperties || /^\s+\[cause\]: /.test(line)) {
            kept.push(line);
        } else if (line === "}") {
            inProperties = false;
        }
    }
    return kept.join("\n");
}
