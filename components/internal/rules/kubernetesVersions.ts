/** Support of a Kubernetes minor version by AKS, as months. */
interface VersionSupport {
    /** Last month of community support. */
    readonly standard: string;
    /** Last month of long-term support, which needs the Premium tier. */
    readonly longTerm: string;
    /** True when standard support is over, so that long-term support is the only one left. */
    readonly longTermOnly: boolean;
}

/**
 * Minor versions that AKS supports, as in "Supported Kubernetes versions in AKS"
 * (https://learn.microsoft.com/azure/aks/supported-kubernetes-versions, 2026-08-05) and the AKS release notes to 2026-09.
 */
export const kubernetesVersions: Readonly<Record<string, VersionSupport>> = {
    "1.33": { standard: "July 2026", longTerm: "July 2027", longTermOnly: true },
    "1.34": { standard: "November 2026", longTerm: "November 2027", longTermOnly: false },
    "1.35": { standard: "March 2027", longTerm: "March 2028", longTermOnly: false },
    "1.36": { standard: "June 2027", longTerm: "June 2028", longTermOnly: false },
};

/** Whether AKS supports the minor version; a sentence when it does not. */
export function kubernetesVersionProblems(kubernetesVersion: string, longTermSupport: boolean): string[] {
    const support = kubernetesVersions[kubernetesVersion];
    if (support === undefined) {
        const known = Object.entries(kubernetesVersions).map(
            ([minor, { standard }]) => `${minor} (to ${standard})`,
        );
        return [
            `\`kubernetesVersion\` is "${kubernetesVersion}", which is not in the table of supported minor versions: ` +
                `${known.join(", ")}. Use one of them.`,
        ];
    }
    return support.longTermOnly && !longTermSupport
        ? [
              `\`kubernetesVersion\` is "${kubernetesVersion}", whose standard support ended in ${support.standard}: it is left with ` +
                  `long-term support, to ${support.longTerm}. Use a later version, or set \`longTermSupport\` to true with tier Premium.`,
          ]
        : [];
}
