import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Network } from "../../components/network";
import { EgressType } from "../../components/networkArgs";
import type { NetworkArgs } from "../../components/networkArgs";
import { deploy, failureOf, testEnvironment, valueOf } from "../support/harness";
import type { CapturedResource, Deployment } from "../support/harness";

const hubSubscriptionId = "44444444-4444-4444-8444-444444444444";
const hubId = `/subscriptions/${hubSubscriptionId}/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-hub`;
const workspaceId = `/subscriptions/${testEnvironment.subscriptionId}/resourceGroups/rg-shared/providers/Microsoft.OperationalInsights/workspaces/log-test`;
const groupId = `/subscriptions/${testEnvironment.subscriptionId}/resourceGroups/rg-test-network/providers/Microsoft.Network`;
const vnetId = `${groupId}/virtualNetworks/vnet-lz-test-weu`;

const baseline: NetworkArgs = {
    resourceGroupName: "rg-test-network",
    location: "westeurope",
    baseName: "lz-test-weu",
    addressSpace: "10.10.0.0/20",
    podCidr: "10.244.0.0/16",
    tags: { environment: "test" },
};

const type = {
    vnet: "azure-native:network:VirtualNetwork",
    subnet: "azure-native:network:Subnet",
    nsg: "azure-native:network:NetworkSecurityGroup",
    nat: "azure-native:network:NatGateway",
    ip: "azure-native:network:PublicIPAddress",
    routes: "azure-native:network:RouteTable",
    peering: "azure-native:network:VirtualNetworkPeering",
    zone: "azure-native:privatedns:PrivateZone",
    link: "azure-native:privatedns:VirtualNetworkLink",
    diagnostics: "azure-native:monitor:DiagnosticSetting",
    provider: "pulumi:providers:azure-native",
};

/** The component's outputs, without those that are absent. */
function outputsOf(network: Network): Record<string, unknown> {
    const { virtualNetworkId, virtualNetworkName, systemNodesSubnetId, userNodesSubnetId, ingressSubnetId } =
        network;
    const { ingressSubnetName, privateEndpointsSubnetId, apiServerSubnetId, agentsSubnetId, routeTableId } =
        network;
    const { keyVaultZoneId, registryZoneId, apiServerZoneId, egressPublicIpAddresses, outboundType } =
        network;
    const outputs = {
        ...{ virtualNetworkId, virtualNetworkName, systemNodesSubnetId, userNodesSubnetId, ingressSubnetId },
        ...{ ingressSubnetName, privateEndpointsSubnetId, apiServerSubnetId, agentsSubnetId, routeTableId },
        ...{ keyVaultZoneId, registryZoneId, apiServerZoneId, egressPublicIpAddresses, outboundType },
    };
    return Object.fromEntries(Object.entries(outputs).filter(([, output]) => output !== undefined));
}

/** Logical names of the resources that an output comes from. */
async function sourcesOf(output: unknown): Promise<string[]> {
    const resources = await (output as { allResources(): Promise<Set<pulumi.Resource>> }).allResources();
    const urns = await Promise.all([...resources].map(({ urn }) => valueOf(urn)));
    return urns.map((urn) => urn.split("::")[3] ?? urn).sort();
}

function build(change: Partial<NetworkArgs> = {}, opts: pulumi.ComponentResourceOptions = {}) {
    return () => outputsOf(new Network("network", { ...baseline, ...change }, opts));
}

const deployed = (change: Partial<NetworkArgs> = {}) => deploy(build(change));
const refusal = (change: Partial<NetworkArgs>) =>
    failureOf(() => {
        build(change)();
    });

/** Children of the component as "type name", in order of their names. */
function listing(deployment: Deployment): string[] {
    return deployment.resources
        .filter(({ custom }) => custom)
        .map(({ type: token, name }) => `${token} ${name}`)
        .sort();
}

function added(before: Deployment, after: Deployment): string[] {
    const known = new Set(listing(before));
    return listing(after).filter((row) => !known.has(row));
}

function subnet(deployment: Deployment, role: string): CapturedResource {
    return deployment.one(type.subnet, `network-${role}-subnet`);
}

/** Priorities and names of a security group's rules. */
function rules(deployment: Deployment, role: string): string[] {
    const { inputs } = deployment.one(type.nsg, `network-${role}-nsg`);
    return (inputs["securityRules"] as { priority: number; name: string }[]).map(
        (rule) => `${rule.priority} ${rule.name}`,
    );
}

const nodeRoles = ["system-nodes", "user-nodes"];
const otherRoles = ["api-server", "ingress", "private-endpoints"];

