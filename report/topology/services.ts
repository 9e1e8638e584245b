import { azureRoles } from "../../components/internal/azureRoles";
import type { CapturedResource } from "../../simulator/capture";
import { roleGuid } from "../../stack/roleTitles";
import { types } from "../../stack/resourceTypes";
import { platformName } from "../../stack/stackView";
import type { StackView } from "../../stack/stackView";
import { at, recordsAt, sameId, textAt } from "../../stack/values";
import { apiServerHome, placeId } from "./inside";
import type { Outside } from "./outside";
import { place } from "./place";
import type { Flow, Place } from "./place";

/** Azure services with a box of their own, by type, with what people call them. */
const services: Readonly<Record<string, string>> = {
    [types.vault]: "Key Vault",
    [types.registry]: "Registry",
    [types.storageAccount]: "Storage account",
    [types.logAnalyticsWorkspace]: "Log Analytics",
    [types.azureMonitorWorkspace]: "Managed Prometheus",
    [types.grafana]: "Grafana",
};

/** Services whose data people and machines ask for by a public name, if it is open. Telemetry is taken in, not given out. */
const asked: readonly string[] = [types.vault, types.registry, types.storageAccount, types.grafana];

/** The boxes of the services. */
export function servicePlaces(stack: StackView): Place[] {
    return Object.entries(services).flatMap(([type, title]) =>
        stack.ofType(type).map((service) =>
            place(placeId(service), "service", title, {
                lines: [
                    platformName(service),
                    ...(asked.includes(type) ? [`${openness(service)} endpoint`] : []),
                ],
            }),
        ),
    );
}

/** Who reaches the services, and how. */
export function serviceFlows(stack: StackView, outside: Outside): Flow[] {
    return [
        ...privateFlows(stack, outside),
        ...publicFlows(stack, outside),
        ...pullFlows(stack),
        ...telemetryFlows(stack, outside),
        ...grafanaFlows(stack),
    ];
}

function privateFlows(stack: StackView, outside: Outside): Flow[] {
    return stack.ofType(types.privateEndpoint).flatMap((endpoint) =>
        recordsAt(endpoint.inputs, "privateLinkServiceConnections").flatMap((connection): Flow[] => {
            const id = textAt(connection, "privateLinkServiceId");
            if (id === undefined) {
                return [];
            }
            return [
                {
                    direction: "out",
                    from: placeId(endpoint),
                    to: serviceId(stack, id, outside),
                    what: "Private Link",
                    by: `private endpoint ${platformName(endpoint)}`,
                    purpose: "Stays in Azure's own network.",
                },
            ];
        }),
    );
}

function publicFlows(stack: StackView, outside: Outside): Flow[] {
    return asked
        .flatMap((type) => stack.ofType(type))
        .filter((service) => openness(service) !== "private")
        .map((service) => {
            const ranges = listedRanges(service);
            return {
                direction: "in",
                from: ranges.length > 0 ? outside.ranges(ranges) : outside.internet("source"),
                to: placeId(service),
                what: "443 (TCP)",
                by: "public network access",
                purpose: "Its public name; who may do something there is a matter of roles.",
            };
        });
}

/** Images go the public way where no private endpoint of the registry is there. */
function pullFlows(stack: StackView): Flow[] {
    const pullers = stack
        .ofType(types.roleAssignment)
        .filter(({ inputs }) => roleGuid(textAt(inputs, "roleDefinitionId")) === azureRoles.acrPull.id);
    return stack.ofType(types.registry).flatMap((registry) => {
        const hasEndpoint = stack
            .ofType(types.privateEndpoint)
            .some(({ inputs }) =>
                recordsAt(inputs, "privateLinkServiceConnections").some((connection) =>
                    sameId(textAt(connection, "privateLinkServiceId"), registry.id),
                ),
            );
        const isPulled = pullers.some(({ inputs }) => sameId(textAt(inputs, "scope"), registry.id));
        return hasEndpoint || !isPulled
            ? []
            : stack.ofType(types.cluster).map((cluster): Flow => ({
                  direction: "out",
                  from: placeId(cluster),
                  to: placeId(registry),
                  what: "443 (TCP)",
                  by: "role AcrPull",
                  purpose: "Nodes pull images by the registry's public name, with their own identity.",
              }));
    });
}

