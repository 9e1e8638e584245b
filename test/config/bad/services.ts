import { zone } from "./badConfiguration";
import type { BadConfiguration } from "./badConfiguration";

/** Vault, registry, monitoring, budget. */
export const services: readonly BadConfiguration[] = [
    [
        "ranges for a private vault",
        { keyVault: { allowedIpRanges: ["203.0.113.0/24"] } },
        "keyVault.allowedIpRanges: `allowedIpRanges` is set but `publicNetworkAccess` is false: the ranges would have no effect. Set `publicNetworkAccess: true` or remove the ranges.",
    ],
    [
        "a public vault that nobody may reach",
        { keyVault: { publicNetworkAccess: true } },
        "keyVault.publicNetworkAccess: `publicNetworkAccess` is true but `allowedIpRanges` is empty: every public address would be refused. List the public addresses that may connect, or set `publicNetworkAccess: false`.",
    ],
    [
        "a role in the vault given twice",
        {
            keyVault: {
                roleAssignments: [
                    { group: "platform", role: "SecretsOfficer" },
                    { group: "platform", role: "SecretsOfficer" },
                ],
            },
        },
        'keyVault.roleAssignments: `roleAssignments` gives role "SecretsOfficer" to principal "platform" twice, which Azure refuses. Remove one of them.',
    ],
    [
        "a vault without a zone",
        { "network.privateDns": { keyVault: false } },
        "keyVault.privateDnsZoneId: `privateDnsZoneId` is missing: network.privateDns.keyVault is false, so nothing would resolve the private endpoint's name. Give the id of the existing zone, or set network.privateDns.keyVault to true.",
    ],
    [
        "a vault with two zones",
        { keyVault: { privateDnsZoneId: zone("privatelink.vaultcore.azure.net") } },
        "keyVault.privateDnsZoneId: `privateDnsZoneId` is set, but network.privateDns.keyVault is true: the network would have two zones of one name. Set network.privateDns.keyVault to false, or remove `privateDnsZoneId`.",
    ],
    [
        "the vault's name is long",
        { names: { keyVault: "kv-landing-zone-test-westeurope" } },
        'names.keyVault: `names.keyVault` is "kv-landing-zone-test-westeurope": it has 31 characters, Azure allows 24. Choose another name.',
    ],
    [
        "the registry's name has a hyphen",
        { names: { registry: "cr-landing-zone" } },
        'names.registry: `names.registry` is "cr-landing-zone": Azure allows letters and digits only, at least 5 characters. Choose another name.',
    ],
    [
        "Grafana's name is long",
        {
            names: { grafana: "grafana-landing-zone-test" },
            "monitoring.grafana": { publicNetworkAccess: true, adminGroups: ["platform"] },
        },
        'names.grafana: `names.grafana` is "grafana-landing-zone-test": it has 25 characters, Azure allows 23. Choose another name.',
    ],
    [
        "a Standard registry that is not public",
        { registry: { sku: "Standard" } },
        'registry.sku: `sku` is "Standard", which Azure cannot make private, and `publicNetworkAccess` is not true. Set `publicNetworkAccess: true` to accept that, or set `sku` to "Premium".',
    ],
    [
        "a replica of a Basic registry",
        { registry: { sku: "Basic", publicNetworkAccess: true, replicaLocations: ["northeurope"] } },
        'registry.sku: `sku` is "Basic" but Azure offers `replicaLocations` on Premium only. Leave that out or set `sku` to "Premium".',
    ],
    [
        "a replica at home",
        { registry: { replicaLocations: ["westeurope"] } },
        'registry.replicaLocations: `replicaLocations` has "westeurope", where the registry itself is. List other regions only.',
    ],
    [
        "a public registry that refuses export",
        { registry: { publicNetworkAccess: true, allowedIpRanges: ["203.0.113.0/24"] } },
        "registry.publicNetworkAccess: `publicNetworkAccess` is true but `exportEnabled` is false: Azure switches export off only on registries without public access. Set `exportEnabled: true` or `publicNetworkAccess: false`.",
    ],
    [
        "a registry without a zone",
        { "network.privateDns": { registry: false } },
        "registry.privateDnsZoneId: `privateDnsZoneId` is missing: network.privateDns.registry is false, so nothing would resolve the private endpoint's name. Give the id of the existing zone, or set network.privateDns.registry to true.",
    ],
    [
        "a zone for a registry without an endpoint",
        {
            "network.privateDns": { registry: false },
            registry: {
                sku: "Standard",
                publicNetworkAccess: true,
                privateDnsZoneId: zone("privatelink.azurecr.io"),
            },
        },
        "registry.privateDnsZoneId: `privateDnsZoneId` is set, but there is no private endpoint to register in it. Remove it.",
    ],
    [
        "Docker Hub without a login",
        {
            registry: {
                cacheRules: [
                    { name: "docker", sourceRepository: "docker.io/library/*", targetRepository: "docker/*" },
                ],
            },
        },
        'registry.cacheRules: `cacheRules` rule "docker" has no `credentialSetId`: Azure pulls from docker.io with a login only. Create a credential set in the registry and give its id.',
    ],
    [
        "Grafana that nobody can reach",
        { "monitoring.grafana": { adminGroups: ["platform"] } },
        "monitoring.grafana.publicNetworkAccess: `publicNetworkAccess` is false and `privateDnsZoneId` is missing: nobody could reach Grafana. Give the id of the zone privatelink.grafana.azure.com for a private endpoint, or set `publicNetworkAccess` to true.",
    ],
    [
        "a namespace list without effect",
        { "monitoring.containerInsights": { namespaces: ["payments-test"] } },
        "monitoring.containerInsights.namespaces: `containerInsights.namespaces` is set but `namespaceFilteringMode` is Off: the list would have no effect. Set the mode to Include or Exclude, or remove the list.",
    ],
    [
        "a log category that does not exist",
        { "monitoring.diagnosticCategories": ["kube-apiservr"] },
        'monitoring.diagnosticCategories: `diagnosticCategories` has "kube-apiservr", which a cluster does not offer. Choose from: kube-apiserver, kube-audit, kube-audit-admin, kube-controller-manager, kube-scheduler, cluster-autoscaler, cloud-controller-manager, guard, csi-azuredisk-controller, csi-azurefile-controller, csi-snapshot-controller, karpenter-events, fleet-member-agent, fleet-member-net-controller-manager, fleet-mcs-controller-manager.',
    ],
    [
        "a mailbox twice",
        { "monitoring.alertEmails": ["a@example.com", "A@example.com"] },
        'monitoring.alertEmails: `alertEmails` has "a@example.com" twice. Remove one of them.',
    ],
    [
        "too many thresholds",
        {
            "governance.budget": {
                amountPerMonth: 100,
                startDate: "2026-12-01",
                contactEmails: ["a@example.com"],
                actualThresholds: [50, 60, 70, 80, 90, 100],
            },
        },
        "governance.budget.actualThresholds: `budget.actualThresholds` and `forecastThresholds` have 7 values together, Azure allows 1 to 5. Keep those that somebody acts on.",
    ],
    [
        "a group with rights in the vault that does not exist",
        { keyVault: { roleAssignments: [{ group: "operators", role: "SecretsOfficer" }] } },
        'keyVault.roleAssignments[0].group: `keyVault.roleAssignments[0].group` is "operators", but there is no group of that key: there are platform, developers. Add it to access.groups or access.createGroups, or correct the key.',
    ],
];
