import * as z from "zod";
import { NamespaceFilteringMode } from "../../components/clusterMonitoringArgs";
import { KeyVaultRole } from "../../components/keyVaultArgs";
import { RegistrySku } from "../../components/registryArgs";
import {
    amount,
    choice,
    cidr,
    dnsLabel,
    effect,
    email,
    flag,
    groupKey,
    inPlace,
    integer,
    privateDnsZoneId,
    refusedByAzure,
    region,
    replaces,
    text,
    words,
} from "./values";

export const keyVaultSchema = z.strictObject({
    softDeleteRetentionInDays: integer(7, 90)
        .default(90)
        .meta(effect("Days that a deleted vault or secret can be recovered.", refusedByAzure)),
    purgeProtection: flag()
        .default(true)
        .meta(effect("Nobody can purge what is deleted before its time. Cannot be switched off again.")),
    recoverDeletedVault: flag()
        .default(false)
        .meta(effect("Recover a deleted vault of the same name; set it for one run only.")),
    publicNetworkAccess: flag()
        .default(false)
        .meta(effect("Let the listed ranges reach the vault from the Internet.")),
    allowedIpRanges: z
        .array(cidr())
        .default([])
        .meta(effect("Public ranges that may reach the vault; needs publicNetworkAccess.")),
    privateDnsZoneId: privateDnsZoneId("privatelink.vaultcore.azure.net")
        .optional()
        .meta(
            effect(
                "Id of an existing zone for the private endpoint, in a hub for example; network.privateDns.keyVault is false then.",
                replaces("the endpoint's DNS record"),
                { defaultText: "the zone of this stack" },
            ),
        ),
    roleAssignments: z
        .array(
            z.strictObject({
                group: groupKey().meta(effect("Group that gets the role.", replaces("the role assignment"))),
                role: choice(KeyVaultRole).meta(
                    effect("What the group may do in the vault.", replaces("the role assignment")),
                ),
            }),
        )
        .default([])
        .meta(
            effect(
                "Groups with rights in the vault. Workloads get theirs by tenants.teams.<team>.workloads.",
            ),
        ),
});

const cacheRule = z.strictObject({
    name: text(/^[A-Za-z0-9-]{5,50}$/, {
        allowed: "5 to 50 letters, digits and hyphens",
        example: "cache-rule",
        fix: "Rename it.",
    }).meta(effect("Name of the rule.", replaces("the rule"))),
    sourceRepository: text(/^[a-z0-9.-]+\/\S+$/, {
        allowed: "an upstream repository such as mcr.microsoft.com/*",
        example: "mcr.microsoft.com/*",
        fix: "Write registry host and path.",
    }).meta(effect("Upstream repository to pull from.", replaces("the rule"))),
    targetRepository: words("mcr/*").meta(
        effect("Repository of this registry that it appears as.", replaces("the rule")),
    ),
    credentialSetId: words("/subscriptions/...")
        .optional()
        .meta(
            effect("Id of the registry's credential set for the upstream; Docker Hub needs one.", inPlace, {
                defaultText: "none",
            }),
        ),
});

const premium = (what: string, defaultText: string) =>
    flag()
        .optional()
        .meta(effect(`${what} Premium only.`, inPlace, { defaultText }));