/** What data collection rules and diagnostic settings of the cluster send, where. */
function telemetryFlows(stack: StackView, outside: Outside): Flow[] {
    return stack.ofType(types.cluster).flatMap((cluster) => {
        const rules = stack
            .ofType(types.dataCollectionAssociation)
            .filter(({ inputs }) => sameId(textAt(inputs, "resourceUri"), cluster.id))
            .flatMap(({ inputs }) => stack.withId(textAt(inputs, "dataCollectionRuleId")) ?? []);
        const collected = rules.flatMap((rule) => {
            const by = `data collection rule ${platformName(rule)}`;
            const purpose = textAt(rule.inputs, "description") ?? "";
            const to = [
                ...recordsAt(rule.inputs, "destinations", "logAnalytics").map((one) => ({
                    id: textAt(one, "workspaceResourceId"),
                    what: "logs",
                })),
                ...recordsAt(rule.inputs, "destinations", "monitoringAccounts").map((one) => ({
                    id: textAt(one, "accountResourceId"),
                    what: "metrics",
                })),
            ];
            return to.flatMap(({ id, what }): Flow[] =>
                id === undefined
                    ? []
                    : [
                          {
                              direction: "out",
                              from: placeId(cluster),
                              to: serviceId(stack, id, outside),
                              what,
                              by,
                              purpose,
                          },
                      ],
            );
        });
        const diagnostics = stack
            .ofType(types.diagnosticSetting)
            .filter(({ inputs }) => sameId(textAt(inputs, "resourceUri"), cluster.id))
            .flatMap((setting): Flow[] => {
                const id = textAt(setting.inputs, "workspaceId");
                return id === undefined
                    ? []
                    : [
                          {
                              direction: "out",
                              from: apiServerHome(stack, cluster),
                              to: serviceId(stack, id, outside),
                              what: "logs",
                              by: `diagnostic setting ${platformName(setting)}`,
                              purpose:
                                  "Logs of the control plane, the audit log among them where it is chosen.",
                          },
                      ];
            });
        return [...collected, ...diagnostics];
    });
}

function grafanaFlows(stack: StackView): Flow[] {
    return stack.ofType(types.grafana).flatMap((grafana) =>
        recordsAt(
            grafana.inputs,
            "properties",
            "grafanaIntegrations",
            "azureMonitorWorkspaceIntegrations",
        ).flatMap((integration): Flow[] => {
            const workspace = stack.withId(textAt(integration, "azureMonitorWorkspaceResourceId"));
            return workspace
                ? [
                      {
                          direction: "out",
                          from: placeId(grafana),
                          to: placeId(workspace),
                          what: "queries",
                          by: "Grafana's workspace integration",
                          purpose: "Dashboards read metrics with Grafana's own identity.",
                      },
                  ]
                : [];
        }),
    );
}

/** `private`, `restricted` (from listed addresses or by a firewall) or `public`. */
function openness(service: CapturedResource): "private" | "restricted" | "public" {
    const access =
        textAt(service.inputs, "publicNetworkAccess") ??
        textAt(service.inputs, "properties", "publicNetworkAccess");
    if (access?.toLowerCase() === "disabled") {
        return "private";
    }
    return firewallOf(service).some((rules) => textAt(rules, "defaultAction") === "Deny")
        ? "restricted"
        : "public";
}

function listedRanges(service: CapturedResource): string[] {
    return firewallOf(service).flatMap((rules) =>
        recordsAt(rules, "ipRules").flatMap(
            (rule) =>
                textAt(rule, "value") ??
                textAt(rule, "iPAddressOrRange") ??
                textAt(rule, "ipAddressOrRange") ??
                [],
        ),
    );
}

/** Vault, registry and storage account call their firewalls differently. */
function firewallOf({ inputs }: CapturedResource): unknown[] {
    return [at(inputs, "properties", "networkAcls"), at(inputs, "networkRuleSet")].filter(
        (rules) => rules !== undefined,
    );
}

function serviceId(stack: StackView, id: string, outside: Outside): string {
    const service = stack.withId(id);
    return service && service.type in services
        ? placeId(service)
        : outside.other(id.toLowerCase(), "service", id.split("/").pop() ?? id, ["outside this stack"]);
}
