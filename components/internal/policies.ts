import { isNamespaceName } from "./kubernetesNames";
import { isQuantity } from "./quantity";

/**
 * Azure's built-in policy definitions for Kubernetes and the parameters they take beside `effect` and
 * `excludedNamespaces`, which all of them have. Ids and parameters from github.com/Azure/azure-policy,
 * built-in-policies/policyDefinitions/Kubernetes and policySetDefinitions/Kubernetes, read 2026-04-09.
 */
const initiatives = {
    Baseline: "a8640138-9b0a-4a28-b8cb-1666c838647d",
    Restricted: "42b8ef37-b724-4e24-bbc8-7a7708edfe00",
} as const;

const definitions = {
    internalLoadBalancers: "3fc4dc25-5baf-40d8-9b05-7fe74c1bc64e",
    httpsIngress: "1a5b4dca-0b6f-4cf5-907c-56316bc1bf3d",
    noDefaultNamespace: "9f061a12-e40d-4183-a00e-171812443373",
    noExternalIps: "d46c275d-1680-448d-b2ec-e495a3b6cc89",
    readOnlyRootFilesystem: "df49d893-a74c-421d-bc95-c663042e5b80",
    allowedImages: "febd0533-8e55-448f-b837-bd0e06f16469",
    containerLimits: "e345eecc-fa47-480f-9e88-67dcc122b164",
} as const;

/**
 * Never checked: the definitions' own default exclusions, which the parameter replaces and does not add to, and the
 * namespaces of Microsoft's add-ons, whose pods need more than the standards allow.
 */
export const alwaysExcludedNamespaces: string[] = [
    "kube-system",
    "gatekeeper-system",
    "azure-arc",
    "azure-extensions-usage-system",
    "aks-istio-system",
    "dataprotection-microsoft",
    "flux-system",
];

/** The longest name of an assignment to a resource group or subscription; management groups take 24. */
const maxNameLength = 64;

/** Everything that decides which policies are assigned, and how; defaults filled in. */
export interface PolicySettings {
    podSecurityLevel: keyof typeof initiatives;
    effect: string;
    excludedNamespaces: readonly string[];
    internalLoadBalancersOnly: boolean;
    httpsIngressOnly: boolean;
    noDefaultNamespace: boolean;
    noExternalIps: boolean;
    readOnlyRootFilesystem: boolean;
    allowedImagesRegex?: string;
    containerLimits?: { cpu: string; memory: string };
}

/** One assignment as Azure wants it. */
export interface PlannedAssignment {
    /** Part of the logical name. */
    key: string;
    /** Azure name, unique within the scope. */
    name: string;
    displayName: string;
    /** What a person who meets the policy is told. */
    description: string;
    policyDefinitionId: string;
    parameters: { [key: string]: { value: unknown } };
}

