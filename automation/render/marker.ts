/** Commands of the driver that write a text for a comment or an issue. */
export type ReportingCommand = "preview" | "drift";

/**
 * The first line of such a text: an HTML comment that nobody sees. By it a pipeline finds the comment or issue of one stack and
 * purpose again, instead of writing a further one.
 */
export function markerOf(command: ReportingCommand, stack: string): string {
    return `<!-- aks-landing-zone ${command} ${stack} -->`;
}
