/** Something that the program said while it ran. */
export interface ProgramMessage {
    level: "error" | "warning" | "info";
    text: string;
}

const methods = { error: "error", warn: "warning", info: "info", log: "info", debug: "info" } as const;

/**
 * Runs something and keeps what it writes to the console: without an engine `pulumi.log` goes there, and standard output
 * belongs to the plan. A message of both phases is kept once. When it fails, the messages go to standard error.
 */
export async function collectingConsole<Result>(
    action: () => Promise<Result>,
): Promise<{ result: Result; messages: ProgramMessage[] }> {
    const messages = new Map<string, ProgramMessage>();
    const originals = { ...console };
    for (const [method, level] of Object.entries(methods)) {
        console[method as keyof typeof methods] = (...parts: unknown[]) => {
            const text = parts
                .map(String)
                .join(" ")
                .replace(/^(?:debug|info|warning|error): \[runtime\] /, "");
            messages.set(`${level} ${text}`, { level, text });
        };
    }
    try {
        return { result: await action(), messages: [...messages.values()] };
    } catch (error) {
        messages.forEach(({ level, text }) => originals.error(`${level}: ${text}`));
        throw error;
    } finally {
        Object.assign(console, originals);
    }
}
