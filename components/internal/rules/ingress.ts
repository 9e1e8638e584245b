import { chartName } from "../charts";
import { cidrProblem, containsAddress, isIpv4Address, parseCidr } from "../cidr";
import { explainRefusedController } from "../ingressChoices";

/** The ingress settings that can contradict each other. */
export interface IngressInput {
    controller: string;
    custom?: { chart: string };
    exposure: string;
    loadBalancerIp?: string;
    allowedSourceRanges: readonly string[];
    /** Range of the subnet of internal load balancers. */
    ingressSubnet?: string;
}

/** What the ingress would refuse or silently not do, a sentence each. */
export function ingressProblems(input: IngressInput): string[] {
    return [
        ...controllerProblems(input),
        ...addressProblems(input),
        ...sourceProblems(input.allowedSourceRanges),
    ];
}

/** Whether replies to clients on the Internet find their way back; a sentence when they do not. */
export function publicIngressProblems(exposure: string, egressType: string): string[] {
    return exposure === "Public" && egressType === "Firewall"
        ? [
              "`exposure` is Public, but network.egress.type is Firewall: replies to clients would leave through the firewall, which " +
                  "drops them because it never saw the request. Publish an Internal ingress by a DNAT rule of the firewall.",
          ]
        : [];
}

function controllerProblems({ controller, custom }: IngressInput): string[] {
    if (controller === "Custom" && custom === undefined) {
        return [
            "`custom` is missing: controller Custom needs the chart to install. Set `custom`, or another `controller`.",
        ];
    }
    if (controller !== "Custom" && custom !== undefined) {
        return [
            `\`custom\` is set, but \`controller\` is ${controller}. Set \`controller\` to Custom, or remove \`custom\`.`,
        ];
    }
    const refusal = custom && explainRefusedController(chartName(custom.chart));
    return custom === undefined || refusal === undefined
        ? []
        : [`\`custom.chart\` ${custom.chart} is refused. ${refusal}`];
}

function addressProblems({
    controller,
    exposure,
    loadBalancerIp: address,
    ingressSubnet,
}: IngressInput): string[] {
    if (address === undefined) {
        return [];
    }
    if (controller !== "Traefik" || exposure === "Public") {
        return [
            `\`loadBalancerIp\` is ${address}, but only an internal address of Traefik can be chosen. ` +
                "Remove `loadBalancerIp`, or set `exposure` to Internal and `controller` to Traefik.",
        ];
    }
    if (!isIpv4Address(address)) {
        return [
            `\`loadBalancerIp\` is "${address}", which is no IPv4 address. Use a free one of the ingress subnet.`,
        ];
    }
    return ingressSubnet !== undefined && !containsAddress(parseCidr(ingressSubnet), address)
        ? [
              `\`loadBalancerIp\` ${address} is outside the ingress subnet ${ingressSubnet}. Use a free address inside it.`,
          ]
        : [];
}

function sourceProblems(ranges: readonly string[]): string[] {
    return ranges.flatMap((range, index) => {
        const problem = cidrProblem(range);
        return problem === undefined ? [] : [`\`allowedSourceRanges[${index}]\` "${range}" ${problem}.`];
    });
}
