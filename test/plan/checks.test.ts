import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rulesByTopic, runRules } from "../../policy/rules";
import type { Rule } from "../../policy/rule";
import { remove, resource, sampleStack, setInput } from "./sampleStack";
import type { EditableStack } from "./sampleStack";

/** One thing that is broken in the passing stack, and what exactly the check then says. */
interface Breakage {
    check: string;
    breaks: string;
    change: (stack: EditableStack) => void;
    /** `resource: message` of each finding; the message alone where no resource is named. */
    expect: string[];
    /** Further checks that the same change breaks. */
    also?: string[];
}

const set = (name: string, path: string, value: unknown) => (stack: EditableStack) =>
    setInput(stack, name, path, value);
const without = (name: string, path: string) => set(name, path, undefined);
const removed = (name: string) => (stack: EditableStack) => remove(stack, name);

function rule(stack: EditableStack, name: string, index: number): Record<string, unknown> {
    const rules = resource(stack, name).inputs["securityRules"] as Record<string, unknown>[];
    const found = rules[index];
    assert.ok(found);
    return found;
}

function pool(stack: EditableStack): Record<string, unknown> {
    const [inline] = resource(stack, "cluster-cluster").inputs["agentPoolProfiles"] as Record<
        string,
        unknown
    >[];
    assert.ok(inline);
    return inline;
}

function withoutKured(stack: EditableStack): void {
    remove(stack, "kured-release");
    for (const phase of [stack.preview, stack.update]) {
        phase.resources = phase.resources.filter(({ type }) => !type.endsWith(":Kured"));
    }
}

const podSecurityLabel = "pod-security.kubernetes.io/enforce";