export const registrySchema = z.strictObject({
    sku: choice(RegistrySku)
        .default(RegistrySku.Premium)
        .meta(effect("Only Premium has a private endpoint, replicas and zone redundancy.")),
    zoneRedundant: flag()
        .optional()
        .meta(
            effect("Keep images in several zones. Premium only.", refusedByAzure, {
                defaultText: "true on Premium",
            }),
        ),
    replicaLocations: z.array(region()).default([]).meta(effect("Regions that hold a copy. Premium only.")),
    dataEndpoint: premium("Serve layers from an endpoint of the registry's own name.", "true on Premium"),
    publicNetworkAccess: flag()
        .default(false)
        .meta(effect("Reach the registry from the Internet. Basic and Standard have no other way.")),
    allowedIpRanges: z
        .array(cidr())
        .default([])
        .meta(effect("Public ranges that may reach it. Premium with publicNetworkAccess only.")),
    untaggedRetentionInDays: integer(0, 365)
        .optional()
        .meta(
            effect("Days after which untagged manifests are deleted; 0 keeps them. Premium only.", inPlace, {
                defaultText: "7 on Premium",
            }),
        ),
    exportEnabled: premium("Allow images to be exported to another registry.", "false on Premium"),
    privateDnsZoneId: privateDnsZoneId("privatelink.azurecr.io")
        .optional()
        .meta(
            effect(
                "Id of an existing zone for the private endpoint, in a hub for example; network.privateDns.registry is false then.",
                replaces("the endpoint's DNS record"),
                { defaultText: "the zone of this stack" },
            ),
        ),
    trustedServicesBypass: flag()
        .default(false)
        .meta(
            effect(
                "Let services that Microsoft trusts pass the firewall; Defender needs it to scan images. Premium only.",
            ),
        ),
    cacheRules: z.array(cacheRule).default([]).meta(effect("Pull-through cache of public registries.")),
});

const logAnalytics = z.strictObject({
    retentionInDays: integer(30, 730)
        .default(30)
        .meta(effect("Days that logs are kept; the first 30 are free.")),
    dailyQuotaInGb: amount(0.023, 4000)
        .optional()
        .meta(
            effect("Most to ingest in a day, GB; logs beyond it are dropped.", inPlace, {
                defaultText: "no cap",
            }),
        ),
    basicPlanTables: z
        .array(words("AKSAudit"))
        .optional()
        .meta(
            effect("Tables on the cheaper Basic plan, which no alert can read.", inPlace, {
                defaultText: "the voluminous ones",
            }),
        ),
});

const grafana = z.strictObject({
    zoneRedundant: flag().default(false).meta(effect("Run Grafana in several zones.", refusedByAzure)),
    publicNetworkAccess: flag()
        .default(false)
        .meta(effect("Reach Grafana from the Internet, with an Entra login.")),
    privateDnsZoneId: privateDnsZoneId("privatelink.grafana.azure.com")
        .optional()
        .meta(
            effect(
                "Id of an existing zone; gives Grafana a private endpoint.",
                replaces("the endpoint's DNS record"),
                { defaultText: "none: no private endpoint" },
            ),
        ),
    adminGroups: z.array(groupKey()).min(1).meta(effect("Groups that administer Grafana.")),
    viewerGroups: z.array(groupKey()).default([]).meta(effect("Groups that read dashboards.")),
});

const containerInsights = z.strictObject({
    enabled: flag().default(true).meta(effect("Collect container logs and events.")),
    intervalInMinutes: integer(1, 30).default(5).meta(effect("How often inventory is collected.")),
    namespaceFilteringMode: choice(NamespaceFilteringMode)
        .default(NamespaceFilteringMode.Off)
        .meta(effect("Whether `namespaces` is a list to keep or to leave out.")),
    namespaces: z
        .array(dnsLabel("payments-dev"))
        .default([])
        .meta(effect("Namespaces to keep or leave out.")),
});

export const monitoringSchema = z.strictObject({
    logAnalytics: logAnalytics.prefault({}).meta(effect("Workspace for logs.")),
    diagnosticCategories: z
        .array(words("kube-audit-admin"))
        .optional()
        .meta(
            effect("Log categories of the control plane to collect; an empty list collects none.", inPlace, {
                defaultText: "who changed what, and why the control plane acted",
            }),
        ),
    prometheus: flag().default(true).meta(effect("Managed Prometheus with recording and alert rules.")),
    grafana: grafana.optional().meta(effect("Managed Grafana.", inPlace, { defaultText: "none" })),
    privateLinkOnly: flag()
        .default(false)
        .meta(
            effect(
                "Refuse logs and queries that do not come through an Azure Monitor private link scope of yours.",
            ),
        ),
    alertEmails: z.array(email()).min(1).meta(effect("Mailboxes that alerts go to.")),
    containerInsights: containerInsights.prefault({}).meta(effect("Container logs.")),
});
