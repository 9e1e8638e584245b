import * as assert from "node:assert/strict";
import { networkProblems } from "../../components/internal/networkRules";
import type { NetworkSettings } from "../../components/internal/networkRules";
import { EgressType } from "../../components/networkArgs";

// What is refused, and with which words, is tested with the component: test/components/network.test.ts.
describe("networkProblems", () => {
    const settings: NetworkSettings = { addressSpace: "10.10.0.0/20", podCidr: "10.244.0.0/16" };
    const accepted: [string, Partial<NetworkSettings>][] = [
        ["the least that can be given", {}],
        [
            "the smallest numbers",
            { egress: { natGatewayPublicIpCount: 1, natGatewayIdleTimeoutInMinutes: 4 } },
        ],
        [
            "the largest numbers",
            { egress: { natGatewayPublicIpCount: 16, natGatewayIdleTimeoutInMinutes: 120 } },
        ],
        ["every zone", { egress: { type: EgressType.NatGateway, natGatewayZone: "3" } }],
        ["a firewall", { egress: { type: EgressType.Firewall, firewallPrivateIpAddress: "10.0.1.4" } }],
        [
            "a load balancer with public ingress",
            { egress: { type: EgressType.LoadBalancer }, publicIngress: true },
        ],
        [
            "trusted sources side by side",
            { trustedSources: ["10.0.4.0/24", "10.0.5.0/24", "203.0.113.7/32"] },
        ],
        ["a pod range next to the network", { podCidr: "10.10.16.0/20" }],
        ["a zone inside the network", { privateDns: { apiServerZoneName: "private.westeurope.azmk8s.io" } }],
        ["a private link zone", { privateDns: { apiServerZoneName: "privatelink.westeurope.azmk8s.io" } }],
        ["a subzone", { privateDns: { apiServerZoneName: "team-a.privatelink.westeurope.azmk8s.io" } }],
    ];
    for (const [title, change] of accepted) {
        it(`accepts ${title}`, () => assert.deepEqual(networkProblems({ ...settings, ...change }), []));
    }
});
