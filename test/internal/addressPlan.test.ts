import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { planAddresses, usableAddresses } from "../../components/internal/addressPlan";
import type { AddressPlan, SubnetPrefixLengths } from "../../components/internal/addressPlan";
import { cidrAt, contains, overlaps, parseCidr, sizeOf } from "../../components/internal/cidr";

const everything = { apiServerSubnet: true, agentsSubnet: true };

function table(plan: AddressPlan): string[] {
    return plan.map(({ role, name, cidr, usableAddresses: usable }) => `${role} ${name} ${cidr} ${usable}`);
}

describe("planAddresses", () => {
    it("divides a /20", () => {
        assert.deepEqual(table(planAddresses({ addressSpace: "10.10.0.0/20", ...everything })), [
            "apiServer api-server 10.10.0.0/28 11",
            "ingress ingress 10.10.0.64/26 59",
            "privateEndpoints private-endpoints 10.10.0.128/26 59",
            "agents agents 10.10.0.192/26 59",
            "systemNodes system-nodes 10.10.1.0/24 251",
            "userNodes user-nodes 10.10.8.0/21 2043",
        ]);
    });

    it("divides a /16, where the user nodes' subnet stops growing", () => {
        assert.deepEqual(table(planAddresses({ addressSpace: "10.20.0.0/16", ...everything })).slice(4), [
            "systemNodes system-nodes 10.20.1.0/24 251",
            "userNodes user-nodes 10.20.32.0/19 8187",
        ]);
    });

    it("fills a /22, the smallest network that the default sizes fit in", () => {
        assert.deepEqual(table(planAddresses({ addressSpace: "192.168.4.0/22", ...everything })), [
            "apiServer api-server 192.168.4.0/28 11",
            "ingress ingress 192.168.4.64/26 59",
            "privateEndpoints private-endpoints 192.168.4.128/26 59",
            "agents agents 192.168.4.192/26 59",
            "systemNodes system-nodes 192.168.5.0/24 251",
            "userNodes user-nodes 192.168.6.0/23 507",
        ]);
    });

    it("leaves optional subnets out and keeps the others where they are", () => {
        const plan = planAddresses({
            addressSpace: "10.10.0.0/20",
            apiServerSubnet: false,
            agentsSubnet: false,
        });
        assert.deepEqual(table(plan), [
            "ingress ingress 10.10.0.64/26 59",
            "privateEndpoints private-endpoints 10.10.0.128/26 59",
            "systemNodes system-nodes 10.10.1.0/24 251",
            "userNodes user-nodes 10.10.8.0/21 2043",
        ]);
    });

    it("takes other sizes", () => {
        const prefixLengths = { apiServer: 27, systemNodes: 25, userNodes: 22 };
        const plan = planAddresses({ addressSpace: "10.10.0.0/20", prefixLengths, ...everything });
        assert.deepEqual(table(plan), [
            "apiServer api-server 10.10.0.0/27 27",
            "ingress ingress 10.10.0.64/26 59",
            "privateEndpoints private-endpoints 10.10.0.128/26 59",
            "agents agents 10.10.0.192/26 59",
            "systemNodes system-nodes 10.10.1.0/25 123",
            "userNodes user-nodes 10.10.4.0/22 1019",
        ]);
    });

    describe("refuses", () => {
        const cases: [string, string, SubnetPrefixLengths | undefined, string][] = [
            [
                "a network that is no range",
                "10.10.0.0",
                undefined,
                '`addressSpace` "10.10.0.0" is not an IPv4 range in CIDR notation, such as 10.10.0.0/20.',
            ],
            [
                "a network with host bits",
                "10.10.1.0/20",
                undefined,
                '`addressSpace` "10.10.1.0/20" has address bits set after its prefix; the range is written 10.10.0.0/20.',
            ],
            [
                "a network that is too small",
                "10.10.0.0/23",
                undefined,
                "`addressSpace` 10.10.0.0/23 has 512 addresses, too few for its subnets: apiServer /28, ingress /26, " +
                    "privateEndpoints /26, agents /26, systemNodes /24, userNodes /24 (optional subnets keep their room) " +
                    "take 768 with alignment. Use a /22 or larger, or smaller subnets in `subnetPrefixLengths`.",
            ],
            [
                "subnets that are too large together",
                "10.10.0.0/20",
                { systemNodes: 21, userNodes: 21 },
                "`addressSpace` 10.10.0.0/20 has 4096 addresses, too few for its subnets: apiServer /28, ingress /26, " +
                    "privateEndpoints /26, agents /26, systemNodes /21, userNodes /21 (optional subnets keep their room) " +
                    "take 6144 with alignment. Use a /19 or larger, or smaller subnets in `subnetPrefixLengths`.",
            ],
            [
                "impossible sizes, all of them at once",
                "10.10.0.0/20",
                { apiServer: 29, ingress: 30, userNodes: 20, systemNodes: 24.5 },
                "`subnetPrefixLengths.apiServer` is 29: AKS needs at least a /28 for the API server, and a subnet is smaller " +
                    "than its network 10.10.0.0/20. Use a whole number from 21 to 28.\n" +
                    "`subnetPrefixLengths.ingress` is 30: Azure accepts no subnet smaller than a /29, and a subnet is smaller " +
                    "than its network 10.10.0.0/20. Use a whole number from 21 to 29.\n" +
                    "`subnetPrefixLengths.systemNodes` is 24.5: Azure accepts no subnet smaller than a /29, and a subnet is " +
                    "smaller than its network 10.10.0.0/20. Use a whole number from 21 to 29.\n" +
                    "`subnetPrefixLengths.userNodes` is 20: Azure accepts no subnet smaller than a /29, and a subnet is " +
                    "smaller than its network 10.10.0.0/20. Use a whole number from 21 to 29.",
            ],
            [
                "a size that no subnet of the network can have",
                "10.10.0.0/29",
                { ingress: 29 },
                "`subnetPrefixLengths.ingress` is 29: Azure accepts no subnet smaller than a /29, and a subnet is smaller " +
                    "than its network 10.10.0.0/29. Use a larger `addressSpace`.",
            ],
        ];
        for (const [title, addressSpace, prefixLengths, message] of cases) {
            it(title, () => {
                assert.throws(() => planAddresses({ addressSpace, prefixLengths, ...everything }), {
                    message,
                });
            });
        }

        it("a network that has room for the existing subnets only", () => {
            const request = { addressSpace: "10.10.0.0/23", apiServerSubnet: false, agentsSubnet: false };
            assert.throws(() => planAddresses(request), {
                message: /^`addressSpace` 10\.10\.0\.0\/23 has 512 addresses/,
            });
        });
    });

    describe("for any network from /8 to /22", () => {
        const network = fc
            .tuple(fc.integer({ min: 8, max: 22 }), fc.nat({ max: 2 ** 32 - 1 }))
            .map(([prefixLength, address]) =>
                cidrAt(address - (address % sizeOf(prefixLength)), prefixLength),
            );
        // No larger than the defaults, so that every combination fits.
        const sizes = fc.record(
            {
                apiServer: fc.constant(28),
                ingress: fc.integer({ min: 26, max: 29 }),
                privateEndpoints: fc.integer({ min: 26, max: 29 }),
                agents: fc.integer({ min: 26, max: 29 }),
                systemNodes: fc.integer({ min: 24, max: 29 }),
                userNodes: fc.integer({ min: 23, max: 29 }),
            },
            { requiredKeys: [] },
        );

        it("keeps subnets inside the network, apart, aligned and in order", () => {
            fc.assert(
                fc.property(
                    network,
                    sizes,
                    fc.boolean(),
                    fc.boolean(),
                    (space, prefixLengths, apiServerSubnet, agentsSubnet) => {
                        const plan = planAddresses({
                            addressSpace: space.text,
                            prefixLengths,
                            apiServerSubnet,
                            agentsSubnet,
                        });
                        // parseCidr refuses ranges that are not aligned to their size.
                        const ranges = plan.map(({ cidr }) => parseCidr(cidr));
                        ranges.forEach((range, index) => {
                            assert.ok(contains(space, range), `${range.text} is outside ${space.text}`);
                            for (const later of ranges.slice(index + 1)) {
                                assert.ok(!overlaps(range, later), `${range.text} overlaps ${later.text}`);
                                assert.ok(range.first < later.first, `${range.text} is after ${later.text}`);
                            }
                        });
                        for (const { role, cidr, usableAddresses: usable } of plan) {
                            assert.equal(
                                parseCidr(cidr).prefixLength,
                                prefixLengths[role] ?? parseCidr(cidr).prefixLength,
                            );
                            assert.equal(usable, parseCidr(cidr).size - 5);
                        }
                    },
                ),
            );
        });

        it("moves no subnet when an optional one comes or goes", () => {
            fc.assert(
                fc.property(
                    network,
                    sizes,
                    fc.boolean(),
                    fc.boolean(),
                    (space, prefixLengths, apiServerSubnet, agentsSubnet) => {
                        const request = { addressSpace: space.text, prefixLengths };
                        const all = new Set(table(planAddresses({ ...request, ...everything })));
                        const some = table(planAddresses({ ...request, apiServerSubnet, agentsSubnet }));
                        assert.equal(some.length, 4 + Number(apiServerSubnet) + Number(agentsSubnet));
                        assert.deepEqual(
                            some.filter((row) => !all.has(row)),
                            [],
                        );
                    },
                ),
            );
        });

        it("moves no other subnet when the user nodes get more or less room", () => {
            fc.assert(
                fc.property(network, fc.integer({ min: 23, max: 29 }), (space, userNodes) => {
                    const others = (plan: AddressPlan) =>
                        table(plan.filter(({ role }) => role !== "userNodes"));
                    const request = { addressSpace: space.text, ...everything };
                    assert.deepEqual(
                        others(planAddresses({ ...request, prefixLengths: { userNodes } })),
                        others(planAddresses(request)),
                    );
                }),
            );
        });
    });
});

describe("usableAddresses", () => {
    for (const [prefixLength, expected] of [
        [19, 8187],
        [24, 251],
        [28, 11],
        [29, 3],
        [30, 0],
    ] as const) {
        it(`is ${expected} for a /${prefixLength}`, () =>
            assert.equal(usableAddresses(prefixLength), expected));
    }
});
