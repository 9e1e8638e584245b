import type { CapturedResource } from "../../simulator/capture";
import { types } from "../../stack/resourceTypes";
import { shortType } from "../../engine/names";
import { isAzure } from "../../stack/stackView";
import type { StackView } from "../../stack/stackView";
import { agentPoolLines, clusterLines } from "./compute";
import { asRange, cents, unknown } from "./lines";
import type { CostLine, LineContext, Range } from "./lines";
import { priceTable } from "./prices";
import { dataLines, loadBalancerLines, networkLines } from "./services";

/** What a stack costs a month, as far as it can be known. */
export interface CostEstimate {
    currency: string;
    /** When the price table was put together; every line carries the date of its own price. */
    pricesCollected: string;
    hoursPerMonth: number;
    lines: CostLine[];
    /** Sum of the lines with an amount: at the autoscaler's least and most. */
    monthly: Range;
    /** What the sum leaves out because the table has no price for the region. */
    unknown: string[];
    /** What those of them would add that have a price in another region. */
    elsewhere: Range;
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

/** Estimates the monthly cost of a stack from its resources. A type that the tables do not know is listed as unknown. */
export function estimateCost(stack: StackView): CostEstimate {
    const lines = inTreeOrder(stack)
        .filter(isAzure)
        .flatMap((resource) => {
            const context = { stack, resource };
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
    const unknownItems = lines.filter(({ basis }) => basis === "unknown").map(({ item }) => item);
    return {
        currency: priceTable.currency,
        pricesCollected: priceTable.collected,
        hoursPerMonth: priceTable.hoursPerMonth,
        lines,
        monthly: sumOf(lines.map(({ monthly }) => monthly)),
        unknown: [...new Set(unknownItems)],
        elsewhere: sumOf(lines.map(({ elsewhere }) => elsewhere?.monthly)),
    };
}

/** Resources in the order of their components: that of the registrations is not the program's. */
function inTreeOrder(stack: StackView): CapturedResource[] {
    const position = new Map(stack.resources.map(({ urn }, index) => [urn, index]));
    const componentPosition = (resource: CapturedResource) =>
        position.get(stack.componentOf(resource)?.urn ?? "") ?? -1;
    return [...stack.resources].sort((one, other) => componentPosition(one) - componentPosition(other));
}

function sumOf(ranges: readonly (Range | undefined)[]): Range {
    return ranges.reduce<Range>(
        (sum, range) => ({
            minimum: cents(sum.minimum + (range?.minimum ?? 0)),
            maximum: cents(sum.maximum + (range?.maximum ?? 0)),
        }),
        asRange(0),
    );
}
