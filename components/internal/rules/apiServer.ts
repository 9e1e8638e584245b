/** How the Kubernetes API is found, as far as settings can contradict each other. */
export interface ApiServerZoneInput {
    exposure: string;
    ownDnsZone: boolean;
}

/** Whether a DNS zone of the stack's own is of use to the API server; a sentence when it is not. */
export function apiServerZoneProblems({ exposure, ownDnsZone }: ApiServerZoneInput): string[] {
    return ownDnsZone && exposure !== "Private"
        ? [
              `\`ownDnsZone\` is true, but \`exposure\` is ${exposure}: only a private API server has a private DNS zone. ` +
                  "Set `ownDnsZone` to false or `exposure` to Private.",
          ]
        : [];
}
