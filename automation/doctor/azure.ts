import { azureCheck, ok, problem } from "./check";
import type { Check, Finding } from "./check";
import { programArmTypes } from "./programTypes";

interface Account {
    id?: string;
    tenantId?: string;
    user?: { name?: string };
}

const signInCheck = azureCheck({
    id: "azure-sign-in",
    title: "Somebody is signed in to the right tenant and subscription",
    async judge({ subscriptionId, tenantId }, { azure }) {
        const account = (await azure(["account", "show"])) as Account;
        if (account.tenantId !== tenantId) {
            return [
                problem(
                    `signed in to tenant ${account.tenantId}, the stack is in ${tenantId}`,
                    `az login --tenant ${tenantId}`,
                ),
            ];
        }
        return [
            account.id === subscriptionId
                ? ok(`${account.user?.name ?? "somebody"} in subscription ${subscriptionId}`)
                : problem(
                      `signed in to subscription ${account.id}, the stack is in ${subscriptionId}`,
                      `az account set --subscription ${subscriptionId}`,
                  ),
        ];
    },
});

/** Namespaces of Azure's resource providers that the program's types are of. */
export function neededNamespaces(): string[] {
    const namespaces = programArmTypes().map((armType) => armType.split("/")[0] ?? "");
    return [...new Set(namespaces)].sort();
}

// Registered in every subscription: https://learn.microsoft.com/azure/azure-resource-manager/management/azure-services-resource-providers.
const registeredAlways = ["Microsoft.Authorization", "Microsoft.Consumption", "Microsoft.Resources"];

const resourceProvidersCheck = azureCheck({
    id: "resource-providers",
    title: "The subscription knows the kinds of resources",
    async judge({ subscriptionId }, { azure }) {
        const providers = (await azure(["provider", "list", "--subscription", subscriptionId])) as {
            namespace: string;
            registrationState: string;
        }[];
        const states = new Map(
            providers.map(({ namespace, registrationState }) => [namespace.toLowerCase(), registrationState]),
        );
        const needed = neededNamespaces().filter((namespace) => !registeredAlways.includes(namespace));
        const missing = needed.flatMap((namespace): Finding[] => {
            const state = states.get(namespace.toLowerCase()) ?? "unknown to the subscription";
            return state === "Registered"
                ? []
                : [
                      problem(
                          `${namespace} is ${state === "NotRegistered" ? "not registered" : state}`,
                          `az provider register --namespace ${namespace} --subscription ${subscriptionId} --wait`,
                      ),
                  ];
        });
        return missing.length > 0 ? missing : [ok(`${needed.length} resource providers registered`)];
    },
});

/** A feature that the subscription must have, and the setting that needs it. */
interface Feature {
    namespace: string;
    name: string;
    setting: "encryptionAtHost" | "sshDisabled";
}

// Sources: the settings' own words in config/schema/nodePools.ts.
const features: readonly Feature[] = [
    { namespace: "Microsoft.Compute", name: "EncryptionAtHost", setting: "encryptionAtHost" },
    { namespace: "Microsoft.ContainerService", name: "DisableSSHPreview", setting: "sshDisabled" },
];

const featuresCheck = azureCheck({
    id: "features",
    title: "The subscription has the features that the settings need",
    async judge({ subscriptionId, cluster, nodePools }, { azure }) {
        const pools = [cluster.systemPool, ...Object.values(nodePools)];
        const needed = features.filter(({ setting }) => pools.some((pool) => pool[setting]));
        const findings = await Promise.all(
            needed.map(async ({ namespace, name, setting }) => {
                const feature = ["--namespace", namespace, "--name", name, "--subscription", subscriptionId];
                const { properties } = (await azure(["feature", "show", ...feature])) as {
                    properties?: { state?: string };
                };
                const state = properties?.state ?? "unknown";
                return state === "Registered"
                    ? ok(`${namespace}/${name}`)
                    : problem(
                          `${namespace}/${name}, which ${setting} needs, is ${state}`,
                          `az feature register ${feature.join(" ")}; when it is Registered: az provider register --namespace ${namespace}`,
                      );
            }),
        );
        return findings.length > 0 ? findings : [ok("none is needed")];
    },
});

/** Checks of the subscription, apart from machines and roles. */
export const subscriptionChecks: readonly Check[] = [signInCheck, resourceProvidersCheck, featuresCheck];
