import { Address4 } from "ip-address";

/** An IPv4 address range. Build one with `parseCidr` only, so that it has no bits set after its prefix. */
export interface Cidr {
    /** Usual spelling, for example `10.10.0.0/20`. */
    readonly text: string;
    /** First address as a number. */
    readonly first: number;
    readonly prefixLength: number;
    /** How many addresses it has. */
    readonly size: number;
}

const shape = /^\d{1,3}(\.\d{1,3}){3}\/(0|[1-9]\d?)$/;

/** The range a text stands for. Throws with the reason when `cidrProblem` finds one. */
export function parseCidr(text: string): Cidr {
    const problem = cidrProblem(text);
    if (problem) {
        throw new Error(`"${text}" ${problem}`);
    }
    const address = new Address4(text);
    return cidrAt(toNumber(address), address.subnetMask);
}

/** What is wrong with a text as an IPv4 range, as the end of a sentence that starts with the text; undefined when it is good. */
export function cidrProblem(text: string): string | undefined {
    if (!shape.test(text) || !Address4.isValid(text)) {
        return "is not an IPv4 range in CIDR notation, such as 10.10.0.0/20";
    }
    const address = new Address4(text);
    const network = address.startAddress();
    return toNumber(network) === toNumber(address)
        ? undefined
        : `has address bits set after its prefix; the range is written ${network.correctForm()}/${address.subnetMask}`;
}

/** True for one IPv4 address in the usual dotted form, without a prefix length. */
export function isIpv4Address(text: string): boolean {
    return !text.includes("/") && Address4.isValid(text);
}

/** The range that starts at an address given as a number. */
export function cidrAt(first: number, prefixLength: number): Cidr {
    return {
        text: `${spelled(first)}/${prefixLength}`,
        first,
        prefixLength,
        size: sizeOf(prefixLength),
    };
}

/** How many addresses a range of that prefix length has. */
export function sizeOf(prefixLength: number): number {
    return 2 ** (32 - prefixLength);
}

/** True when every address of `inner` is in `outer`. */
export function contains(outer: Cidr, inner: Cidr): boolean {
    return outer.first <= inner.first && inner.first + inner.size <= outer.first + outer.size;
}

/** True when the address, in dotted form, is in the range. */
export function containsAddress(range: Cidr, address: string): boolean {
    return contains(range, parseCidr(`${address}/32`));
}

/** True when the ranges share at least one address. */
export function overlaps(one: Cidr, other: Cidr): boolean {
    return one.first < other.first + other.size && other.first < one.first + one.size;
}

/** The address at a position of the range, the first being number 0. Throws past its end. */
export function nthAddress(range: Cidr, index: number): string {
    if (!Number.isInteger(index) || index < 0 || index >= range.size) {
        throw new Error(`${range.text} has no address number ${index}: it has ${range.size}, counted from 0`);
    }
    return spelled(range.first + index);
}

function spelled(address: number): string {
    return Address4.fromBigInt(BigInt(address)).correctForm();
}

function toNumber(address: Address4): number {
    return Number(address.bigInt());
}
