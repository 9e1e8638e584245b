import * as assert from "node:assert/strict";
import { nsgRules, nsgRuleTable, priorityBands } from "../../components/internal/nsgRules";
import type { NsgFacts, NsgRule } from "../../components/internal/nsgRules";
import type { SubnetRole } from "../../components/internal/addressPlan";

const facts: NsgFacts = {
    subnets: {
        apiServer: "10.10.0.0/28",
        ingress: "10.10.0.64/26",
        privateEndpoints: "10.10.0.128/26",
        agents: "10.10.0.192/26",
        systemNodes: "10.10.1.0/24",
        userNodes: "10.10.8.0/21",
    },
    podCidr: "10.244.0.0/16",
    trustedSources: ["10.0.4.0/24", "203.0.113.7/32"],
    publicIngress: true,
};
const without = (...roles: SubnetRole[]): NsgFacts => ({
    ...facts,
    subnets: Object.fromEntries(
        Object.entries(facts.subnets).filter(([role]) => !roles.includes(role as SubnetRole)),
    ),
});
const everyRole = Object.keys(facts.subnets) as SubnetRole[];

function spelled(rules: NsgRule[]): string[] {
    return rules.map((rule) => {
        const from = rule.sourceAddressPrefix ?? rule.sourceAddressPrefixes?.join(",");
        const to = rule.destinationAddressPrefix ?? rule.destinationAddressPrefixes?.join(",");
        const ports = rule.destinationPortRange ?? rule.destinationPortRanges?.join(",");
        return `${rule.priority} ${rule.access} ${rule.name}: ${rule.protocol} ${from} -> ${to} : ${ports}`;
    });
}

const deny = "4096 Deny DenyAllInbound: * * -> * : *";
const nodeRules = [
    "100 Allow AllowNodesToNodesAndPods: * 10.10.1.0/24,10.10.8.0/21 -> 10.10.1.0/24,10.10.8.0/21,10.244.0.0/16 : *",
    "110 Allow AllowPodsToPods: * 10.244.0.0/16 -> 10.244.0.0/16 : *",
    "200 Allow AllowApiServerToNodesAndPods: Tcp 10.10.0.0/28 -> 10.10.1.0/24,10.10.8.0/21,10.244.0.0/16 : *",
    "310 Allow AllowLoadBalancerProbes: Tcp AzureLoadBalancer -> * : *",
    "400 Allow AllowPrivateIngress: Tcp VirtualNetwork -> 10.10.0.64/26 : 80,443",
    "410 Allow AllowPublicIngress: Tcp Internet -> * : 80,443",
    deny,
];

