import { cacheRuleProblems } from "./cacheRules";
import type { CacheRuleInput } from "./cacheRules";
import { duplicates } from "./duplicates";
import { nameProblem } from "./naming";
import { serviceFirewallProblems } from "./serviceFirewall";
import type { ServiceFirewallInput } from "./serviceFirewall";

/** The arguments of a registry that Azure's rules are about. */
export interface RegistryRuleInput extends ServiceFirewallInput {
    registryName: string;
    location: unknown;
    sku?: string;
    zoneRedundant?: boolean;
    replicaLocations?: readonly string[];
    dataEndpoint?: boolean;
    trustedServicesBypass?: boolean;
    untaggedRetentionInDays?: number;
    exportEnabled?: boolean;
    privateEndpoint?: unknown;
    pullPrincipals?: readonly { key: string; principalId: unknown }[];
    cacheRules?: readonly CacheRuleInput[];
}

/** What Azure would refuse about a registry, one sentence each; empty when it is good. */
export function registryProblems(registry: RegistryRuleInput): string[] {
    const name = nameProblem("registry", registry.registryName);
    const isPremium = (registry.sku ?? "Premium") === "Premium";
    return [
        ...(name ? [`\`registryName\` is "${registry.registryName}": ${name}. Choose another name.`] : []),
        ...(isPremium ? premiumProblems(registry) : smallSkuProblems(registry)),
        ...pullProblems(registry.pullPrincipals ?? []),
        ...cacheRuleProblems(registry.cacheRules ?? []),
    ];
}

function smallSkuProblems(registry: RegistryRuleInput): string[] {
    const premiumOnly: [argument: string, isAsked: boolean][] = [
        ["zoneRedundant", registry.zoneRedundant === true],
        ["replicaLocations", (registry.replicaLocations ?? []).length > 0],
        ["dataEndpoint", registry.dataEndpoint === true],
        ["allowedIpRanges", (registry.allowedIpRanges ?? []).length > 0],
        ["trustedServicesBypass", registry.trustedServicesBypass === true],
        ["untaggedRetentionInDays", (registry.untaggedRetentionInDays ?? 0) !== 0],
        ["exportEnabled: false", registry.exportEnabled === false],
        ["privateEndpoint", registry.privateEndpoint !== undefined],
    ];
    const asked = premiumOnly.filter(([, isAsked]) => isAsked).map(([argument]) => `\`${argument}\``);
    const sku = `\`sku\` is "${registry.sku}"`;
    return [
        ...(asked.length > 0
            ? [
                  `${sku} but Azure offers ${asked.join(", ")} on Premium only. Leave that out or set \`sku\` to "Premium".`,
              ]
            : []),
        ...(registry.publicNetworkAccess === true
            ? []
            : [
                  `${sku}, which Azure cannot make private, and \`publicNetworkAccess\` is not true. ` +
                      'Set `publicNetworkAccess: true` to accept that, or set `sku` to "Premium".',
              ]),
    ];
}

function premiumProblems(registry: RegistryRuleInput): string[] {
    const { untaggedRetentionInDays: days, publicNetworkAccess = false, exportEnabled = false } = registry;
    return [
        ...serviceFirewallProblems(registry),
        ...(publicNetworkAccess && !exportEnabled
            ? [
                  "`publicNetworkAccess` is true but `exportEnabled` is false: Azure switches export off only on registries " +
                      "without public access. Set `exportEnabled: true` or `publicNetworkAccess: false`.",
              ]
            : []),
        ...(days === undefined || (Number.isInteger(days) && days >= 0 && days <= 365)
            ? []
            : [
                  `\`untaggedRetentionInDays\` is ${days}: Azure allows whole numbers up to 365; ` +
                      "0 keeps untagged manifests for ever.",
              ]),
        ...replicaProblems(registry.replicaLocations ?? [], registry.location),
    ];
}

function replicaProblems(locations: readonly string[], home: unknown): string[] {
    return [
        ...locations
            .filter((location) => !/^[a-z0-9]+$/.test(location))
            .map(
                (location) =>
                    `\`replicaLocations\` has "${location}", which is no region name. Write it like "northeurope", ` +
                    "lower-case and without spaces.",
            ),
        ...duplicates(locations).map(
            (location) =>
                `\`replicaLocations\` has "${location}" twice: Azure keeps one replica in a region. Remove one.`,
        ),
        ...locations
            .filter(
                (location) => typeof home === "string" && location === home.replace(/ /g, "").toLowerCase(),
            )
            .map(
                (location) =>
                    `\`replicaLocations\` has "${location}", where the registry itself is. List other regions only.`,
            ),
    ];
}

function pullProblems(principals: NonNullable<RegistryRuleInput["pullPrincipals"]>): string[] {
    const known = principals.map(({ principalId }) => principalId).filter((id) => typeof id === "string");
    return [
        ...duplicates(principals.map(({ key }) => key)).map(
            (key) =>
                `\`pullPrincipals\` has two entries with key "${key}". Give every principal a key of its own.`,
        ),
        ...duplicates(known).map(
            (id) =>
                `\`pullPrincipals\` has principal "${id}" twice, which Azure refuses. Remove one of them.`,
        ),
    ];
}
