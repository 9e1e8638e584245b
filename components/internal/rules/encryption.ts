/** What the encryption of Kubernetes secrets with a key of the stack's vault depends on. */
export interface KmsInput {
    kms: boolean;
    vnetIntegration: boolean;
    /** Whether listed public ranges may reach the vault. */
    vaultIsPublic: boolean;
}

/** Whether the vault's keys cannot be lost; a sentence when they can. `setting` is what asks for a key. */
export function keyProtectionProblems(setting: string, isAsked: boolean, purgeProtection: boolean): string[] {
    return isAsked && !purgeProtection
        ? [
              `\`${setting}\` is true, but keyVault.purgeProtection is false: what a purged key encrypted is lost. ` +
                  "Set purgeProtection to true.",
          ]
        : [];
}

/** Whether the API server can reach its key, a sentence each where it cannot. */
export function kmsProblems({ kms, vnetIntegration, vaultIsPublic }: KmsInput): string[] {
    if (!kms) {
        return [];
    }
    return [
        ...(vnetIntegration
            ? []
            : [
                  "`encryption.kms` is true, but `apiServer.vnetIntegration` is false: the API server reaches a private vault only " +
                      "from within the network. Set one of them the other way.",
              ]),
        ...(vaultIsPublic
            ? [
                  "`encryption.kms` is true, but keyVault.publicNetworkAccess is true: AKS takes a vault without public access, or one " +
                      "without a firewall, which this landing zone does not make. Set one of them to false.",
              ]
            : []),
    ];
}
