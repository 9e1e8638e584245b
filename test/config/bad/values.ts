import { kured, zone } from "./badConfiguration";
import type { BadConfiguration } from "./badConfiguration";

/** Single values that the schema refuses. */
export const values: readonly BadConfiguration[] = [
    [
        "environment is missing",
        { environment: undefined },
        "environment: found nothing, allowed is 2 to 8 lower-case letters and digits, starting with a letter. Add it to the stack file.",
    ],
    [
        "environment has capitals",
        { environment: "Dev" },
        'environment: found "Dev", allowed is 2 to 8 lower-case letters and digits, starting with a letter. Rename it.',
    ],
    [
        "environment is a number",
        { environment: 7 },
        'environment: found "7", allowed is 2 to 8 lower-case letters and digits, starting with a letter. Rename it.',
    ],
    [
        "workload is too long",
        { workload: "landingzone1" },
        'workload: found "landingzone1", allowed is 2 to 10 lower-case letters and digits, starting with a letter. Rename it.',
    ],
    [
        "location is a display name",
        { location: "West Europe" },
        'location: found "West Europe", allowed is an Azure region in lower case such as westeurope. A region that is missing is added in components/internal/rules/regions.ts.',
    ],
    [
        "subscriptionId is no GUID",
        { subscriptionId: "my-subscription" },
        'subscriptionId: found "my-subscription", allowed is a GUID such as 0b1f6471-1bf0-4dda-aec3-cb9272f09590. Read it with `az account show --query id --output tsv`.',
    ],
    [
        "tenantId is cut",
        { tenantId: "22222222-2222-4222-8222-22222222222" },
        'tenantId: found "22222222-2222-4222-8222-22222222222", allowed is a GUID such as 0b1f6471-1bf0-4dda-aec3-cb9272f09590. Read it with `az account show --query tenantId --output tsv`.',
    ],
    [
        "a top-level key is misspelt",
        { nodePool: {} },
        "nodePool: found a key that does not exist. Did you mean nodePools?",
    ],
    [
        "a nested key is misspelt",
        { "cluster.systemPool": { minCout: 3 } },
        "cluster.systemPool.minCout: found a key that does not exist. Did you mean minCount?",
    ],
    [
        "a nested key is like no other",
        { "cluster.encryption": { rotation: true } },
        "cluster.encryption.rotation: found a key that does not exist, allowed are kms, customerManagedDisks. Remove it.",
    ],
    [
        "a key of a record's entry is misspelt",
        { "nodePools.apps.vmsize": "Standard_D4ds_v5" },
        "nodePools.apps.vmsize: found a key that does not exist. Did you mean vmSize?",
    ],
    [
        "a section is a text",
        { network: "10.40.0.0/20" },
        'network: found "10.40.0.0/20", allowed is a mapping with the keys addressSpace, subnetPrefixLengths, agentsSubnet, egress, hub, peers, trustedSources, privateDns. Write one `key: value` a line, indented.',
    ],
    [
        "a section is missing",
        { network: undefined },
        "network: found nothing, allowed is a mapping with the keys addressSpace, subnetPrefixLengths, agentsSubnet, egress, hub, peers, trustedSources, privateDns. Add it to the stack file.",
    ],
    [
        "a section is a list",
        { "cluster.apiServer": [] },
        "cluster.apiServer: found [], allowed is a mapping with the keys exposure, authorizedIpRanges, vnetIntegration, ownDnsZone, publicFqdn, runCommand. Write one `key: value` a line, indented.",
    ],
    [
        "the version is a number",
        { "cluster.kubernetesVersion": 1.36 },
        'cluster.kubernetesVersion: found 1.36, allowed is a Kubernetes minor version in quotes, such as "1.36". Put it in quotes and leave the patch out.',
    ],
    [
        "the version has a patch",
        { "cluster.kubernetesVersion": "1.36.3" },
        'cluster.kubernetesVersion: found "1.36.3", allowed is a Kubernetes minor version in quotes, such as "1.36". Put it in quotes and leave the patch out.',
    ],
    [
        "the version is missing",
        { "cluster.kubernetesVersion": undefined },
        'cluster.kubernetesVersion: found nothing, allowed is a Kubernetes minor version in quotes, such as "1.36". Add it to the stack file.',
    ],
    [
        "the tier does not exist",
        { "cluster.tier": "Gold" },
        'cluster.tier: found "Gold", allowed is one of Free, Standard, Premium. Choose one of them, spelt exactly so.',
    ],
    [
        "a switch is a text",
        { "protection.protect": "yes" },
        'protection.protect: found "yes", allowed is true or false. Write it without quotes.',
    ],
    [
        "a number is a text",
        { "nodePools.apps.minCount": "3" },
        'nodePools.apps.minCount: found "3", allowed is a whole number from 0 to 1000. Write a number in that range, without quotes.',
    ],
    [
        "a number has a fraction",
        { "nodePools.apps.maxCount": 2.5 },
        "nodePools.apps.maxCount: found 2.5, allowed is a whole number from 1 to 1000. Write a number in that range, without quotes.",
    ],
    [
        "a number is out of range",
        { "network.egress.natGatewayPublicIpCount": 17 },
        "network.egress.natGatewayPublicIpCount: found 17, allowed is a whole number from 1 to 16. Write a number in that range, without quotes.",
    ],
    [
        "a pool name has a hyphen",
        { "nodePools.apps-1": { vmSize: "Standard_D4ds_v5" } },
        'nodePools.apps-1: found the name "apps-1", allowed is 1 to 12 lower-case letters and digits, starting with a letter. Rename it.',
    ],
    [
        "a pool name has 13 characters",
        { "nodePools.applications1": { vmSize: "Standard_D4ds_v5" } },
        'nodePools.applications1: found the name "applications1", allowed is 1 to 12 lower-case letters and digits, starting with a letter. Rename it.',
    ],
    [
        "a machine size lacks its prefix",
        { "nodePools.apps.vmSize": "D4ds_v5" },
        'nodePools.apps.vmSize: found "D4ds_v5", allowed is an Azure machine size such as Standard_D4ds_v5. List them with `az vm list-skus --location <region> --size Standard_D --output table`.',
    ],
    [
        "a machine size is missing",
        { "nodePools.apps.vmSize": undefined },
        "nodePools.apps.vmSize: found nothing, allowed is an Azure machine size such as Standard_D4ds_v5. Add it to the stack file.",
    ],
    [
        "zones are numbers",
        { "nodePools.apps.zones": [1, 2] },
        [
            'nodePools.apps.zones[0]: found 1, allowed is "1", "2" or "3", in quotes. Write the zone in quotes.',
            'nodePools.apps.zones[1]: found 2, allowed is "1", "2" or "3", in quotes. Write the zone in quotes.',
        ],
    ],
    [
        "a taint has no effect",
        { "nodePools.apps.taints": ["dedicated"] },
        'nodePools.apps.taints[0]: found "dedicated", allowed is a taint as key=value:Effect with the effect NoSchedule, PreferNoSchedule or NoExecute. Write it as in dedicated=batch:NoSchedule.',
    ],
    [
        "a maintenance window is short",
        { "cluster.upgrades.clusterWindow": { dayOfWeek: "Sunday", startTime: "02:00", durationInHours: 3 } },
        "cluster.upgrades.clusterWindow.durationInHours: found 3, allowed is a whole number from 4 to 24. Write a number in that range, without quotes.",
    ],
    [
        "an offset lacks its zero",
        { "cluster.upgrades.clusterWindow": { dayOfWeek: "Sunday", startTime: "02:00", utcOffset: "+1:00" } },
        'cluster.upgrades.clusterWindow.utcOffset: found "+1:00", allowed is an offset from UTC in quotes, such as "+01:00". Put it in quotes; it does not follow summer time.',
    ],
    [
        "a day is abbreviated",
        { "cluster.upgrades.clusterWindow": { dayOfWeek: "Sun", startTime: "02:00" } },
        'cluster.upgrades.clusterWindow.dayOfWeek: found "Sun", allowed is one of Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday. Choose one of them, spelt exactly so.',
    ],
    [
        "a time has no zero",
        { "cluster.upgrades.clusterWindow": { dayOfWeek: "Sunday", startTime: "2:00" } },
        'cluster.upgrades.clusterWindow.startTime: found "2:00", allowed is a time of day as HH:MM, from 00:00 to 23:59. Put it in quotes.',
    ],
    [
        "nobody gets alerts",
        { "monitoring.alertEmails": [] },
        "monitoring.alertEmails: found [], allowed is a list of at least 1, each an e-mail address. Write one entry a line, each after a hyphen.",
    ],
    [
        "an e-mail address is none",
        { "monitoring.alertEmails": ["platform"] },
        'monitoring.alertEmails[0]: found "platform", allowed is an e-mail address. Name a mailbox that somebody reads.',
    ],
    [
        "the daily cap is too low",
        { "monitoring.logAnalytics": { dailyQuotaInGb: 0.01 } },
        "monitoring.logAnalytics.dailyQuotaInGb: found 0.01, allowed is a number from 0.023 to 4000. Write a number in that range, without quotes.",
    ],
    [
        "a budget starts within a month",
        {
            "governance.budget": {
                amountPerMonth: 100,
                startDate: "2026-12-15",
                contactEmails: ["a@example.com"],
            },
        },
        'governance.budget.startDate: found "2026-12-15", allowed is the first day of a month in quotes, such as "2026-12-01". Put it in quotes and let it end with -01.',
    ],
    [
        "the hub id is a name",
        { "network.hub": { virtualNetworkId: "vnet-hub" } },
        'network.hub.virtualNetworkId: found "vnet-hub", allowed is the id of a virtual network: /subscriptions/<id>/resourceGroups/<name>/providers/Microsoft.Network/virtualNetworks/<name>. Read it with `az network vnet show --resource-group <group> --name <name> --query id --output tsv`.',
    ],
    [
        "a zone id is of another zone",
        {
            "network.privateDns": { registry: false },
            "registry.privateDnsZoneId": zone("privatelink.vaultcore.azure.net"),
        },
        'registry.privateDnsZoneId: found "/subscriptions/x/resourceGroups/rg/providers/Microsoft.Network/privateDnsZones/..., allowed is the id of the private DNS zone: /subscriptions/<id>/resourceGroups/<name>/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io. Read it with `az network private-dns zone show --resource-group <group> --name privatelink.azurecr.io --query id --output tsv`.',
    ],
    [
        "a tag is a number",
        { tags: { "cost-center": 4711 } },
        "tags.cost-center: found 4711, allowed is a text. Put it in quotes.",
    ],
    [
        "an environment of tenants has capitals",
        { "tenants.environments": ["Test"] },
        'tenants.environments[0]: found "Test", allowed is a DNS label: up to 20 lower-case letters, digits and hyphens, starting and ending with a letter or digit. Rename it.',
    ],
    [
        "a port is 0",
        { "tenants.teams.payments.network": { egressCidrs: [{ cidr: "10.200.0.0/24", ports: [0] }] } },
        "tenants.teams.payments.network.egressCidrs[0].ports[0]: found 0, allowed is a whole number from 1 to 65535. Write a number in that range, without quotes.",
    ],
    [
        "a quantity has a space",
        { "tenants.sizes.small.quota.requestsMemory": "4 Gi" },
        'tenants.sizes.small.quota.requestsMemory: found "4 Gi", allowed is a Kubernetes quantity in quotes, such as 500m, 2 or 4Gi. Write a number and, where needed, one of the units m, k, M, G, T, Ki, Mi, Gi, Ti.',
    ],
    [
        "a quantity is a number",
        { "tenants.sizes.small.quota.requestsCpu": 2 },
        "tenants.sizes.small.quota.requestsCpu: found 2, allowed is a Kubernetes quantity in quotes, such as 500m, 2 or 4Gi. Write a number and, where needed, one of the units m, k, M, G, T, Ki, Mi, Gi, Ti.",
    ],
    [
        "a team name has an underscore",
        { "tenants.teams.pay_ments": { size: "small" } },
        'tenants.teams.pay_ments: found the name "pay_ments", allowed is a DNS label: up to 40 lower-case letters, digits and hyphens, starting and ending with a letter or digit. Rename it.',
    ],
    [
        "a group id is a name",
        { "access.groups.platform": "AKS admins" },
        'access.groups.platform: found "AKS admins", allowed is a GUID such as 0b1f6471-1bf0-4dda-aec3-cb9272f09590. Read it with `az ad group show --group "<name>" --query id --output tsv`.',
    ],
    [
        "nobody administers the cluster",
        { "access.adminGroups": [] },
        "access.adminGroups: found [], allowed is a list of at least 1, each a key of access.groups or access.createGroups. Write one entry a line, each after a hyphen.",
    ],
    [
        "the deployer is missing",
        { "access.deployer": undefined },
        "access.deployer: found nothing, allowed is a mapping with the keys objectId, principalType. Add it to the stack file.",
    ],
    [
        "the retired community controller is asked for",
        { "kubernetes.ingress": { controller: "ingress-nginx" } },
        'kubernetes.ingress.controller: found "ingress-nginx", allowed is one of Traefik, Custom, None. The community ingress-nginx controller is retired: since March 2026 it gets no releases and no security fixes (https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement). Use `Traefik` (the default; its kubernetesIngressNGINX provider reads most ingress-nginx annotations), `Custom` with a maintained chart such as Envoy Gateway (`oci://docker.io/envoyproxy/gateway-helm`) or F5\'s NGINX (`oci://ghcr.io/nginx/charts/nginx-ingress`), or `None` beside a managed one: the Gateway API implementation of application routing, or Application Gateway for Containers.',
    ],
    [
        "the retired add-on is asked for",
        { "kubernetes.ingress": { controller: "webAppRouting" } },
        'kubernetes.ingress.controller: found "webAppRouting", allowed is one of Traefik, Custom, None. The managed NGINX of the AKS application routing add-on is retired: it gets security fixes until November 2026 only (https://github.com/Azure/AKS/issues/5516). Use `Traefik` (the default; its kubernetesIngressNGINX provider reads most ingress-nginx annotations), `Custom` with a maintained chart such as Envoy Gateway (`oci://docker.io/envoyproxy/gateway-helm`) or F5\'s NGINX (`oci://ghcr.io/nginx/charts/nginx-ingress`), or `None` beside a managed one: the Gateway API implementation of application routing, or Application Gateway for Containers.',
    ],
    [
        "an unknown controller is asked for",
        { "kubernetes.ingress": { controller: "HAProxy" } },
        'kubernetes.ingress.controller: found "HAProxy", allowed is one of Traefik, Custom, None. Choose one of them, spelt exactly so.',
    ],
    [
        "a secret has the wrong form, and is not shown",
        {
            "cluster.upgrades": { nodePatching: "Kured" },
            "kubernetes.kured": { ...kured, notifyUrl: "hunter2" },
        },
        "kubernetes.kured.notifyUrl: found a secret that is not shown here, allowed is a shoutrrr URL such as slack://... or teams://.... Set it with `pulumi config set --secret --path 'kubernetes.kured.notifyUrl' <url>`.",
    ],
    [
        "a reboot day is written out",
        {
            "cluster.upgrades": { nodePatching: "Kured" },
            "kubernetes.kured": {
                window: { days: ["monday"], startTime: "01:00", endTime: "05:00", timeZone: "UTC" },
            },
        },
        'kubernetes.kured.window.days[0]: found "monday", allowed is one of mo, tu, we, th, fr, sa, su. Choose one of them, spelt exactly so.',
    ],
    [
        "a placeholder stands where none can",
        { "cluster.tier": "<Free or Standard>" },
        'cluster.tier: found "<Free or Standard>", allowed is one of Free, Standard, Premium. Replace the placeholder. Choose one of them, spelt exactly so.',
    ],
    [
        "a replica in no region",
        { registry: { replicaLocations: ["north europe"] } },
        'registry.replicaLocations[0]: found "north europe", allowed is an Azure region in lower case such as westeurope. A region that is missing is added in components/internal/rules/regions.ts.',
    ],
    [
        "Grafana without an administrator",
        { "monitoring.grafana": { publicNetworkAccess: true, adminGroups: [] } },
        "monitoring.grafana.adminGroups: found [], allowed is a list of at least 1, each a key of access.groups or access.createGroups. Write one entry a line, each after a hyphen.",
    ],
    [
        "a team name is too long",
        { "tenants.teams": { "a-team-with-a-name-that-is-long-enough-ok1": { size: "small" } } },
        'tenants.teams.a-team-with-a-name-that-is-long-enough-ok1: found the name "a-team-with-a-name-that-is-long-enough-ok1", allowed is a DNS label: up to 40 lower-case letters, digits and hyphens, starting and ending with a letter or digit. Rename it.',
    ],
    [
        "a label's value is a number",
        { "nodePools.apps.labels": { tier: 1 } },
        "nodePools.apps.labels.tier: found 1, allowed is up to 63 letters, digits, periods, underscores and hyphens, in quotes where it is a number. Shorten it or put it in quotes.",
    ],
    [
        "a label has a space",
        { "tenants.teams.payments.labels": { "cost center": "4711" } },
        'tenants.teams.payments.labels["cost center"]: found the name "cost center", allowed is a label of Kubernetes such as workload or example.com/workload. Rename it.',
    ],
    [
        "an upgrade can neither add nodes nor take any away",
        { "nodePools.apps.upgrade": { maxSurge: "0" } },
        'nodePools.apps.upgrade.maxSurge: `upgrade.maxSurge` is "0" and `upgrade.maxUnavailable` is not more: an upgrade could neither add a node nor take one out. Make one of them more than 0.',
    ],
    [
        "a surge of more than all nodes",
        { "nodePools.apps.upgrade": { maxSurge: "101%" } },
        'nodePools.apps.upgrade.maxSurge: found "101%", allowed is a number of nodes or a percentage up to 100 in quotes, such as "1" or "33%". Put it in quotes.',
    ],
    [
        "an image registry with a scheme",
        { "kubernetes.imageRegistry": "https://registry.example.com" },
        'kubernetes.imageRegistry: found "https://registry.example.com", allowed is a registry host, with a path if need be, such as crlzprodweu.azurecr.io/mirror. Leave out the scheme.',
    ],
];
