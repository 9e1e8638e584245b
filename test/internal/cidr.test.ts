import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import {
    cidrAt,
    cidrProblem,
    contains,
    containsAddress,
    isIpv4Address,
    nthAddress,
    overlaps,
    parseCidr,
    sizeOf,
} from "../../components/internal/cidr";
import type { Cidr } from "../../components/internal/cidr";

const range = (text: string): Cidr => parseCidr(text);

const anyCidr = fc
    .tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 32 }))
    .map(([address, prefixLength]) => cidrAt(address - (address % sizeOf(prefixLength)), prefixLength));

describe("parseCidr", () => {
    const good: [string, Omit<Cidr, "text">][] = [
        ["10.10.0.0/20", { first: 168427520, prefixLength: 20, size: 4096 }],
        ["0.0.0.0/0", { first: 0, prefixLength: 0, size: 4294967296 }],
        ["255.255.255.255/32", { first: 4294967295, prefixLength: 32, size: 1 }],
    ];
    for (const [text, parts] of good) {
        it(`reads ${text}`, () => assert.deepEqual(range(text), { text, ...parts }));
    }

    const notation = "is not an IPv4 range in CIDR notation, such as 10.10.0.0/20";
    const bad: [string, string][] = [
        ["10.10.0.0", notation],
        ["10.10.0.0/33", notation],
        ["10.10.0.0/08", notation],
        ["10.10.0/16", notation],
        ["256.0.0.0/8", notation],
        ["010.0.0.0/8", notation],
        [" 10.0.0.0/8", notation],
        ["fd00::/8", notation],
        ["", notation],
        ["10.10.1.0/20", "has address bits set after its prefix; the range is written 10.10.0.0/20"],
    ];
    for (const [text, problem] of bad) {
        it(`refuses "${text}"`, () => {
            assert.equal(cidrProblem(text), problem);
            assert.throws(() => range(text), { message: `"${text}" ${problem}` });
        });
    }

    it("reads back every range it writes", () => {
        fc.assert(fc.property(anyCidr, (cidr) => assert.deepEqual(parseCidr(cidr.text), cidr)));
    });
});

describe("isIpv4Address", () => {
    for (const [text, expected] of [
        ["10.0.1.4", true],
        ["10.0.1.4/32", false],
        ["10.0.1", false],
        ["10.0.1.256", false],
        ["firewall", false],
        ["::1", false],
    ] as const) {
        it(`says ${expected} for ${text}`, () => assert.equal(isIpv4Address(text), expected));
    }
});

describe("contains, overlaps and nthAddress", () => {
    const pairs: [string, string, boolean, boolean][] = [
        ["10.0.0.0/16", "10.0.3.0/24", true, true],
        ["10.0.3.0/24", "10.0.0.0/16", false, true],
        ["10.0.0.0/24", "10.0.1.0/24", false, false],
        ["10.0.0.0/24", "10.0.0.0/24", true, true],
        ["0.0.0.0/0", "255.255.255.255/32", true, true],
    ];
    for (const [one, other, inside, shared] of pairs) {
        it(`compares ${one} with ${other}`, () => {
            assert.equal(contains(range(one), range(other)), inside);
            assert.equal(overlaps(range(one), range(other)), shared);
            assert.equal(overlaps(range(other), range(one)), shared);
        });
    }

    it("counts addresses from the first", () => {
        assert.equal(nthAddress(range("10.10.0.0/28"), 0), "10.10.0.0");
        assert.equal(nthAddress(range("10.10.0.0/28"), 15), "10.10.0.15");
        assert.equal(nthAddress(range("10.10.0.0/16"), 65535), "10.10.255.255");
    });

    it("refuses positions outside the range", () => {
        for (const position of [-1, 16, 1.5]) {
            assert.throws(() => nthAddress(range("10.10.0.0/28"), position), {
                message: `10.10.0.0/28 has no address number ${position}: it has 16, counted from 0`,
            });
        }
    });

    it("agrees on membership of addresses", () => {
        assert.equal(containsAddress(range("10.0.0.0/16"), "10.0.255.255"), true);
        assert.equal(containsAddress(range("10.0.0.0/16"), "10.1.0.0"), false);
        fc.assert(
            fc.property(anyCidr, fc.nat(), (cidr, seed) => {
                assert.equal(containsAddress(cidr, nthAddress(cidr, seed % cidr.size)), true);
            }),
        );
    });

    it("finds two ranges overlapping exactly when one contains the other", () => {
        fc.assert(
            fc.property(anyCidr, anyCidr, (one, other) => {
                assert.equal(overlaps(one, other), contains(one, other) || contains(other, one));
            }),
        );
    });
});
