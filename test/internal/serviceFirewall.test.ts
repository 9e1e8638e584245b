import * as assert from "node:assert/strict";
import {
    serviceFirewallProblems,
    withoutHostPrefix,
    withPrefix,
} from "../../components/internal/serviceFirewall";

const problemsOf = (...allowedIpRanges: string[]) =>
    serviceFirewallProblems({ publicNetworkAccess: true, allowedIpRanges });
const advice = "Give public addresses or ranges, such as 203.0.113.7 or 203.0.113.0/24.";
const isPrivate =
    "holds private addresses: Azure refuses them. Remove it and connect through the private endpoint.";

describe("service firewall", () => {
    it("accepts a closed service and public addresses and ranges", () => {
        assert.deepEqual(serviceFirewallProblems({}), []);
        assert.deepEqual(serviceFirewallProblems({ publicNetworkAccess: false, allowedIpRanges: [] }), []);
        assert.deepEqual(problemsOf("203.0.113.7", "198.51.100.0/24", "172.15.0.0/16", "11.0.0.0/8"), []);
    });

    for (const [range, message] of [
        ["example.com", `which is not an IPv4 range in CIDR notation, such as 10.10.0.0/20. ${advice}`],
        ["203.0.113.0/33", `which is not an IPv4 range in CIDR notation, such as 10.10.0.0/20. ${advice}`],
        ["2001:db8::/32", `which is not an IPv4 range in CIDR notation, such as 10.10.0.0/20. ${advice}`],
        [
            "203.0.113.7/24",
            `which has address bits set after its prefix; the range is written 203.0.113.0/24. ${advice}`,
        ],
        ["0.0.0.0/0", "which is the whole Internet. Give the public addresses that may connect."],
        ["10.1.2.3", `which ${isPrivate}`],
        ["172.31.0.0/16", `which ${isPrivate}`],
        ["192.168.0.0/24", `which ${isPrivate}`],
        ["8.0.0.0/5", `which ${isPrivate}`],
    ] as const) {
        it(`refuses ${range}`, () => {
            assert.deepEqual(problemsOf(range), [`\`allowedIpRanges\` has "${range}", ${message}`]);
        });
    }

    it("refuses the same address twice, in whatever spelling", () => {
        assert.deepEqual(problemsOf("203.0.113.7", "203.0.113.7/32"), [
            '`allowedIpRanges` has "203.0.113.7/32" twice. Remove one of them.',
        ]);
    });

    it("spells single addresses as each service stores them", () => {
        assert.equal(withPrefix("203.0.113.7"), "203.0.113.7/32");
        assert.equal(withPrefix("203.0.113.0/24"), "203.0.113.0/24");
        assert.equal(withoutHostPrefix("203.0.113.7/32"), "203.0.113.7");
        assert.equal(withoutHostPrefix("203.0.113.0/24"), "203.0.113.0/24");
        assert.equal(withoutHostPrefix("203.0.113.7"), "203.0.113.7");
    });
});