describe("nsgRules", () => {
    const expected: Record<SubnetRole, string[]> = {
        systemNodes: nodeRules,
        userNodes: nodeRules,
        apiServer: [
            "210 Allow AllowNodesToApiServer: Tcp 10.10.1.0/24,10.10.8.0/21 -> 10.10.0.0/28 : 443,4443",
            "300 Allow AllowLoadBalancerToApiServer: Tcp AzureLoadBalancer -> 10.10.0.0/28 : 9988",
            "510 Allow AllowAgents: Tcp 10.10.0.192/26 -> 10.10.0.0/28 : 443",
            "520 Allow AllowTrustedSources: Tcp 10.0.4.0/24,203.0.113.7/32 -> 10.10.0.0/28 : 443",
            deny,
        ],
        ingress: ["400 Allow AllowPrivateIngress: Tcp VirtualNetwork -> 10.10.0.64/26 : 80,443", deny],
        privateEndpoints: [
            "500 Allow AllowClusterToPrivateEndpoints: Tcp 10.10.1.0/24,10.10.8.0/21,10.10.0.0/28 -> 10.10.0.128/26 : 443",
            "510 Allow AllowAgents: Tcp 10.10.0.192/26 -> 10.10.0.128/26 : 443",
            "520 Allow AllowTrustedSources: Tcp 10.0.4.0/24,203.0.113.7/32 -> 10.10.0.128/26 : 443",
            deny,
        ],
        agents: [deny],
    };
    for (const role of everyRole) {
        it(`guards the subnet for ${role}`, () =>
            assert.deepEqual(spelled(nsgRules(role, facts)), expected[role]));
    }

    it("lets the Internet in nowhere without public ingress", () => {
        for (const role of everyRole) {
            const rules = nsgRules(role, { ...facts, publicIngress: false });
            assert.deepEqual(
                spelled(rules),
                expected[role].filter((rule) => !rule.includes("AllowPublicIngress")),
            );
        }
    });

    it("drops what would come from a subnet that does not exist", () => {
        const names = (role: SubnetRole) =>
            nsgRules(role, without("apiServer", "agents")).map(({ name }) => name);
        assert.deepEqual(names("privateEndpoints"), [
            "AllowClusterToPrivateEndpoints",
            "AllowTrustedSources",
            "DenyAllInbound",
        ]);
        assert.ok(!names("userNodes").includes("AllowApiServerToNodesAndPods"));
    });

    it("has no rule for trusted sources when there are none", () => {
        const rules = nsgRules("apiServer", { ...facts, trustedSources: [] });
        assert.ok(!rules.some(({ name }) => name === "AllowTrustedSources"));
    });

    it("puts one value in the singular field and several in the plural one, as Azure wants them", () => {
        assert.deepEqual(nsgRules("agents", facts), [
            {
                name: "DenyAllInbound",
                description: "Everything that no rule above allows.",
                priority: 4096,
                direction: "Inbound",
                access: "Deny",
                protocol: "*",
                sourcePortRange: "*",
                sourceAddressPrefix: "*",
                destinationAddressPrefix: "*",
                destinationPortRange: "*",
            },
        ]);
        assert.deepEqual(nsgRules("apiServer", facts)[0], {
            name: "AllowNodesToApiServer",
            description: "Nodes, and pods behind their addresses, to the API server.",
            priority: 210,
            direction: "Inbound",
            access: "Allow",
            protocol: "Tcp",
            sourcePortRange: "*",
            sourceAddressPrefixes: ["10.10.1.0/24", "10.10.8.0/21"],
            destinationAddressPrefix: "10.10.0.0/28",
            destinationPortRanges: ["443", "4443"],
        });
    });
});

describe("the rule table", () => {
    it("keeps every priority in its band, unique and ascending", () => {
        for (const { name, band, priority } of nsgRuleTable) {
            const { first, last } = priorityBands[band];
            assert.ok(priority >= first && priority <= last, `${name} is outside band ${band}`);
        }
        const priorities = nsgRuleTable.map(({ priority }) => priority);
        assert.deepEqual(
            priorities,
            [...new Set(priorities)].sort((one, other) => one - other),
        );
    });

    it("has bands that do not touch and stay within what Azure allows", () => {
        const bands = Object.values(priorityBands);
        bands.forEach(({ first, last }, index) => {
            assert.ok(first >= 100 && first <= last && last <= 4096);
            assert.ok(bands.slice(index + 1).every((later) => later.first > last));
        });
    });

    it("ends every security group with the denial of everything", () => {
        for (const role of everyRole) {
            for (const variant of [facts, without("apiServer", "agents")]) {
                assert.equal(spelled(nsgRules(role, variant)).at(-1), deny);
            }
        }
    });

    it("opens no subnet to every source", () => {
        const open = nsgRuleTable.filter(({ band, from }) => band !== "deny" && from.includes("*"));
        assert.deepEqual(open, []);
    });

    it("has names and descriptions that Azure accepts", () => {
        for (const { name, description } of nsgRuleTable) {
            assert.match(name, /^[A-Za-z0-9]{1,80}$/);
            assert.ok(description.length > 0 && description.length <= 140, name);
        }
    });
});
