import { chartName } from "../charts";
import { cidrProblem, containsAddress, isIpv4Address, nthAddress, parseCidr } from "../cidr";
import type { Cidr } from "../cidr";
import { explainRefusedController } from "../ingressChoices";

/** The ingress settings that can contradict each other. */
export interface IngressInput {
    controller: string;
    custom?: { chart: string; repository?: string };
    /** Where all charts are taken from; absent where each comes from its own place. */
    chartMirror?: string;
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

function controllerProblems({ controller, custom, chartMirror }: IngressInput): string[] {
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
    if (custom === undefined) {
        return [];
    }
    const refusal = explainRefusedController(chartName(custom.chart));
    const isBareName = !custom.chart.includes("/");
    return [
        ...(refusal === undefined ? [] : [`\`custom.chart\` ${custom.chart} is refused. ${refusal}`]),
        ...(isBareName && custom.repository === undefined && chartMirror === undefined
            ? [
                  `\`custom.repository\` is missing: \`custom.chart\` ${custom.chart} is a name alone. ` +
                      "Give the repository that has it, or an oci:// path as the chart.",
              ]
            : []),
    ];
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
    return ingressSubnet === undefined ? [] : subnetProblems(address, parseCidr(ingressSubnet));
}

// Azure keeps the first four addresses of every subnet and the last one.
const keptAtStart = 4;

function subnetProblems(address: string, subnet: Cidr): string[] {
    if (!containsAddress(subnet, address)) {
        return [
            `\`loadBalancerIp\` ${address} is outside the ingress subnet ${subnet.text}. Use a free address inside it.`,
        ];
    }
    const position = parseCidr(`${address}/32`).first - subnet.first;
    return position < keptAtStart || position === subnet.size - 1
        ? [
              `\`loadBalancerIp\` ${address} is one of the addresses of the ingress subnet ${subnet.text} that Azure keeps. ` +
                  `Use one from ${nthAddress(subnet, keptAtStart)} to ${nthAddress(subnet, subnet.size - 2)}.`,
          ]
        : [];
}

function sourceProblems(ranges: readonly string[]): string[] {
    return ranges.flatMap((range, index) => {
        const problem = cidrProblem(range);
        return problem === undefined ? [] : [`\`allowedSourceRanges[${index}]\` "${range}" ${problem}.`];
    });
}
