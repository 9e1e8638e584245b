// https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
const syntax = /^(\d+(?:\.\d*)?|\.\d+)(?:(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E)|[eE]([+-]?\d{1,2}))?$/;

// Kubernetes keeps quantities to a precision of 10^-9; so does this, in whole numbers.
const nanos = 1_000_000_000n;
const suffixes: Readonly<Record<string, bigint>> = {
    n: 1n,
    u: 1_000n,
    m: 1_000_000n,
    k: nanos * 1_000n,
    M: nanos * 1_000n ** 2n,
    G: nanos * 1_000n ** 3n,
    T: nanos * 1_000n ** 4n,
    P: nanos * 1_000n ** 5n,
    E: nanos * 1_000n ** 6n,
    Ki: nanos * 1024n,
    Mi: nanos * 1024n ** 2n,
    Gi: nanos * 1024n ** 3n,
    Ti: nanos * 1024n ** 4n,
    Pi: nanos * 1024n ** 5n,
    Ei: nanos * 1024n ** 6n,
};

/** True for a Kubernetes quantity that can be an amount of a resource: `500m`, `2`, `0.5`, `4Gi`, `1e3`; never negative. */
export function isQuantity(text: string): boolean {
    return syntax.test(text);
}

/** The value of a Kubernetes quantity in billionths of its unit, fractions of a billionth rounded up as Kubernetes does. */
export function parseQuantity(text: string): bigint {
    const match = syntax.exec(text);
    if (!match) {
        throw new Error(
            `"${text}" is not a Kubernetes quantity: write a number and, where needed, a unit, such as 500m, 2 or 4Gi`,
        );
    }
    const [, number = "", suffix, exponent] = match;
    const [whole = "", fraction = ""] = number.split(".");
    let value = BigInt(whole + fraction) * (suffix === undefined ? nanos : (suffixes[suffix] ?? nanos));
    let divisor = 10n ** BigInt(fraction.length);
    if (exponent !== undefined) {
        const power = 10n ** BigInt(Math.abs(Number(exponent)));
        if (exponent.startsWith("-")) {
            divisor *= power;
        } else {
            value *= power;
        }
    }
    return (value + divisor - 1n) / divisor;
}

/** Negative when `left` is the smaller amount, positive when it is the larger one, 0 when both say the same. */
export function compareQuantities(left: string, right: string): number {
    const difference = parseQuantity(left) - parseQuantity(right);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
