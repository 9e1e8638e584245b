import { IngressController } from "../../components/ingressArgs";
import { namespaceNetworkPolicies } from "../../components/internal/networkPolicies";
import type { LandingZoneConfig } from "../../config";
import type { Change } from "./change";
import { withValue } from "./editing";

const team = "newcomer";
const account = "newcomer-api";

/** Namespaces that the new team gets. */
export function namespacesOfNewTeam({ tenants }: LandingZoneConfig): string[] {
    return tenants.environments.map((environment) => `${team}-${environment}`);
}

/** A team like the first one that has people, with one workload of its own. Nothing that exists is touched. */
export function newTeam(config: LandingZoneConfig): Change | undefined {
    const { tenants, namespaces, kubernetes } = config;
    const model = namespaces.find(({ settings }) => settings.developers.length > 0) ?? namespaces[0];
    if (model === undefined || tenants.teams[team] !== undefined) {
        return undefined;
    }
    const { size, developers, readers } = model.settings;
    const hasIngress = kubernetes.ingress.controller !== IngressController.None;
    const settings = {
        size,
        developers,
        readers,
        serviceAccounts: ["runner"],
        workloads: { api: { serviceAccount: account, keyVaultSecrets: true } },
    };
    return {
        check: "change-tenant",
        title: `a team "${team}"`,
        apply: (values) => withValue(values, ["tenants", "teams", team], settings),
        expected: [
            ...namespacesOfNewTeam(config).flatMap((namespace) =>
                ofNamespace(namespace, settings, hasIngress),
            ),
            ...ofWorkload(namespacesOfNewTeam(config)),
        ].map((name) => `create ${name}`),
    };
}

/** Logical names of what a namespace consists of (components/tenant.ts), with who may work in it (components/access.ts). */
function ofNamespace(
    namespace: string,
    people: { developers: readonly string[]; readers: readonly string[] },
    hasIngress: boolean,
): string[] {
    const policies = namespaceNetworkPolicies({
        ingressNamespace: hasIngress ? "ingress" : undefined,
        sameNamespace: true,
        metricsScraping: true,
        egressRanges: [],
        egressNamespaces: [],
    });
    const parts = [
        "namespace",
        "quota",
        "priority-quota",
        "limits",
        ...policies.map(({ name }) => name),
        ...(people.developers.length > 0 ? ["developers"] : []),
        ...(people.readers.length > 0 ? ["readers"] : []),
        "default-service-account",
        "service-account-runner",
    ];
    return [
        ...parts.map((part) => `tenant-${namespace}-${part}`),
        ...people.developers.map((group) => `access-aksRbacWriter-${namespace}.${group}`),
        ...people.readers.map((group) => `access-aksRbacReader-${namespace}.${group}`),
    ];
}

/** Logical names of what the workload consists of (components/workloadIdentity.ts). */
function ofWorkload(namespaces: readonly string[]): string[] {
    const name = `workload-${team}-api`;
    return [
        `${name}-identity`,
        ...namespaces.flatMap((namespace) => [
            `${name}-credential-${namespace}.${account}`,
            `${name}-account-${namespace}.${account}`,
        ]),
        `${name}-role-vault-secrets`,
    ];
}