/** The assignments that the settings ask for. The same settings always give the same list. */
export function planAssignments(baseName: string, settings: PolicySettings): PlannedAssignment[] {
    const { podSecurityLevel: level, allowedImagesRegex, containerLimits } = settings;
    const excludedNamespaces = [
        ...new Set([...alwaysExcludedNamespaces, ...settings.excludedNamespaces]),
    ].sort();

    const assignment = (
        key: string,
        title: string,
        description: string,
        definition: string,
        more: { [key: string]: unknown } = {},
    ): PlannedAssignment => ({
        key,
        name: `${baseName}-${key}`,
        displayName: `${title} (${baseName})`,
        description,
        policyDefinitionId: `/providers/Microsoft.Authorization/${definition}`,
        parameters: Object.fromEntries(
            Object.entries({ effect: settings.effect, excludedNamespaces, ...more }).map(([name, value]) => [
                name,
                { value },
            ]),
        ),
    });
    const single = (definition: keyof typeof definitions): string =>
        `policyDefinitions/${definitions[definition]}`;

    return [
        assignment(
            "pod-security",
            `Pods meet the ${level.toLowerCase()} pod security standard`,
            `Kubernetes' pod security standard "${level.toLowerCase()}" for Linux pods. Change the pod's security context.`,
            `policySetDefinitions/${initiatives[level]}`,
        ),
        ...(settings.internalLoadBalancersOnly
            ? [
                  assignment(
                      "internal-load-balancers",
                      "Load balancers are internal",
                      'Services of type LoadBalancer carry the annotation service.beta.kubernetes.io/azure-load-balancer-internal: "true".',
                      single("internalLoadBalancers"),
                  ),
              ]
            : []),
        ...(settings.httpsIngressOnly
            ? [
                  assignment(
                      "https-ingress",
                      "Ingresses speak HTTPS only",
                      'Ingresses have a tls section and the annotation kubernetes.io/ingress.allow-http: "false".',
                      single("httpsIngress"),
                  ),
              ]
            : []),
        ...(settings.noDefaultNamespace
            ? [
                  assignment(
                      "no-default-namespace",
                      "Nothing runs in the default namespace",
                      "Pods, services and service accounts belong into a tenant's namespace.",
                      single("noDefaultNamespace"),
                  ),
              ]
            : []),
        ...(settings.noExternalIps
            ? [
                  assignment(
                      "no-external-ips",
                      "Services have no external IPs",
                      "spec.externalIPs lets a service take over the traffic of others (CVE-2020-8554).",
                      single("noExternalIps"),
                      { allowedExternalIPs: [] },
                  ),
              ]
            : []),
        ...(settings.readOnlyRootFilesystem
            ? [
                  assignment(
                      "read-only-root",
                      "Containers have a read-only root file system",
                      "Containers set readOnlyRootFilesystem: true and write to volumes only.",
                      single("readOnlyRootFilesystem"),
                  ),
              ]
            : []),
        ...(allowedImagesRegex === undefined
            ? []
            : [
                  assignment(
                      "allowed-images",
                      "Images come from allowed registries",
                      `Images match ${allowedImagesRegex}`,
                      single("allowedImages"),
                      { allowedContainerImagesRegex: allowedImagesRegex },
                  ),
              ]),
        ...(containerLimits === undefined
            ? []
            : [
                  assignment(
                      "container-limits",
                      "Containers have limits",
                      `Containers set limits of at most ${containerLimits.cpu} CPU and ${containerLimits.memory} memory.`,
                      single("containerLimits"),
                      { cpuLimit: containerLimits.cpu, memoryLimit: containerLimits.memory },
                  ),
              ]),
    ];
}

/** What is wrong with the policy settings, each with the remedy; empty when they are good. */
export function policyProblems(baseName: string, settings: PolicySettings): string[] {
    const problems = settings.excludedNamespaces
        .filter((namespace) => !isNamespaceName(namespace))
        .map(
            (namespace) =>
                `\`policies.excludedNamespaces\` has "${namespace}", which is no namespace. Use lower-case letters, digits and hyphens, at most 63.`,
        );
    const { allowedImagesRegex: regex } = settings;
    if (regex !== undefined && !isRegularExpression(regex)) {
        problems.push(
            `\`policies.allowedImagesRegex\` is "${regex}", which is no regular expression. Write it like ^myregistry\\.azurecr\\.io/.+$`,
        );
    } else if (regex !== undefined && !regex.startsWith("^")) {
        problems.push(
            `\`policies.allowedImagesRegex\` is "${regex}", which matches anywhere in an image's name: a foreign registry could carry yours in its path. Start it with ^.`,
        );
    }
    for (const [part, quantity] of Object.entries(settings.containerLimits ?? {})) {
        if (!isQuantity(quantity)) {
            problems.push(
                `\`policies.containerLimits.${part}\` is "${quantity}", which is no Kubernetes quantity. Write it like ${part === "cpu" ? "500m or 2" : "512Mi or 4Gi"}.`,
            );
        }
    }
    for (const { name } of planAssignments(baseName, settings)) {
        if (name.length > maxNameLength) {
            problems.push(
                `"${name}" cannot be the name of a policy assignment: it has ${name.length} characters, Azure allows ${maxNameLength}. Use a shorter \`baseName\`.`,
            );
        }
    }
    return problems;
}

function isRegularExpression(text: string): boolean {
    try {
        new RegExp(text);
        return true;
    } catch {
        return false;
    }
}
