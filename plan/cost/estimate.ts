import type { CapturedResource } from "../../simulator/capture";
import { types } from "../../stack/resourceTypes";
import { shortType } from "../../engine/names";
import { isAzure } from "../../stack/stackView";
import type { StackView } from "../../stack/stackView";
import { agentPoolLines, clusterLines } from "./compute";
import { assumptions } from "./assumptions";
import type { Assumption } from "./assumptions";
import { inCents, sumOf, unknown } from "./lines";
import type { CostLine, LineContext, Spread } from "./lines";
import type { CostComparison } from "./difference";
import type { LivePrices } from "./live/liveBook";
import { tableBook } from "./priceBook";
import type { PriceBook } from "./priceBook";
import { priceTable } from "./prices";
import { dataLines, loadBalancerLines, networkLines } from "./services";

/** What a stack costs a month, as far as it can be known. */
export interface CostEstimate {
    currency: string;
    /** When the price table was put together; every line carries the date of its own price. */
    pricesCollected: string;
    hoursPerMonth: number;
    /** What became of asking Azure for its prices of today; absent where nobody asked. */
    live?: LivePrices;
    /** How it differs from another plan; absent where nobody asked. */
    comparison?: CostComparison;
    /** What is taken for granted where nobody can know. */
    assumptions: readonly Assumption[];
    lines: CostLine[];
    /** Sum of the lines with an amount. */
    monthly: Spread;
    /** Items in the sum whose price is that of another region by the regions' factors. */
    estimated: string[];
    /** What the sum leaves out because no price is known. */
    unknown: string[];
    /** What those of them would add that have a price in another region. */
    elsewhere: Spread;
}

const rules: Readonly<Record<string, (context: LineContext) => CostLine[]>> = {
    ...networkLines,
    ...dataLines,
    [types.cluster]: (context) => [...clusterLines(context), ...loadBalancerLines(context)],
    [types.agentPool]: agentPoolLines,
};

/** Azure resources without a meter of their own: what they lead to is paid elsewhere, or nothing is. */
const withoutMeter: readonly string[] = [
    "azure-native:authorization:ManagementLockByScope",
    "azure-native:compute:DiskEncryptionSet",
    "azure-native:consumption:Budget",
    "azure-native:containerregistry:CacheRule",
    "azure-native:containerservice:MaintenanceConfiguration",
    "azure-native:managedidentity:FederatedIdentityCredential",
    "azure-native:managedidentity:UserAssignedIdentity",
    "azure-native:monitor:DataCollectionEndpoint",
    "azure-native:monitor:DataCollectionRule",
    "azure-native:monitor:DataCollectionRuleAssociation",
    "azure-native:monitor:DiagnosticSetting",
    "azure-native:network:NetworkSecurityGroup",
    "azure-native:network:PrivateDnsZoneGroup",
    "azure-native:network:RouteTable",
    "azure-native:network:Subnet",
    "azure-native:network:VirtualNetwork",
    "azure-native:operationalinsights:Table",
    "azure-native:privatedns:VirtualNetworkLink",
    "azure-native:resources:Deployment",
    "azure-native:resources:ResourceGroup",
    "azure-native:storage:BlobContainer",
    "azure-native:storage:ManagementPolicy",
    types.blobService,
    types.policyAssignment,
    types.roleAssignment,
    types.roleDefinition,
];

/**
 * Estimates the monthly cost of a stack from its resources. A type that the tables do not know is listed as unknown.
 * Prices are those of the table where no book is given.
 */
export function estimateCost(stack: StackView, book: PriceBook = tableBook): CostEstimate {
    const lines = inTreeOrder(stack)
        .filter(isAzure)
        .flatMap((resource) => {
            const context = { stack, resource, book };
            const rule = rules[resource.type];
            if (rule) {
                return rule(context);
            }
            return withoutMeter.includes(resource.type)
                ? []
                : [
                      unknown(context, {
                          item: shortType(resource.type),
                          note: "the estimate has no rule for this type",
                      }),
                  ];
        });
    const itemsOf = (chosen: readonly CostLine[]) => [...new Set(chosen.map(({ item }) => item))];
    return {
        currency: priceTable.currency,
        pricesCollected: priceTable.collected,
        hoursPerMonth: priceTable.hoursPerMonth,
        assumptions,
        lines,
        monthly: inCents(sumOf(lines.map(({ monthly }) => monthly))),
        estimated: itemsOf(lines.filter(({ unitPrice }) => unitPrice?.estimatedFrom !== undefined)),
        unknown: itemsOf(lines.filter(({ basis }) => basis === "unknown")),
        elsewhere: inCents(sumOf(lines.map(({ elsewhere }) => elsewhere?.monthly))),
    };
}

/** Resources in the order of their components: that of the registrations is not the program's. */
function inTreeOrder(stack: StackView): CapturedResource[] {
    const position = new Map(stack.resources.map(({ urn }, index) => [urn, index]));
    const componentPosition = (resource: CapturedResource) =>
        position.get(stack.componentOf(resource)?.urn ?? "") ?? -1;
    return [...stack.resources].sort((one, other) => componentPosition(one) - componentPosition(other));
}
