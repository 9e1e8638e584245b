/** What a command line needs of a stream. */
export interface OutputStream {
    write(text: string): unknown;
    isTTY?: boolean;
    columns?: number;
}

/** Where a command line reads from and writes to; a test gives its own. */
export interface CommandContext {
    /** The repository: directory of Pulumi.yaml and the stack files. */
    directory: string;
    stdout: OutputStream;
    stderr: OutputStream;
    environment: Readonly<Record<string, string | undefined>>;
}
