import * as assert from "node:assert/strict";
import { egressRangeProblems, namespaceNetworkPolicies } from "../../components/internal/networkPolicies";
import type { EgressRange, NamespaceTraffic } from "../../components/internal/networkPolicies";

const nothing: NamespaceTraffic = {
    sameNamespace: false,
    metricsScraping: false,
    egressRanges: [],
    egressNamespaces: [],
};

const denyAll = { name: "default-deny", spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } };
const dns = {
    name: "allow-dns",
    spec: {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [
            {
                to: [
                    {
                        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
                        podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
                    },
                ],
                ports: [
                    { protocol: "UDP", port: 53 },
                    { protocol: "TCP", port: 53 },
                ],
            },
        ],
    },
};

function namespace(name: string) {
    return { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } };
}

/** The policies beside the two that are always there. */
function further(change: Partial<NamespaceTraffic>) {
    const policies = namespaceNetworkPolicies({ ...nothing, ...change });
    assert.deepEqual(policies.slice(0, 2), [denyAll, dns]);
    return policies.slice(2);
}

function ipBlocks(...egressRanges: EgressRange[]): unknown[] {
    const [policy] = further({ egressRanges });
    const rules = (policy?.spec as { egress: { to: { ipBlock: unknown }[] }[] }).egress;
    return rules.map((rule) => rule.to[0]?.ipBlock);
}

describe("namespaceNetworkPolicies", () => {
    it("denies everything but DNS", () => {
        assert.deepEqual(namespaceNetworkPolicies(nothing), [denyAll, dns]);
    });

    it("lets the ingress controller's namespace in", () => {
        assert.deepEqual(further({ ingressNamespace: "ingress" }), [
            {
                name: "allow-ingress-controller",
                spec: {
                    podSelector: {},
                    policyTypes: ["Ingress"],
                    ingress: [{ from: [namespace("ingress")] }],
                },
            },
        ]);
    });

    it("lets the scrapers in kube-system in", () => {
        assert.deepEqual(further({ metricsScraping: true }), [
            {
                name: "allow-metrics-scraping",
                spec: {
                    podSelector: {},
                    policyTypes: ["Ingress"],
                    ingress: [{ from: [namespace("kube-system")] }],
                },
            },
        ]);
    });

    it("lets pods of the namespace talk to each other, both ways", () => {
        assert.deepEqual(further({ sameNamespace: true }), [
            {
                name: "allow-same-namespace",
                spec: {
                    podSelector: {},
                    policyTypes: ["Ingress", "Egress"],
                    ingress: [{ from: [{ podSelector: {} }] }],
                    egress: [{ to: [{ podSelector: {} }] }],
                },
            },
        ]);
    });

    it("opens each range on its own ports", () => {
        const egressRanges = [
            { cidr: "10.1.0.0/16", ports: [443, 5432], except: ["10.1.9.0/24"] },
            { cidr: "20.0.0.1/32", ports: [443] },
        ];
        assert.deepEqual(further({ egressRanges }), [
            {
                name: "allow-egress-to-ranges",
                spec: {
                    podSelector: {},
                    policyTypes: ["Egress"],
                    egress: [
                        {
                            to: [{ ipBlock: { cidr: "10.1.0.0/16", except: ["10.1.9.0/24"] } }],
                            ports: [
                                { protocol: "TCP", port: 443 },
                                { protocol: "TCP", port: 5432 },
                            ],
                        },
                        {
                            to: [{ ipBlock: { cidr: "20.0.0.1/32" } }],
                            ports: [{ protocol: "TCP", port: 443 }],
                        },
                    ],
                },
            },
        ]);
    });

    it("opens other namespaces by name", () => {
        assert.deepEqual(further({ egressNamespaces: ["shared-dev", "queue-dev"] }), [
            {
                name: "allow-egress-to-namespaces",
                spec: {
                    podSelector: {},
                    policyTypes: ["Egress"],
                    egress: [{ to: [namespace("shared-dev"), namespace("queue-dev")] }],
                },
            },
        ]);
    });

    it("keeps instance metadata and the wire server out of wide ranges", () => {
        const metadata = "169.254.169.254/32";
        const wireServer = "168.63.129.16/32";
        assert.deepEqual(
            ipBlocks(
                { cidr: "0.0.0.0/0", ports: [443] },
                { cidr: "169.254.0.0/16", ports: [80] },
                { cidr: "168.0.0.0/8", ports: [80], except: ["168.1.0.0/16", wireServer] },
                { cidr: "10.0.0.0/8", ports: [443] },
            ),
            [
                { cidr: "0.0.0.0/0", except: [metadata, wireServer] },
                { cidr: "169.254.0.0/16", except: [metadata] },
                { cidr: "168.0.0.0/8", except: ["168.1.0.0/16", wireServer] },
                { cidr: "10.0.0.0/8" },
            ],
        );
    });

    it("opens instance metadata when it is named exactly, and only then", () => {
        assert.deepEqual(ipBlocks({ cidr: "169.254.169.254/31", ports: [80] }), [
            { cidr: "169.254.169.254/31", except: ["169.254.169.254/32"] },
        ]);
        assert.deepEqual(ipBlocks({ cidr: "169.254.169.254/32", ports: [80] }), [
            { cidr: "169.254.169.254/32" },
        ]);
    });
});

describe("egressRangeProblems", () => {
    it("has nothing against good ranges", () => {
        assert.deepEqual(
            egressRangeProblems([
                { cidr: "0.0.0.0/0", ports: [443], except: ["10.0.0.0/8"] },
                { cidr: "20.0.0.1/32", ports: [1, 65535] },
            ]),
            [],
        );
    });

    const cases: [string, EgressRange, string[]][] = [
        [
            "a malformed range",
            { cidr: "10.0.0.0", ports: [443], except: ["10.1.0.0/16"] },
            ['`egressCidrs[0].cidr` "10.0.0.0" is not an IPv4 range in CIDR notation, such as 10.10.0.0/20'],
        ],
        [
            "a malformed exception",
            { cidr: "10.0.0.0/8", ports: [443], except: ["x"] },
            ['`egressCidrs[0].except[0]` "x" is not an IPv4 range in CIDR notation, such as 10.10.0.0/20'],
        ],
        [
            "an exception outside the range",
            { cidr: "10.0.0.0/8", ports: [443], except: ["10.1.0.0/16", "11.0.0.0/16"] },
            ['`egressCidrs[0].except[1]` "11.0.0.0/16" is not inside 10.0.0.0/8: name a part of the range'],
        ],
        [
            "no port",
            { cidr: "10.0.0.0/8", ports: [] },
            ["`egressCidrs[0].ports` is empty: name the TCP ports that may be reached"],
        ],
        [
            "impossible ports",
            { cidr: "10.0.0.0/8", ports: [0, 443, 65536, 1.5] },
            [0, 65536, 1.5].map(
                (port) => `\`egressCidrs[0].ports\` holds ${port}: whole numbers from 1 to 65535 are allowed`,
            ),
        ],
    ];
    for (const [what, range, expected] of cases) {
        it(`refuses ${what}`, () => {
            assert.deepEqual(egressRangeProblems([range]), expected);
        });
    }
});
