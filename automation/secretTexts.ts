import type { ConfigMap } from "@pulumi/pulumi/automation";

// Shorter ones are words and numbers that appear everywhere.
const shortestSecret = 6;

/** The texts inside the secret values of a stack's configuration, and each in the form that JSON gives it. */
export function secretTextsIn(config: ConfigMap): string[] {
    const texts = Object.values(config)
        .filter(({ secret }) => secret)
        .flatMap(({ value }) => [value, ...textsIn(parsed(value))]);
    const long = texts.filter((text) => text.length >= shortestSecret);
    return [...new Set(long.flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]))].sort(
        // The longest first: a secret may hold another.
        (one, other) => other.length - one.length,
    );
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return undefined;
    }
}

function textsIn(value: unknown): string[] {
    if (typeof value === "string") {
        return [value];
    }
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