const breakages: readonly Breakage[] = [
    {
        check: "subnet-has-network-security-group",
        breaks: "a subnet without a group",
        change: without("network-user-nodes-subnet", "networkSecurityGroup"),
        expect: ["network-user-nodes-subnet: has no network security group"],
    },
    {
        check: "subnet-has-network-security-group",
        breaks: "a stack without subnets",
        change: (stack) =>
            ["system-nodes", "user-nodes", "private-endpoints"].forEach((role) =>
                remove(stack, `network-${role}-subnet`),
            ),
        expect: ["the stack has no subnet"],
        also: ["subnet-without-default-outbound-access"],
    },
    {
        check: "subnet-without-default-outbound-access",
        breaks: "a missing property",
        change: without("network-private-endpoints-subnet", "defaultOutboundAccess"),
        expect: ["network-private-endpoints-subnet: `defaultOutboundAccess` is not set to false"],
    },
    {
        check: "network-security-group-denies-the-rest",
        breaks: "a group that allows what it does not name",
        change: (stack) => void (rule(stack, "network-rules", 1)["access"] = "Allow"),
        expect: ["network-rules: no inbound rule denies what the others do not allow"],
        also: ["internet-reaches-no-management-port"],
    },
    {
        check: "network-security-group-denies-the-rest",
        breaks: "a deny of TCP only",
        change: (stack) => void (rule(stack, "network-rules", 1)["protocol"] = "Tcp"),
        expect: ["network-rules: no inbound rule denies what the others do not allow"],
    },
    {
        check: "internet-reaches-no-management-port",
        breaks: "SSH from the Internet",
        change: (stack) => void (rule(stack, "network-rules", 0)["destinationPortRange"] = "22"),
        expect: ['network-rules: rule "allow-https" lets the Internet reach port 22'],
    },
    ...["3389", "5985", "5986", "*"].map((port) => ({
        check: "internet-reaches-no-management-port",
        breaks: `port ${port} open to the Internet`,
        change: (stack: EditableStack) =>
            void (rule(stack, "network-rules", 0)["destinationPortRange"] = port),
        expect: [`network-rules: rule "allow-https" lets the Internet reach port ${port}`],
    })),
    {
        check: "internet-reaches-no-management-port",
        breaks: "a range from anywhere, in the plural properties",
        change: (stack) => {
            const allowed = rule(stack, "network-rules", 0);
            delete allowed["sourceAddressPrefix"];
            allowed["sourceAddressPrefixes"] = ["0.0.0.0/0"];
            allowed["destinationPortRanges"] = ["443", "30000-32767"];
        },
        expect: ['network-rules: rule "allow-https" lets the Internet reach port 30000-32767'],
    },
    {
        check: "nodes-have-explicit-egress",
        breaks: "a node subnet without its NAT gateway",
        change: without("network-user-nodes-subnet", "natGateway"),
        expect: ["network-user-nodes-subnet: holds nodes that leave through a NAT gateway, but has none"],
    },
    {
        check: "nodes-have-explicit-egress",
        breaks: "node subnets without the route",
        change: set("cluster-cluster", "networkProfile.outboundType", "userDefinedRouting"),
        expect: [
            "network-system-nodes-subnet: holds nodes that leave through a route, but has no route table",
            "network-user-nodes-subnet: holds nodes that leave through a route, but has no route table",
        ],
    },
    {
        check: "address-ranges-do-not-overlap",
        breaks: "a pod range inside the network",
        change: set("cluster-cluster", "networkProfile.podCidr", "10.10.128.0/20"),
        expect: ["vnet-sample 10.10.0.0/16 and aks-sample 10.10.128.0/20 share addresses"],
    },
    {
        check: "address-ranges-do-not-overlap",
        breaks: "two subnets that share addresses",
        change: set("network-user-nodes-subnet", "addressPrefix", "10.10.1.128/25"),
        expect: [
            "snet-sample-system-nodes 10.10.1.0/24 and snet-sample-user-nodes 10.10.1.128/25 share addresses",
        ],
    },
    {
        check: "address-ranges-do-not-overlap",
        breaks: "a peer that uses the service range",
        change: (stack) => void (stack.peerRanges = ["10.96.0.0/24"]),
        expect: ["aks-sample 10.96.0.0/16 and peer 10.96.0.0/24 share addresses"],
    },
    {
        check: "private-endpoint-registers-its-name",
        breaks: "a missing zone group",
        change: removed("vault-endpoint-zones"),
        expect: ["vault-endpoint: no DNS zone group registers its address"],
    },
    {
        check: "private-endpoint-registers-its-name",
        breaks: "a zone group without a zone",
        change: set("vault-endpoint-zones", "privateDnsZoneConfigs", []),
        expect: ["vault-endpoint: no DNS zone group registers its address"],
    },
    {
        check: "private-dns-zone-is-linked",
        breaks: "a missing link",
        change: removed("network-vault-zone-link"),
        expect: ["network-vault-zone: is linked to no network"],
    },
    {
        check: "cluster-without-local-accounts",
        breaks: "a missing property",
        change: without("cluster-cluster", "disableLocalAccounts"),
        expect: ["cluster-cluster: `disableLocalAccounts` is not set to true"],
    },
    {
        check: "cluster-uses-entra-and-azure-rbac",
        breaks: "Kubernetes' own authorisation",
        change: set("cluster-cluster", "aadProfile.enableAzureRBAC", false),
        expect: ["cluster-cluster: `aadProfile.enableAzureRBAC` is not set to true"],
    },
    {
        check: "cluster-uses-entra-and-azure-rbac",
        breaks: "a missing profile",
        change: without("cluster-cluster", "aadProfile"),
        expect: [
            "cluster-cluster: `aadProfile.managed` is not set to true",
            "cluster-cluster: `aadProfile.enableAzureRBAC` is not set to true",
        ],
    },
    {
        check: "api-server-is-not-open",
        breaks: "no authorised ranges",
        change: without("cluster-cluster", "apiServerAccessProfile.authorizedIPRanges"),
        expect: ["cluster-cluster: is public and names no authorised ranges"],
    },
    {
        check: "api-server-is-not-open",
        breaks: "everybody authorised",
        change: set("cluster-cluster", "apiServerAccessProfile.authorizedIPRanges", [
            "203.0.113.0/24",
            "0.0.0.0/0",
        ]),
        expect: ["cluster-cluster: is public and authorises 0.0.0.0/0"],
    },
    {
        check: "cluster-issues-workload-identities",
        breaks: "no issuer",
        change: set("cluster-cluster", "oidcIssuerProfile.enabled", false),
        expect: ["cluster-cluster: `oidcIssuerProfile.enabled` is not set to true"],
    },
    {
        check: "cluster-issues-workload-identities",
        breaks: "no workload identity",
        change: without("cluster-cluster", "securityProfile.workloadIdentity"),
        expect: ["cluster-cluster: `securityProfile.workloadIdentity.enabled` is not set to true"],
    },
    {
        check: "cluster-uses-own-identities",
        breaks: "a system-assigned identity",
        change: set("cluster-cluster", "identity.type", "SystemAssigned"),
        expect: ["cluster-cluster: `identity.type` is not UserAssigned"],
    },
    {
        check: "cluster-uses-own-identities",
        breaks: "AKS's own kubelet identity",
        change: without("cluster-cluster", "identityProfile.kubeletidentity.resourceId"),
        expect: ["cluster-cluster: `identityProfile.kubeletidentity` names no identity"],
    },
    {
        check: "cluster-enforces-network-policies",
        breaks: "no engine",
        change: without("cluster-cluster", "networkProfile.networkPolicy"),
        expect: ["cluster-cluster: `networkProfile.networkPolicy` names no engine"],
    },
    {
        check: "nodes-are-patched-by-one",
        breaks: "kured beside AKS's own patching",
        change: set("cluster-cluster", "autoUpgradeProfile.nodeOSUpgradeChannel", "NodeImage"),
        expect: ["cluster-cluster: its node OS channel is NodeImage, with which kured does nothing"],
    },
    {
        check: "nodes-are-patched-by-one",
        breaks: "unmanaged nodes without kured",
        change: withoutKured,
        expect: [
            "cluster-cluster: leaves patches to the nodes, but nothing restarts them: kured is not installed",
        ],
    },
    {
        check: "cluster-has-maintenance-windows",
        breaks: "a missing window",
        change: removed("cluster-aksManagedAutoUpgradeSchedule"),
        expect: ["cluster-cluster: has no aksManagedAutoUpgradeSchedule"],
    },
    {
        check: "cluster-has-maintenance-windows",
        breaks: "no window for nodes",
        change: removed("cluster-aksManagedNodeOSUpgradeSchedule"),
        expect: ["cluster-cluster: has no aksManagedNodeOSUpgradeSchedule"],
    },
    {
        check: "cluster-has-maintenance-windows",
        breaks: "a window that AKS refuses",
        change: set("cluster-aksManagedAutoUpgradeSchedule", "maintenanceWindow.durationHours", 3),
        expect: ["cluster-cluster: aksManagedAutoUpgradeSchedule lasts 3 hours; AKS needs 4"],
    },
    {
        check: "cluster-has-one-inline-pool",
        breaks: "a second inline pool",
        change: (stack) => {
            const second = { ...pool(stack), name: "more", mode: "User" };
            (resource(stack, "cluster-cluster").inputs["agentPoolProfiles"] as unknown[]).push(second);
        },
        expect: ["cluster-cluster: has 2 inline pools"],
    },
    {
        check: "cluster-has-one-inline-pool",
        breaks: "an inline user pool",
        change: (stack) => void (pool(stack)["mode"] = "User"),
        expect: ["cluster-cluster: its inline pool is not a system pool"],
    },
    {
        check: "node-pool-limits-are-consistent",
        breaks: "limits the wrong way round",
        change: set("cluster-apps-pool", "minCount", 6),
        expect: ["cluster-apps-pool: pool apps: cannot scale from 6 to 5 nodes"],
    },
    {
        check: "node-pool-limits-are-consistent",
        breaks: "a system pool that may be empty",
        change: (stack) => void Object.assign(pool(stack), { minCount: 0, count: 0 }),
        expect: ["cluster-cluster: pool system: cannot scale from 0 to 5 nodes"],
    },
    {
        check: "node-pool-limits-are-consistent",
        breaks: "a count outside the limits",
        change: set("cluster-apps-pool", "count", 9),
        expect: ["cluster-apps-pool: pool apps: starts with 9 nodes, outside 2 to 5"],
    },
    {
        check: "node-pool-limits-are-consistent",
        breaks: "missing limits",
        change: without("cluster-apps-pool", "maxCount"),
        expect: ["cluster-apps-pool: pool apps: autoscales without `minCount` and `maxCount`"],
    },
    {
        check: "node-pools-span-zones",
        breaks: "a pool in one zone",
        change: set("cluster-apps-pool", "availabilityZones", ["2"]),
        expect: ["cluster-apps-pool: pool apps is in zone 2 only"],
    },
    {
        check: "node-pools-span-zones",
        breaks: "a pool without zones",
        change: (stack) => void delete pool(stack)["availabilityZones"],
        expect: ["cluster-cluster: pool system has no zones"],
    },
    {
        check: "nodes-have-no-public-address",
        breaks: "public nodes",
        change: set("cluster-apps-pool", "enableNodePublicIP", true),
        expect: ["cluster-apps-pool: pool apps gives its nodes public addresses"],
    },
    {
        check: "cluster-has-an-uptime-promise",
        breaks: "the Free tier",
        change: set("cluster-cluster", "sku.tier", "Free"),
        expect: ["cluster-cluster: is of the Free tier"],
    },
    {
        check: "cluster-enforces-azure-policy",
        breaks: "a missing add-on",
        change: without("cluster-cluster", "addonProfiles.azurepolicy"),
        expect: ["cluster-cluster: the Azure Policy add-on is off"],
    },
    {
        check: "vault-survives-deletion",
        breaks: "no purge protection",
        change: without("vault-vault", "properties.enablePurgeProtection"),
        expect: ["vault-vault: purge protection is off"],
    },
    {
        check: "vault-survives-deletion",
        breaks: "a stack without a vault",
        change: removed("vault-vault"),
        expect: ["the stack has no key vault"],
        also: ["vault-uses-azure-rbac", "vault-denies-unknown-networks"],
    },
    {
        check: "vault-survives-deletion",
        breaks: "no soft delete",
        change: set("vault-vault", "properties.enableSoftDelete", false),
        expect: ["vault-vault: soft delete is off"],
    },
    {
        check: "vault-uses-azure-rbac",
        breaks: "access policies",
        change: set("vault-vault", "properties.accessPolicies", [{ objectId: "o" }]),
        expect: ["vault-vault: has access policies"],
    },
    {
        check: "vault-uses-azure-rbac",
        breaks: "a missing property",
        change: without("vault-vault", "properties.enableRbacAuthorization"),
        expect: ["vault-vault: Azure RBAC is off"],
    },
    {
        check: "vault-denies-unknown-networks",
        breaks: "an open vault",
        change: set("vault-vault", "properties.publicNetworkAccess", "Enabled"),
        expect: ["vault-vault: every network reaches it"],
    },
    {
        check: "registry-without-shared-accounts",
        breaks: "the admin user",
        change: set("registry-registry", "adminUserEnabled", true),
        expect: ["registry-registry: `adminUserEnabled` is not set to false"],
    },
    {
        check: "registry-without-shared-accounts",
        breaks: "anonymous pull",
        change: set("registry-registry", "anonymousPullEnabled", true),
        expect: ["registry-registry: anonymous pull is on"],
    },
    {
        check: "registry-denies-unknown-networks",
        breaks: "an open registry",
        change: set("registry-registry", "publicNetworkAccess", "Enabled"),
        expect: ["registry-registry: every network reaches it"],
    },
    {
        check: "cluster-vault-and-registry-are-logged",
        breaks: "a missing setting",
        change: removed("registry-logs"),
        expect: ["registry-registry: no diagnostic setting sends its logs to a workspace"],
    },
    {
        check: "cluster-vault-and-registry-are-logged",
        breaks: "a setting that sends nothing",
        change: set("vault-logs", "logs", [{ categoryGroup: "audit", enabled: false }]),
        expect: ["vault-vault: no diagnostic setting sends its logs to a workspace"],
    },
    {
        check: "cluster-vault-and-registry-are-logged",
        breaks: "a setting that sends nowhere",
        change: without("watch-logs", "workspaceId"),
        expect: ["cluster-cluster: no diagnostic setting sends its logs to a workspace"],
    },
    {
        check: "alerts-reach-an-action-group",
        breaks: "a metric alert without an action",
        change: without("watch-node-cpu", "actions"),
        expect: ["watch-node-cpu: reaches no action group with a receiver"],
    },
    {
        check: "alerts-reach-an-action-group",
        breaks: "an activity log alert without an action",
        change: set("watch-deletion", "actions.actionGroups", []),
        expect: ["watch-deletion: reaches no action group with a receiver"],
    },
    {
        check: "alerts-reach-an-action-group",
        breaks: "a Prometheus alert without an action",
        change: (stack) => {
            const rules = resource(stack, "watch-rules").inputs["rules"] as Record<string, unknown>[];
            delete rules[1]?.["actions"];
        },
        expect: ["watch-rules: alert PodsCrash reaches no action group with a receiver"],
    },
    {
        check: "alerts-reach-an-action-group",
        breaks: "a group that tells nobody",
        change: set("monitoring-people", "emailReceivers", []),
        expect: [
            "monitoring-people: has no receiver",
            "watch-node-cpu: reaches no action group with a receiver",
            "watch-deletion: reaches no action group with a receiver",
            "watch-rules: alert PodsCrash reaches no action group with a receiver",
        ],
    },
    {
        check: "alerts-reach-an-action-group",
        breaks: "no group at all",
        change: removed("monitoring-people"),
        expect: ["the stack has no action group"],
    },
    {
        check: "stateful-resources-are-protected",
        breaks: "an unprotected vault",
        change: (stack) => void (resource(stack, "vault-vault").options.protect = false),
        expect: ["vault-vault: is neither protected nor retained"],
    },
    {
        check: "role-assignment-names-principal-type",
        breaks: "a missing type",
        change: without("cluster-admins", "principalType"),
        expect: ["cluster-admins: has no `principalType`"],
    },
    {
        check: "role-assignment-names-role-in-full",
        breaks: "the short form",
        change: set(
            "cluster-admins",
            "roleDefinitionId",
            "/providers/Microsoft.Authorization/roleDefinitions/b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
        ),
        expect: ["cluster-admins: its `roleDefinitionId` lacks the subscription"],
    },
    {
        check: "no-role-that-may-do-everything",
        breaks: "Owner",
        change: set(
            "cluster-admins",
            "roleDefinitionId",
            "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
        ),
        expect: ["cluster-admins: assigns Owner"],
    },
    {
        check: "role-assignments-are-narrow",
        breaks: "a subscription for a scope",
        change: set("cluster-admins", "scope", "/subscriptions/11111111-1111-4111-8111-111111111111"),
        expect: ["cluster-admins: holds for the whole subscription"],
    },
    {
        check: "federated-credentials-are-chained",
        breaks: "credentials written side by side",
        change: (stack) => {
            const credential = resource(stack, "shop-api-shop-stage");
            const before = resource(stack, "shop-api-shop-dev").urn;
            credential.options.dependsOn = credential.options.dependsOn.filter((urn) => urn !== before);
        },
        expect: ["shop-api-shop-stage: does not wait for the other credentials of its identity"],
    },
    {
        check: "federated-credentials-are-chained",
        breaks: "too many for one identity",
        change: (stack) => {
            const last = resource(stack, "shop-api-shop-stage");
            for (let index = 0; index < 19; index++) {
                const urn = `${last.urn}-${index}`;
                const previous = index === 0 ? last.urn : `${last.urn}-${index - 1}`;
                const more = {
                    ...structuredClone(last),
                    urn,
                    id: `${last.id ?? ""}-${index}`,
                    name: `more-${index}`,
                    options: { ...last.options, dependsOn: [previous] },
                };
                stack.update.resources.push(more);
                stack.preview.resources.push(more);
            }
        },
        expect: ["shop-api-shop-dev: identity id-shop-api has 21 federated credentials; Azure allows 20"],
    },
    {
        check: "workload-identities-meet-a-service-account",
        breaks: "a subject that nobody has",
        change: set("shop-api-shop-dev", "subject", "system:serviceaccount:shop-dev:other"),
        expect: [
            "shop-api-shop-dev: no service account in this stack is system:serviceaccount:shop-dev:other",
        ],
    },
    {
        check: "workload-identities-meet-a-service-account",
        breaks: "an account without the client id",
        change: without("shop-api-shop-dev-account", "metadata.annotations"),
        expect: ["shop-api-shop-dev: service account shop-api-shop-dev-account does not carry its client id"],
    },
    {
        check: "kubelet-may-pull-images",
        breaks: "the role at another identity",
        change: (stack) => {
            const other = resource(stack, "cluster-control-plane-identity").state["principalId"];
            setInput(stack, "registry-acrPull-kubelet", "principalId", other);
        },
        expect: ["registry-registry: the kubelet identity may not pull from it"],
    },
    {
        check: "tenant-namespace-is-fenced",
        breaks: "no quota, no limits, no policy",
        change: (stack) => ["quota", "limits", "deny"].forEach((part) => remove(stack, `shop-dev-${part}`)),
        expect: [
            "shop-dev-namespace: lacks quota, limits, default deny of ingress and default deny of egress",
        ],
        also: ["tenants-create-no-load-balancers"],
    },
    {
        check: "tenant-namespace-is-fenced",
        breaks: "a policy that denies one direction",
        change: set("shop-stage-deny", "spec.policyTypes", ["Ingress"]),
        expect: ["shop-stage-namespace: lacks default deny of egress"],
    },
    {
        check: "tenant-namespace-is-fenced",
        breaks: "a deny for some pods only",
        change: set("shop-stage-deny", "spec.podSelector", { matchLabels: { app: "web" } }),
        expect: ["shop-stage-namespace: lacks default deny of ingress and default deny of egress"],
    },
    {
        check: "tenant-namespace-is-fenced",
        breaks: "a deny with a hole",
        change: set("shop-stage-deny", "spec.egress", [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }]),
        expect: ["shop-stage-namespace: lacks default deny of egress"],
    },
    {
        check: "tenant-namespace-is-fenced",
        breaks: "a quota without amounts",
        change: without("shop-dev-quota", "spec.hard"),
        expect: ["shop-dev-namespace: lacks quota"],
        also: ["tenants-create-no-load-balancers"],
    },
    {
        check: "tenant-namespace-enforces-pod-security",
        breaks: "a privileged level",
        change: (stack) => {
            const labels = (
                resource(stack, "shop-dev-namespace").inputs["metadata"] as { labels: Record<string, string> }
            ).labels;
            labels[podSecurityLabel] = "privileged";
        },
        expect: ["shop-dev-namespace: enforces the level privileged"],
    },
    {
        check: "tenant-namespace-enforces-pod-security",
        breaks: "a missing label",
        change: without("shop-dev-namespace", "metadata.labels"),
        expect: ["shop-dev-namespace: enforces no level"],
    },
    {
        check: "tenants-create-no-load-balancers",
        breaks: "a load balancer allowed",
        change: (stack) => {
            const { hard } = resource(stack, "shop-dev-quota").inputs["spec"] as {
                hard: Record<string, string>;
            };
            hard["services.loadbalancers"] = "1";
        },
        expect: ["shop-dev-namespace: its quota does not limit services.loadbalancers to 0"],
    },
    {
        check: "helm-releases-are-pinned",
        breaks: "a range of versions",
        change: set("ingress-release", "version", "41.x"),
        expect: ["ingress-release: has no exact version"],
    },
    {
        check: "helm-releases-are-pinned",
        breaks: "a release that stays half installed",
        change: (stack) => {
            setInput(stack, "kured-release", "atomic", false);
            setInput(stack, "kured-release", "timeout", undefined);
        },
        expect: ["kured-release: is not atomic", "kured-release: has no timeout"],
    },
    {
        check: "explicit-providers",
        breaks: "no provider",
        change: (stack) => void (resource(stack, "shop-dev-quota").provider = ""),
        expect: ["shop-dev-quota: uses a default provider"],
    },
    {
        check: "explicit-providers",
        breaks: "the engine's default provider",
        change: (stack) => {
            resource(stack, "group").provider =
                "urn:pulumi:sample::aks-landing-zone::pulumi:providers:azure-native::default_3_28_0::id";
        },
        expect: ["group: uses a default provider"],
    },
    {
        check: "explicit-providers",
        breaks: "a default provider that is part of the stack",
        change: (stack) => {
            const provider = structuredClone(resource(stack, "azure"));
            provider.name = "default_3_28_0";
            provider.urn =
                "urn:pulumi:sample::aks-landing-zone::pulumi:providers:azure-native::default_3_28_0";
            provider.id = "default";
            stack.preview.resources.push(provider);
            stack.update.resources.push(provider);
            resource(stack, "group").provider = `${provider.urn}::default`;
        },
        expect: ["group: uses a default provider"],
    },
    {
        check: "kubernetes-provider-is-bound-to-its-cluster",
        breaks: "no identifier",
        change: without("cluster", "clusterIdentifier"),
        expect: ["cluster: has no `clusterIdentifier`"],
    },
    {
        check: "same-resources-in-preview-and-update",
        breaks: "a resource that a preview does not show",
        change: (stack) => {
            stack.preview.resources = stack.preview.resources.filter(({ name }) => name !== "shop-dev-quota");
        },
        expect: ["shop-dev-quota: exists in the update only"],
    },
    {
        check: "same-resources-in-preview-and-update",
        breaks: "a resource that only a preview shows",
        change: (stack) => {
            const { urn } = resource(stack, "cluster-admins");
            stack.update.resources = stack.update.resources.filter((candidate) => candidate.urn !== urn);
        },
        expect: ["cluster-admins: exists in the preview only"],
    },
    {
        check: "unique-urns",
        breaks: "one URN twice",
        change: (stack) => {
            const again = { ...structuredClone(resource(stack, "group")), id: "/another/id" };
            stack.update.resources.push(again);
        },
        expect: ["group: is declared more than once"],
    },
    {
        check: "unique-platform-ids",
        breaks: "two names for one namespace",
        change: (stack) => {
            const namespace = resource(stack, "shop-stage-namespace");
            namespace.id = "shop-dev";
        },
        expect: ["shop-stage-namespace: another resource is shop-dev as well"],
    },
    {
        check: "kubeconfig-is-secret",
        breaks: "a plain kubeconfig",
        change: (stack) => void (resource(stack, "cluster").secretInputs = []),
        expect: ["cluster: its kubeconfig is not a secret"],
        also: ["no-secret-in-plain-inputs"],
    },
    {
        check: "no-secret-in-plain-inputs",
        breaks: "a secret of the stack file in a plain input",
        change: set("kured-release", "values", { extraEnv: ["url=secret://stand-in/example"] }),
        expect: ["kured-release: `values.extraEnv[0]` holds a secret in clear text"],
    },
    {
        check: "no-secret-in-plain-inputs",
        breaks: "a plain property that is called a password",
        change: set("ingress-release", "values", { dashboard: { adminPassword: "changeme" } }),
        expect: ["ingress-release: `values.dashboard.adminPassword` holds a secret in clear text"],
    },
    {
        check: "no-secret-in-plain-inputs",
        breaks: "a private key",
        change: set("ingress-release", "values", { tls: "-----BEGIN RSA PRIVATE KEY-----\nabc" }),
        expect: ["ingress-release: `values.tls` holds a secret in clear text"],
    },
    {
        check: "no-unset-placeholders",
        breaks: "a placeholder",
        change: (stack) => {
            stack.unset.push({
                path: "tenantId",
                placeholder: "<tenant-id>",
                standIn: "s",
                find: "az account show",
            });
        },
        expect: ["1 still to fill in: `tenantId`"],
    },
];

