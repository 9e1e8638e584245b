/** A service that has a private endpoint. */
export interface PrivateEndpointInput {
    /** Whether the service is reached by a private endpoint at all. */
    isPrivate: boolean;
    /** Whether this stack makes the private DNS zone. */
    ownsZone: boolean;
    /** Setting that decides it, such as network.privateDns.registry. */
    zoneSetting: string;
    /** Id of an existing zone. */
    privateDnsZoneId?: string;
}

/** Whether a private endpoint has exactly one zone to be found by; a sentence when it has not. */
export function privateZoneProblems({
    isPrivate,
    ownsZone,
    zoneSetting,
    privateDnsZoneId,
}: PrivateEndpointInput): string[] {
    if (privateDnsZoneId !== undefined && !isPrivate) {
        return ["`privateDnsZoneId` is set, but there is no private endpoint to register in it. Remove it."];
    }
    if (privateDnsZoneId !== undefined && ownsZone) {
        return [
            `\`privateDnsZoneId\` is set, but ${zoneSetting} is true: the network would have two zones of one name. ` +
                `Set ${zoneSetting} to false, or remove \`privateDnsZoneId\`.`,
        ];
    }
    return isPrivate && !ownsZone && privateDnsZoneId === undefined
        ? [
              `\`privateDnsZoneId\` is missing: ${zoneSetting} is false, so nothing would resolve the private endpoint's name. ` +
                  `Give the id of the existing zone, or set ${zoneSetting} to true.`,
          ]
        : [];
}
