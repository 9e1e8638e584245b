import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { compareQuantities, isQuantity, parseQuantity } from "../../components/internal/quantity";

const nanos = 1_000_000_000n;

describe("parseQuantity", () => {
    const cases: [string, bigint][] = [
        ["0", 0n],
        ["1", nanos],
        ["1.", nanos],
        [".5", nanos / 2n],
        ["0.5", nanos / 2n],
        ["500m", nanos / 2n],
        ["100u", 100_000n],
        ["7n", 7n],
        ["1k", 1_000n * nanos],
        ["1M", 1_000_000n * nanos],
        ["1G", 10n ** 9n * nanos],
        ["1T", 10n ** 12n * nanos],
        ["1P", 10n ** 15n * nanos],
        ["1E", 10n ** 18n * nanos],
        ["1Ki", 1024n * nanos],
        ["1.5Mi", 1_572_864n * nanos],
        ["4Gi", 4_294_967_296n * nanos],
        ["1Ti", 1024n ** 4n * nanos],
        ["1Pi", 1024n ** 5n * nanos],
        ["1Ei", 1024n ** 6n * nanos],
        ["1e3", 1_000n * nanos],
        ["1E3", 1_000n * nanos],
        ["1e+3", 1_000n * nanos],
        ["1e-3", nanos / 1_000n],
        ["0.1n", 1n],
    ];
    for (const [text, expected] of cases) {
        it(`reads ${text}`, () => {
            assert.equal(parseQuantity(text), expected);
        });
    }

    const malformed = [
        "",
        " ",
        "1 Gi",
        "-1",
        "+1",
        "1GB",
        "1gi",
        "Gi",
        ".",
        "1e",
        "1e3Gi",
        "1,5",
        "0x10",
        "1.2.3",
        "NaN",
        "1e100",
    ];
    for (const text of malformed) {
        it(`refuses "${text}"`, () => {
            assert.equal(isQuantity(text), false);
            assert.throws(() => parseQuantity(text), {
                message: `"${text}" is not a Kubernetes quantity: write a number and, where needed, a unit, such as 500m, 2 or 4Gi`,
            });
        });
    }

    it("gives the same for a number of milli-units however it is written", () => {
        fc.assert(
            fc.property(fc.integer({ min: 0, max: 10_000_000 }), (milli) => {
                const expected = parseQuantity(`${milli}m`);
                assert.equal(parseQuantity((milli / 1000).toFixed(3)), expected);
                assert.equal(parseQuantity(`${milli}e-3`), expected);
            }),
        );
    });
});

describe("compareQuantities", () => {
    const cases: [string, string, number][] = [
        ["1", "1000m", 0],
        ["1Gi", "1024Mi", 0],
        ["999m", "1", -1],
        ["2", "1500m", 1],
        ["1G", "1Gi", -1],
        ["0.5Gi", "512Mi", 0],
        ["9007199254740993", "9007199254740992", 1],
    ];
    for (const [left, right, expected] of cases) {
        it(`compares ${left} with ${right}`, () => {
            assert.equal(compareQuantities(left, right), expected);
            assert.equal(compareQuantities(right, left), -expected + 0);
        });
    }

    it("orders whole numbers of a unit as the numbers are ordered", () => {
        const unit = fc.constantFrom("", "m", "k", "Ki", "Mi", "Gi", "Ti");
        fc.assert(
            fc.property(fc.nat(1_000_000), fc.nat(1_000_000), unit, (left, right, suffix) => {
                assert.equal(
                    compareQuantities(`${left}${suffix}`, `${right}${suffix}`),
                    Math.sign(left - right),
                );
            }),
        );
    });
});
