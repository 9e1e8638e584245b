import { duplicates } from "./duplicates";

/** A pull-through cache rule, as far as Azure's rules are about it. */
export interface CacheRuleInput {
    name: string;
    sourceRepository: string;
    targetRepository: string;
    credentialSetId?: unknown;
}

type Login = "required" | "optional" | "impossible";

/**
 * Registries that Azure can cache, and whether it logs in to them. The list is that of Azure's error UpstreamNotSupported
 * (Azure/acr issue 862, December 2025), the logins are from "Optimize image pulls with artifact cache" (learn.microsoft.com).
 */
const upstreams: ReadonlyMap<string, Login> = new Map<string, Login>([
    ["docker.io", "required"],
    ["mcr.microsoft.com", "impossible"],
    ["quay.io", "optional"],
    ["public.ecr.aws", "impossible"],
    ["ghcr.io", "optional"],
    ["nvcr.io", "optional"],
    ["registry.k8s.io", "optional"],
    ["gcr.io", "optional"],
    ["eu.gcr.io", "optional"],
]);
// Google's regional registries, for example europe-docker.pkg.dev.
const regionalUpstream = ".pkg.dev";

/** What Azure would refuse about a registry's cache rules, one sentence each; empty when they are good. */
export function cacheRuleProblems(rules: readonly CacheRuleInput[]): string[] {
    return [
        ...rules.flatMap((rule) => [
            ...nameProblems(rule),
            ...sourceProblems(rule),
            ...wildcardProblems(rule),
        ]),
        ...duplicates(rules.map(({ name }) => name)).map(
            (name) => `\`cacheRules\` has two rules called "${name}". Give every rule a name of its own.`,
        ),
        ...duplicates(rules.map(({ targetRepository }) => targetRepository)).map(
            (target) =>
                `\`cacheRules\` has two rules for \`targetRepository\` "${target}", which Azure refuses. Remove one of them.`,
        ),
        ...overlapProblems(rules),
    ];
}

function describe({ name }: CacheRuleInput): string {
    return `\`cacheRules\` rule "${name}"`;
}

function nameProblems(rule: CacheRuleInput): string[] {
    return /^[A-Za-z0-9-]{5,50}$/.test(rule.name)
        ? []
        : [
              `${describe(rule)} has a name that Azure refuses: it allows 5 to 50 letters, digits and hyphens. Rename it.`,
          ];
}

function sourceProblems(rule: CacheRuleInput): string[] {
    const { sourceRepository, credentialSetId } = rule;
    const [host = "", ...path] = sourceRepository.split("/");
    const login = upstreams.get(host) ?? (host.endsWith(regionalUpstream) ? "optional" : undefined);
    if (login === undefined) {
        const known = [...upstreams.keys(), `*${regionalUpstream}`].join(", ");
        return [
            `${describe(rule)} has \`sourceRepository\` "${sourceRepository}", whose registry Azure does not cache. ` +
                `It caches ${known}.`,
        ];
    }
    if (path.join("/") === "") {
        return [
            `${describe(rule)} has \`sourceRepository\` "${sourceRepository}", which names no repository. ` +
                `Write it like "${host}/library/nginx" or "${host}/*".`,
        ];
    }
    if (login === "required" && credentialSetId === undefined) {
        return [
            `${describe(rule)} has no \`credentialSetId\`: Azure pulls from ${host} with a login only. ` +
                "Create a credential set in the registry and give its id.",
        ];
    }
    if (login === "impossible" && credentialSetId !== undefined) {
        return [
            `${describe(rule)} has a \`credentialSetId\`: Azure pulls from ${host} without a login only. Remove it.`,
        ];
    }
    return [];
}

function wildcardProblems(rule: CacheRuleInput): string[] {
    const { sourceRepository, targetRepository } = rule;
    const isFixed = !sourceRepository.includes("*") && !targetRepository.includes("*");
    const isWildcard = [sourceRepository, targetRepository].every((repository) =>
        /^([^*]+\/)?\*$/.test(repository),
    );
    return isFixed || isWildcard
        ? []
        : [
              `${describe(rule)} maps "${sourceRepository}" to "${targetRepository}": Azure allows one wildcard, as the ` +
                  "whole last path segment, and in both or in neither.",
          ];
}

/** Two wildcard rules overlap when the target of one lies within the other's. Fixed rules may lie within a wildcard. */
function overlapProblems(rules: readonly CacheRuleInput[]): string[] {
    const wildcards = rules.filter(({ targetRepository }) => targetRepository.endsWith("*"));
    const prefix = ({ targetRepository }: CacheRuleInput) => targetRepository.slice(0, -1);
    return wildcards.flatMap((outer) =>
        wildcards
            .filter((inner) => prefix(inner) !== prefix(outer) && prefix(inner).startsWith(prefix(outer)))
            .map(
                (inner) =>
                    `\`cacheRules\` rule "${inner.name}" lies within rule "${outer.name}" ("${inner.targetRepository}" in ` +
                    `"${outer.targetRepository}"), which Azure refuses. Narrow or remove one of them.`,
            ),
    );
}