describe("plan checks", () => {
    const all: readonly Rule[] = Object.values(rulesByTopic).flat();

    it("all hold in the sample stack", async () => {
        const results = runRules(await sampleStack());
        const failing = results.filter(({ holds }) => !holds).map(({ id, findings }) => ({ id, findings }));
        assert.deepEqual(failing, []);
        assert.equal(results.length, all.length);
    });

    it("have unique names and say why and how to mend", () => {
        assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
        for (const { id, title, why, mend } of all) {
            assert.match(id, /^[a-z]+(-[a-z]+)+$/);
            assert.match(title, /^[A-Z].*[^.]$/);
            assert.match(why, /^.*\.$/);
            assert.match(mend, /^[A-Z].*\.$/);
        }
    });

    it("are listed in the documentation, with their severity and title", () => {
        const documentation = readFileSync(join(__dirname, "../../docs/plan.md"), "utf8");
        const listed = [
            ...documentation.matchAll(/^\| (\w+) +\| `([a-z-]+)` +\| (\w+) +\| (.*?) +\|$/gm),
        ].map(([, topic, id, severity, title]) => [topic, id, severity, title]);
        const actual = Object.entries(rulesByTopic).flatMap(([topic, checks]) =>
            checks.map(({ id, severity, title }) => [topic, id, severity, title]),
        );
        assert.deepEqual(listed, actual);
    });

    it("are each broken by a test below", () => {
        const tested = new Set(breakages.map(({ check }) => check));
        assert.deepEqual(
            all.map(({ id }) => id).filter((id) => !tested.has(id)),
            [],
        );
    });

    it("take what stays when it is taken out of the program for protected", async () => {
        const results = runRules(
            await sampleStack((stack) => {
                const { options } = resource(stack, "vault-vault");
                options.protect = false;
                options.retainOnDelete = true;
            }),
        );
        assert.equal(results.find(({ id }) => id === "stateful-resources-are-protected")?.holds, true);
    });

    it("allow several patches of one object that others made", async () => {
        const results = runRules(
            await sampleStack((stack) => {
                const namespace = resource(stack, "shop-dev-namespace");
                for (const name of ["one", "two"]) {
                    stack.update.resources.push({
                        ...structuredClone(namespace),
                        type: "kubernetes:core/v1:NamespacePatch",
                        name,
                        urn: `${namespace.urn}-${name}`,
                        id: "kube-system",
                    });
                }
            }),
        );
        assert.equal(results.find(({ id }) => id === "unique-platform-ids")?.holds, true);
    });

    it("compare nothing with the cluster when the in-cluster half is switched off", async () => {
        const results = runRules(
            await sampleStack((stack) => {
                for (const phase of [stack.preview, stack.update]) {
                    phase.resources = phase.resources.filter(
                        ({ type }) =>
                            !type.startsWith("kubernetes:") &&
                            type !== "pulumi:providers:kubernetes" &&
                            !/:(Kured|Tenant|Ingress)$/.test(type),
                    );
                }
            }),
        );
        assert.deepEqual(
            results.filter(({ holds }) => !holds).map(({ id }) => id),
            [],
        );
    });

    for (const { check, breaks, change, expect, also = [] } of breakages) {
        it(`${check}: ${breaks}`, async () => {
            const results = runRules(await sampleStack(change));
            const failing = results.filter(({ holds }) => !holds);
            const found = failing.find(({ id }) => id === check)?.findings ?? [];
            const spelled = found.map(({ resource: name, message }) =>
                name === undefined ? message : `${name}: ${message}`,
            );
            assert.deepEqual(spelled, expect);
            assert.deepEqual(failing.map(({ id }) => id).sort(), [check, ...also].sort());
        });
    }
});