describe("Network", () => {
    let defaults: Deployment;
    before(async () => {
        defaults = await deployed();
    });

    describe("by default", () => {
        it("creates the network, five subnets with a security group each, a NAT gateway and two zones", () => {
            assert.deepEqual(listing(defaults), [
                `${type.nat} network-nat-gateway`,
                `${type.nsg} network-api-server-nsg`,
                `${type.nsg} network-ingress-nsg`,
                `${type.nsg} network-private-endpoints-nsg`,
                `${type.nsg} network-system-nodes-nsg`,
                `${type.nsg} network-user-nodes-nsg`,
                `${type.ip} network-egress-1-ip`,
                `${type.subnet} network-api-server-subnet`,
                `${type.subnet} network-ingress-subnet`,
                `${type.subnet} network-private-endpoints-subnet`,
                `${type.subnet} network-system-nodes-subnet`,
                `${type.subnet} network-user-nodes-subnet`,
                `${type.vnet} network-vnet`,
                `${type.zone} network-key-vault-zone`,
                `${type.zone} network-registry-zone`,
                `${type.link} network-key-vault-zone-link`,
                `${type.link} network-registry-zone-link`,
            ]);
        });

        it("makes every resource a child of the component", () => {
            for (const resource of defaults.resources.filter(({ custom }) => custom)) {
                assert.equal(defaults.parentName(resource), "network", resource.name);
            }
        });

        it("gives the network its range and no inline subnets", () => {
            assert.deepEqual(defaults.one(type.vnet).inputs, {
                resourceGroupName: "rg-test-network",
                location: "westeurope",
                virtualNetworkName: "vnet-lz-test-weu",
                addressSpace: { addressPrefixes: ["10.10.0.0/20"] },
                tags: { environment: "test" },
                // Filled in by the SDK, with Azure's own defaults.
                enableDdosProtection: false,
                enableVmProtection: false,
            });
        });

        it("spells out the subnet of the user nodes", () => {
            assert.deepEqual(subnet(defaults, "user-nodes").inputs, {
                resourceGroupName: "rg-test-network",
                virtualNetworkName: "vnet-lz-test-weu",
                subnetName: "snet-lz-test-weu-user-nodes",
                addressPrefix: "10.10.8.0/21",
                defaultOutboundAccess: false,
                networkSecurityGroup: { id: `${groupId}/networkSecurityGroups/nsg-lz-test-weu-user-nodes` },
                natGateway: { id: `${groupId}/natGateways/ng-lz-test-weu` },
                privateEndpointNetworkPolicies: "Disabled",
                // Filled in by the SDK, with Azure's own default.
                privateLinkServiceNetworkPolicies: "Enabled",
            });
        });

        it("gives no subnet implicit Internet access, and each its own security group", () => {
            for (const role of [...nodeRoles, ...otherRoles]) {
                const { inputs } = subnet(defaults, role);
                assert.equal(inputs["defaultOutboundAccess"], false, role);
                assert.deepEqual(inputs["networkSecurityGroup"], {
                    id: `${groupId}/networkSecurityGroups/nsg-lz-test-weu-${role}`,
                });
            }
        });

        it("attaches the NAT gateway to the node subnets only", () => {
            for (const role of nodeRoles) {
                assert.deepEqual(subnet(defaults, role).inputs["natGateway"], {
                    id: `${groupId}/natGateways/ng-lz-test-weu`,
                });
            }
            for (const role of otherRoles) {
                assert.equal(subnet(defaults, role).inputs["natGateway"], undefined, role);
            }
            for (const role of [...nodeRoles, ...otherRoles]) {
                assert.equal(subnet(defaults, role).inputs["routeTable"], undefined, role);
            }
        });

        it("has a Standard NAT gateway with one static Standard address in no particular zone", () => {
            assert.deepEqual(defaults.one(type.nat).inputs, {
                resourceGroupName: "rg-test-network",
                location: "westeurope",
                tags: { environment: "test" },
                natGatewayName: "ng-lz-test-weu",
                sku: { name: "Standard" },
                idleTimeoutInMinutes: 4,
                publicIpAddresses: [{ id: `${groupId}/publicIPAddresses/pip-lz-test-weu-egress-1` }],
            });
            assert.deepEqual(defaults.one(type.ip).inputs, {
                resourceGroupName: "rg-test-network",
                location: "westeurope",
                tags: { environment: "test" },
                publicIpAddressName: "pip-lz-test-weu-egress-1",
                sku: { name: "Standard", tier: "Regional" },
                publicIPAddressVersion: "IPv4",
                publicIPAllocationMethod: "Static",
            });
        });

        it("delegates the API server's /28 to AKS and no other subnet to anyone", () => {
            const { inputs } = subnet(defaults, "api-server");
            assert.equal(inputs["addressPrefix"], "10.10.0.0/28");
            assert.deepEqual(inputs["delegations"], [
                { name: "aks-api-server", serviceName: "Microsoft.ContainerService/managedClusters" },
            ]);
            for (const role of [...nodeRoles, "ingress", "private-endpoints"]) {
                assert.equal(subnet(defaults, role).inputs["delegations"], undefined, role);
            }
        });

        it("applies security groups to private endpoints in their own subnet only", () => {
            assert.equal(
                subnet(defaults, "private-endpoints").inputs["privateEndpointNetworkPolicies"],
                "NetworkSecurityGroupEnabled",
            );
            for (const role of [...nodeRoles, "ingress", "api-server"]) {
                assert.equal(
                    subnet(defaults, role).inputs["privateEndpointNetworkPolicies"],
                    "Disabled",
                    role,
                );
            }
        });

        it("allows little and denies the rest, with nothing from the Internet", () => {
            for (const role of nodeRoles) {
                assert.deepEqual(rules(defaults, role), [
                    "100 AllowNodesToNodesAndPods",
                    "110 AllowPodsToPods",
                    "200 AllowApiServerToNodesAndPods",
                    "310 AllowLoadBalancerProbes",
                    "400 AllowPrivateIngress",
                    "4096 DenyAllInbound",
                ]);
            }
            assert.deepEqual(rules(defaults, "api-server"), [
                "210 AllowNodesToApiServer",
                "300 AllowLoadBalancerToApiServer",
                "4096 DenyAllInbound",
            ]);
            assert.deepEqual(rules(defaults, "ingress"), ["400 AllowPrivateIngress", "4096 DenyAllInbound"]);
            assert.deepEqual(rules(defaults, "private-endpoints"), [
                "500 AllowClusterToPrivateEndpoints",
                "4096 DenyAllInbound",
            ]);
        });

        it("tells the security groups which range pods have", () => {
            const { inputs } = defaults.one(type.nsg, "network-user-nodes-nsg");
            const podRule = (inputs["securityRules"] as Record<string, unknown>[])[1];
            assert.equal(podRule?.["sourceAddressPrefix"], "10.244.0.0/16");
            assert.equal(podRule?.["destinationAddressPrefix"], "10.244.0.0/16");
        });

        it("writes one subnet at a time", () => {
            const waits = ["api-server", "ingress", "private-endpoints", "system-nodes", "user-nodes"].map(
                (role) =>
                    defaults
                        .dependencyNames(subnet(defaults, role))
                        .filter((name) => name.endsWith("-subnet")),
            );
            assert.deepEqual(waits, [
                [],
                ["network-api-server-subnet"],
                ["network-ingress-subnet"],
                ["network-private-endpoints-subnet"],
                ["network-system-nodes-subnet"],
            ]);
        });

        it("links both private DNS zones to the network, without registration of machines", () => {
            for (const [role, zoneName] of [
                ["key-vault", "privatelink.vaultcore.azure.net"],
                ["registry", "privatelink.azurecr.io"],
            ] as const) {
                assert.deepEqual(defaults.one(type.zone, `network-${role}-zone`).inputs, {
                    resourceGroupName: "rg-test-network",
                    location: "Global",
                    tags: { environment: "test" },
                    privateZoneName: zoneName,
                });
                assert.deepEqual(defaults.one(type.link, `network-${role}-zone-link`).inputs, {
                    resourceGroupName: "rg-test-network",
                    location: "Global",
                    tags: { environment: "test" },
                    privateZoneName: zoneName,
                    virtualNetworkLinkName: "vnet-lz-test-weu",
                    virtualNetwork: { id: vnetId },
                    registrationEnabled: false,
                });
            }
        });

        it("has these outputs", () => {
            const { ipAddress } = defaults.one(type.ip).state;
            assert.match(String(ipAddress), /^198\.1[89]\.\d{1,3}\.\d{1,3}$/);
            assert.deepEqual(defaults.outputs, {
                virtualNetworkId: vnetId,
                virtualNetworkName: "vnet-lz-test-weu",
                systemNodesSubnetId: `${vnetId}/subnets/snet-lz-test-weu-system-nodes`,
                userNodesSubnetId: `${vnetId}/subnets/snet-lz-test-weu-user-nodes`,
                ingressSubnetId: `${vnetId}/subnets/snet-lz-test-weu-ingress`,
                ingressSubnetName: "snet-lz-test-weu-ingress",
                privateEndpointsSubnetId: `${vnetId}/subnets/snet-lz-test-weu-private-endpoints`,
                apiServerSubnetId: `${vnetId}/subnets/snet-lz-test-weu-api-server`,
                keyVaultZoneId: `${groupId}/privateDnsZones/privatelink.vaultcore.azure.net`,
                registryZoneId: `${groupId}/privateDnsZones/privatelink.azurecr.io`,
                egressPublicIpAddresses: [ipAddress],
                outboundType: "userAssignedNATGateway",
            });
        });

        it("hands protection and nothing else down", async () => {
            const { resources } = await deploy(build({}, { protect: true }));
            const children = resources.filter(({ custom }) => custom);
            const unprotected = children.filter(({ options }) => !options.protect);
            assert.ok(
                unprotected.every(({ name }) => name.endsWith("-diagnostics")),
                unprotected.map(({ name }) => name).join(),
            );
            assert.ok(children.length > unprotected.length);
            assert.ok(defaults.resources.every(({ options }) => !options.protect));
            for (const { name, options } of children) {
                assert.deepEqual(
                    [options.ignoreChanges, options.replaceOnChanges, options.errorHooks],
                    [[], [], []],
                    name,
                );
            }
        });
    });

    describe("subnets", () => {
        it("go without the API server's, its rules included", async () => {
            const deployment = await deployed({ apiServerSubnet: false });
            assert.deepEqual(added(deployment, defaults), [
                `${type.nsg} network-api-server-nsg`,
                `${type.subnet} network-api-server-subnet`,
            ]);
            assert.equal(deployment.outputs["apiServerSubnetId"], undefined);
            assert.ok(!rules(deployment, "user-nodes").includes("200 AllowApiServerToNodesAndPods"));
            assert.equal(subnet(deployment, "ingress").inputs["addressPrefix"], "10.10.0.64/26");
        });

        it("include one for agents, with a way out and access to the API server and private endpoints", async () => {
            const deployment = await deployed({ agentsSubnet: true });
            assert.deepEqual(added(defaults, deployment), [
                `${type.nsg} network-agents-nsg`,
                `${type.subnet} network-agents-subnet`,
            ]);
            assert.deepEqual(subnet(deployment, "agents").inputs["natGateway"], {
                id: `${groupId}/natGateways/ng-lz-test-weu`,
            });
            assert.equal(subnet(deployment, "agents").inputs["defaultOutboundAccess"], false);
            assert.deepEqual(rules(deployment, "agents"), ["4096 DenyAllInbound"]);
            assert.ok(rules(deployment, "api-server").includes("510 AllowAgents"));
            assert.ok(rules(deployment, "private-endpoints").includes("510 AllowAgents"));
            assert.equal(deployment.outputs["agentsSubnetId"], `${vnetId}/subnets/snet-lz-test-weu-agents`);
            for (const role of [...nodeRoles, ...otherRoles]) {
                assert.equal(
                    subnet(deployment, role).inputs["addressPrefix"],
                    subnet(defaults, role).inputs["addressPrefix"],
                    role,
                );
            }
        });

        it("take other sizes", async () => {
            const deployment = await deployed({ subnetPrefixLengths: { userNodes: 22 } });
            assert.equal(subnet(deployment, "user-nodes").inputs["addressPrefix"], "10.10.4.0/22");
        });

        it("let trusted sources reach the API server and private endpoints", async () => {
            const deployment = await deployed({ trustedSources: ["10.0.4.0/24"] });
            assert.ok(rules(deployment, "api-server").includes("520 AllowTrustedSources"));
            assert.ok(rules(deployment, "private-endpoints").includes("520 AllowTrustedSources"));
            assert.ok(!rules(deployment, "user-nodes").includes("520 AllowTrustedSources"));
        });

        it("let the Internet reach the nodes' web ports when public ingress is asked for", async () => {
            const deployment = await deployed({ publicIngress: true });
            for (const role of nodeRoles) {
                assert.ok(rules(deployment, role).includes("410 AllowPublicIngress"), role);
            }
            for (const role of otherRoles) {
                assert.ok(!rules(deployment, role).includes("410 AllowPublicIngress"), role);
            }
        });
    });

    describe("egress", () => {
        it("through a NAT gateway takes more addresses, a timeout and a zone, which is part of the names", async () => {
            const deployment = await deployed({
                egress: {
                    natGatewayPublicIpCount: 2,
                    natGatewayIdleTimeoutInMinutes: 10,
                    natGatewayZone: "2",
                },
            });
            assert.deepEqual(
                deployment
                    .ofType(type.ip)
                    .map(({ name, inputs }) => [name, inputs["publicIpAddressName"], inputs["zones"]]),
                [
                    ["network-egress-1-ip", "pip-lz-test-weu-egress-1-z2", ["2"]],
                    ["network-egress-2-ip", "pip-lz-test-weu-egress-2-z2", ["2"]],
                ],
            );
            const { inputs, options } = deployment.one(type.nat);
            assert.equal(inputs["natGatewayName"], "ng-lz-test-weu-z2");
            assert.deepEqual(
                [options, ...deployment.ofType(type.ip).map((ip) => ip.options)].map(
                    ({ deleteBeforeReplace }) => deleteBeforeReplace,
                ),
                [false, false, false],
            );
            assert.equal(inputs["idleTimeoutInMinutes"], 10);
            assert.deepEqual(inputs["zones"], ["2"]);
            assert.deepEqual(inputs["publicIpAddresses"], [
                { id: `${groupId}/publicIPAddresses/pip-lz-test-weu-egress-1-z2` },
                { id: `${groupId}/publicIPAddresses/pip-lz-test-weu-egress-2-z2` },
            ]);
            const addresses = deployment.outputs["egressPublicIpAddresses"] as string[];
            assert.equal(new Set(addresses).size, 2);
        });

        it("through a firewall routes node and agent subnets to it and needs no public address", async () => {
            const deployment = await deployed({
                agentsSubnet: true,
                egress: { type: EgressType.Firewall, firewallPrivateIpAddress: "10.0.1.4" },
            });
            assert.deepEqual([...deployment.ofType(type.nat), ...deployment.ofType(type.ip)], []);
            assert.deepEqual(deployment.one(type.routes).inputs, {
                resourceGroupName: "rg-test-network",
                location: "westeurope",
                tags: { environment: "test" },
                routeTableName: "rt-lz-test-weu",
                disableBgpRoutePropagation: true,
                routes: [
                    {
                        name: "default-to-firewall",
                        addressPrefix: "0.0.0.0/0",
                        nextHopType: "VirtualAppliance",
                        nextHopIpAddress: "10.0.1.4",
                    },
                ],
            });
            const routeTable = { id: `${groupId}/routeTables/rt-lz-test-weu` };
            for (const role of [...nodeRoles, "agents"]) {
                assert.deepEqual(subnet(deployment, role).inputs["routeTable"], routeTable, role);
            }
            for (const role of otherRoles) {
                assert.equal(subnet(deployment, role).inputs["routeTable"], undefined, role);
            }
            for (const role of [...nodeRoles, ...otherRoles, "agents"]) {
                assert.equal(subnet(deployment, role).inputs["natGateway"], undefined, role);
            }
            assert.equal(deployment.outputs["routeTableId"], routeTable.id);
            assert.equal(deployment.outputs["outboundType"], "userDefinedRouting");
            assert.deepEqual(deployment.outputs["egressPublicIpAddresses"], []);
        });

        it("through the cluster's load balancer creates nothing", async () => {
            const deployment = await deployed({ egress: { type: EgressType.LoadBalancer } });
            assert.deepEqual(added(deployment, defaults), [
                `${type.nat} network-nat-gateway`,
                `${type.ip} network-egress-1-ip`,
            ]);
            assert.deepEqual(added(defaults, deployment), []);
            assert.equal(subnet(deployment, "user-nodes").inputs["natGateway"], undefined);
            assert.equal(subnet(deployment, "user-nodes").inputs["defaultOutboundAccess"], false);
            assert.equal(deployment.outputs["routeTableId"], undefined);
            assert.equal(deployment.outputs["outboundType"], "loadBalancer");
            assert.deepEqual(deployment.outputs["egressPublicIpAddresses"], []);
        });
    });

    describe("hub", () => {
        it("is peered from both sides, its own side in its own subscription and group", async () => {
            const deployment = await deployed({ hub: { virtualNetworkId: hubId } });
            assert.deepEqual(added(defaults, deployment), [
                `${type.peering} network-from-hub-peering`,
                `${type.peering} network-to-hub-peering`,
                `${type.provider} network-hub`,
            ]);
            const fromHub = deployment.one(type.peering, "network-from-hub-peering");
            assert.deepEqual(fromHub.inputs, {
                resourceGroupName: "rg-hub",
                virtualNetworkName: "vnet-hub",
                virtualNetworkPeeringName: "peer-to-vnet-lz-test-weu",
                remoteVirtualNetwork: { id: vnetId },
                allowVirtualNetworkAccess: true,
                allowForwardedTraffic: false,
                allowGatewayTransit: false,
                useRemoteGateways: false,
            });
            const toHub = deployment.one(type.peering, "network-to-hub-peering");
            assert.deepEqual(toHub.inputs, {
                resourceGroupName: "rg-test-network",
                virtualNetworkName: "vnet-lz-test-weu",
                virtualNetworkPeeringName: "peer-to-vnet-hub",
                remoteVirtualNetwork: { id: hubId },
                allowVirtualNetworkAccess: true,
                allowForwardedTraffic: true,
                allowGatewayTransit: false,
                useRemoteGateways: false,
            });
            const provider = deployment.one(type.provider);
            assert.equal(provider.inputs["subscriptionId"], hubSubscriptionId);
            assert.match(fromHub.provider, /::network-hub::/);
            // Azure's provider puts what it makes into its own subscription.
            assert.equal(fromHub.id, `${hubId}/virtualNetworkPeerings/peer-to-vnet-lz-test-weu`);
            assert.equal(toHub.id, `${vnetId}/virtualNetworkPeerings/peer-to-vnet-hub`);
            assert.equal(toHub.provider, "");
        });

        it("comes before the subnets, its own side first", async () => {
            const deployment = await deployed({ hub: { virtualNetworkId: hubId } });
            const waits = (resource: CapturedResource) => deployment.dependencyNames(resource);
            assert.deepEqual(waits(deployment.one(type.peering, "network-from-hub-peering")), [
                "network-vnet",
            ]);
            assert.deepEqual(waits(deployment.one(type.peering, "network-to-hub-peering")), [
                "network-from-hub-peering",
                "network-vnet",
            ]);
            assert.ok(waits(subnet(deployment, "api-server")).includes("network-to-hub-peering"));
        });

        it("lends its gateway on both sides", async () => {
            const deployment = await deployed({ hub: { virtualNetworkId: hubId, useHubGateway: true } });
            const [fromHub, toHub] = ["network-from-hub-peering", "network-to-hub-peering"].map(
                (name) => deployment.one(type.peering, name).inputs,
            );
            assert.deepEqual(
                [fromHub?.["allowGatewayTransit"], fromHub?.["useRemoteGateways"]],
                [true, false],
            );
            assert.deepEqual([toHub?.["allowGatewayTransit"], toHub?.["useRemoteGateways"]], [false, true]);
        });

        it("may be left to its owner", async () => {
            const deployment = await deployed({ hub: { virtualNetworkId: hubId, peerBack: false } });
            assert.deepEqual(added(defaults, deployment), [`${type.peering} network-to-hub-peering`]);
        });

        it("may say which tenant it is in", async () => {
            const deployment = await deployed({
                hub: { virtualNetworkId: hubId, tenantId: testEnvironment.tenantId },
            });
            assert.equal(deployment.one(type.provider).inputs["tenantId"], testEnvironment.tenantId);
        });
    });

    describe("private DNS", () => {
        it("has a zone for the API server when it is named", async () => {
            const deployment = await deployed({
                privateDns: { apiServerZoneName: "private.westeurope.azmk8s.io" },
            });
            assert.deepEqual(added(defaults, deployment), [
                `${type.zone} network-api-server-zone`,
                `${type.link} network-api-server-zone-link`,
            ]);
            assert.equal(
                deployment.outputs["apiServerZoneId"],
                `${groupId}/privateDnsZones/private.westeurope.azmk8s.io`,
            );
        });

        it("goes without the zones that a hub has", async () => {
            const deployment = await deployed({ privateDns: { keyVault: false, registry: false } });
            assert.deepEqual([...deployment.ofType(type.zone), ...deployment.ofType(type.link)], []);
            assert.equal(deployment.outputs["keyVaultZoneId"], undefined);
            assert.equal(deployment.outputs["registryZoneId"], undefined);
        });

        it("gives out a zone only when it is linked", async () => {
            let sources: string[] = [];
            await deploy(async () => {
                sources = await sourcesOf(new Network("network", baseline).keyVaultZoneId);
            });
            assert.deepEqual(sources, ["network-key-vault-zone", "network-key-vault-zone-link"]);
        });
    });

    describe("diagnostics", () => {
        it("send the logs of the network and of every security group to the workspace", async () => {
            const deployment = await deployed({ logAnalyticsWorkspaceId: workspaceId });
            assert.deepEqual(
                added(defaults, deployment),
                [...[...nodeRoles, ...otherRoles].map((role) => `${role}-nsg`), "vnet"]
                    .map((of) => `${type.diagnostics} network-${of}-diagnostics`)
                    .sort(),
            );
            assert.deepEqual(deployment.one(type.diagnostics, "network-vnet-diagnostics").inputs, {
                name: "network-logs",
                resourceUri: vnetId,
                workspaceId,
                logs: [{ categoryGroup: "allLogs", enabled: true }],
                metrics: [{ category: "AllMetrics", enabled: true }],
            });
            assert.deepEqual(deployment.one(type.diagnostics, "network-ingress-nsg-diagnostics").inputs, {
                name: "network-logs",
                resourceUri: `${groupId}/networkSecurityGroups/nsg-lz-test-weu-ingress`,
                workspaceId,
                logs: [{ categoryGroup: "allLogs", enabled: true }],
                metrics: [],
            });
        });
    });

    const full: Partial<NetworkArgs> = {
        agentsSubnet: true,
        hub: { virtualNetworkId: hubId },
        privateDns: { apiServerZoneName: "private.westeurope.azmk8s.io" },
        logAnalyticsWorkspaceId: workspaceId,
    };

    it("tags every resource that Azure lets be tagged", async () => {
        const untaggable = [type.subnet, type.peering, type.diagnostics, type.provider];
        const firewall = {
            ...full,
            egress: { type: EgressType.Firewall, firewallPrivateIpAddress: "10.0.1.4" },
        };
        for (const change of [full, firewall]) {
            const deployment = await deployed(change);
            const taggable = deployment.resources.filter(
                ({ custom, type: token }) => custom && !untaggable.includes(token),
            );
            assert.ok(taggable.length > 10);
            for (const { name, inputs } of taggable) {
                assert.deepEqual(inputs["tags"], { environment: "test" }, name);
            }
        }
    });

    it("registers the same resources in a preview as in an update", async () => {
        for (const change of [{}, full]) {
            const [preview, update] = [
                await deploy(build(change), { preview: true }),
                await deployed(change),
            ];
            assert.deepEqual(listing(preview), listing(update));
        }
    });

    describe("refuses", () => {
        const cases: [string, Partial<NetworkArgs>, string][] = [
            [
                "a network that is too small",
                { addressSpace: "10.10.0.0/24" },
                "`addressSpace` 10.10.0.0/24 has 256 addresses, too few for its subnets: apiServer /28, ingress /26, " +
                    "privateEndpoints /26, agents /26, systemNodes /24, userNodes /25 (optional subnets keep their room) take 640 " +
                    "with alignment. Use a /22 or larger, or smaller subnets in `subnetPrefixLengths`.",
            ],
            [
                "a pod range that is none",
                { podCidr: "10.244.0.0" },
                '`podCidr` "10.244.0.0" is not an IPv4 range in CIDR notation, such as 10.10.0.0/20.',
            ],
            [
                "a pod range inside the network",
                { podCidr: "10.0.0.0/8" },
                "`podCidr` 10.0.0.0/8 overlaps `addressSpace` 10.10.0.0/20: pods of an overlay network need a range of their own. " +
                    "Use a private range that no connected network has.",
            ],
            [
                "a trusted source that is no range",
                { trustedSources: ["203.0.113.7"] },
                '`trustedSources` "203.0.113.7" is not an IPv4 range in CIDR notation, such as 10.10.0.0/20. ' +
                    "Write a single address as a /32.",
            ],
            [
                "the whole Internet as a trusted source",
                { trustedSources: ["0.0.0.0/0"] },
                "`trustedSources` 0.0.0.0/0 is the whole Internet. List the ranges that really need access.",
            ],
            [
                "trusted sources that overlap",
                { trustedSources: ["10.0.0.0/16", "10.0.4.0/24"] },
                "`trustedSources` 10.0.0.0/16 and 10.0.4.0/24 overlap, which Azure refuses in a security rule. Keep the larger one.",
            ],
            [
                "an unknown egress",
                { egress: { type: "Magic" as EgressType } },
                '`egress.type` is "Magic". Use one of NatGateway, Firewall, LoadBalancer.',
            ],
            [
                "a firewall without its address",
                { egress: { type: EgressType.Firewall } },
                "`egress.firewallPrivateIpAddress` is missing: with `egress.type` Firewall all outbound traffic is routed to that " +
                    "address. Give the firewall's private IPv4 address, such as 10.0.1.4.",
            ],
            [
                "a firewall address that is none",
                { egress: { type: EgressType.Firewall, firewallPrivateIpAddress: "10.0.1.0/24" } },
                '`egress.firewallPrivateIpAddress` is "10.0.1.0/24", which is not an IPv4 address. ' +
                    "Give the firewall's private IPv4 address, such as 10.0.1.4.",
            ],
            [
                "a firewall address with another egress",
                { egress: { firewallPrivateIpAddress: "10.0.1.4" } },
                "`egress.firewallPrivateIpAddress` is 10.0.1.4, but `egress.type` is NatGateway and the setting has an effect with " +
                    "Firewall only. Remove it, or set `egress.type` to Firewall.",
            ],
            [
                "NAT gateway settings with another egress",
                {
                    egress: {
                        type: EgressType.LoadBalancer,
                        natGatewayPublicIpCount: 2,
                        natGatewayIdleTimeoutInMinutes: 10,
                        natGatewayZone: "1",
                    },
                },
                [
                    ["natGatewayPublicIpCount", "2"],
                    ["natGatewayIdleTimeoutInMinutes", "10"],
                    ["natGatewayZone", "1"],
                ]
                    .map(
                        ([setting, value]) =>
                            `\`egress.${setting}\` is ${value}, but \`egress.type\` is LoadBalancer and the setting has an effect ` +
                            "with NatGateway only. Remove it, or set `egress.type` to NatGateway.",
                    )
                    .join("\n"),
            ],
            [
                "no public address",
                { egress: { natGatewayPublicIpCount: 0 } },
                "`egress.natGatewayPublicIpCount` is 0: a NAT gateway has 1 to 16 public addresses. Use a whole number from 1 to 16.",
            ],
            [
                "too many public addresses",
                { egress: { natGatewayPublicIpCount: 17 } },
                "`egress.natGatewayPublicIpCount` is 17: a NAT gateway has 1 to 16 public addresses. Use a whole number from 1 to 16.",
            ],
            [
                "a timeout out of range",
                { egress: { natGatewayIdleTimeoutInMinutes: 3 } },
                "`egress.natGatewayIdleTimeoutInMinutes` is 3: Azure allows 4 to 120 minutes. Use a whole number from 4 to 120.",
            ],
            [
                "an unknown zone",
                { egress: { natGatewayZone: "4" } },
                '`egress.natGatewayZone` is "4": availability zones are "1", "2" and "3". Use one of them, or leave it out.',
            ],
            [
                "public ingress behind a firewall",
                {
                    publicIngress: true,
                    egress: { type: EgressType.Firewall, firewallPrivateIpAddress: "10.0.1.4" },
                },
                "`publicIngress` is true, but `egress.type` is Firewall: replies to clients of a public load balancer would leave " +
                    "through the firewall, which drops them because it never saw the request. Publish the internal load balancer by a " +
                    "DNAT rule of the firewall and set `publicIngress` to false.",
            ],
            ...[
                "vnet-hub",
                `${hubId}/subnets/default`,
                hubId.replace(hubSubscriptionId, "hub-subscription"),
                hubId.replace("virtualNetworks", "virtualHubs"),
            ].map((id): [string, Partial<NetworkArgs>, string] => [
                `the hub id ${id}`,
                { hub: { virtualNetworkId: id } },
                `\`hub.virtualNetworkId\` is "${id}", which is not the resource id of a virtual network. ` +
                    "Give /subscriptions/<subscription id>/resourceGroups/<resource group>/providers/Microsoft.Network/virtualNetworks/" +
                    "<name>, as `az network vnet show --query id` prints it.",
            ]),
            [
                "a zone that AKS does not take",
                { privateDns: { apiServerZoneName: "k8s.example.com" } },
                '`privateDns.apiServerZoneName` is "k8s.example.com", which AKS does not accept. Use private.<region>.azmk8s.io with an ' +
                    "API server inside the network, privatelink.<region>.azmk8s.io with a private endpoint, or a subzone of one of them.",
            ],
            [
                "several faults, all of them at once",
                { podCidr: "pods", egress: { natGatewayZone: "4" }, hub: { virtualNetworkId: "hub" } },
                '`podCidr` "pods" is not an IPv4 range in CIDR notation, such as 10.10.0.0/20.\n' +
                    '`egress.natGatewayZone` is "4": availability zones are "1", "2" and "3". Use one of them, or leave it out.\n' +
                    '`hub.virtualNetworkId` is "hub", which is not the resource id of a virtual network. ' +
                    "Give /subscriptions/<subscription id>/resourceGroups/<resource group>/providers/Microsoft.Network/virtualNetworks/" +
                    "<name>, as `az network vnet show --query id` prints it.",
            ],
        ];
        for (const [title, change, message] of cases) {
            it(title, async () => assert.equal(await refusal(change), message));
        }
    });

    it("accepts a hub id in any case", async () => {
        const id = hubId
            .replace("resourceGroups", "resourcegroups")
            .replace("Microsoft.Network", "microsoft.network");
        const deployment = await deployed({ hub: { virtualNetworkId: id } });
        assert.equal(
            deployment.one(type.peering, "network-from-hub-peering").inputs["resourceGroupName"],
            "rg-hub",
        );
    });
});
