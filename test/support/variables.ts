/** Sets variables of this process' environment. What it returns sets them back to what they were. */
export function setVariables(values: Readonly<Record<string, string>>): () => void {
    const inherited = Object.keys(values).map((name) => [name, process.env[name]] as const);
    Object.assign(process.env, values);
    return () => {
        for (const [name, value] of inherited) {
            if (value === undefined) {
                delete process.env[name];
            } else {
                process.env[name] = value;
            }
        }
    };
}

/** Does something with variables of this process' environment set, and leaves them as they were. */
export async function withVariables<Result>(
    values: Readonly<Record<string, string>>,
    action: () => Result | Promise<Result>,
): Promise<Result> {
    const restore = setVariables(values);
    try {
        return await action();
    } finally {
        restore();
    }
}
