import type { CapturedResource } from "../../../simulator/capture";
import { addLike, inside, remove, resource, setInput } from "../../support/editing";
import type { EditableStack } from "../editableStack";
import { removed, set, without } from "../breakage";
import type { Breakage } from "../breakage";

const cluster = "cluster-managed-cluster";
const admins = "access-aksRbacClusterAdmin-platform-engineers";
const writer = "access-aksRbacWriter-payments-prod.payments-developers";
const payments = "tenant-payments-prod";
const web = "workload-storefront-web-credential-storefront-prod.storefront-web";
const ingress = "ingress-release";
const kured = "kured-release";
const roleAt = (guid: string, prefix = "/subscriptions/s") =>
    `${prefix}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;

const controlPlaneRight = (role: string) => `cluster-identity-control-plane-${role}`;

/** What breaks rules about identities. */
const ofIdentity: readonly Breakage[] = [
    {
        rule: "role-assignment-names-principal-type",
        breaks: "a missing type",
        change: without(writer, "principalType"),
        expect: [`${writer}: has no \`principalType\``],
    },
    {
        rule: "role-assignment-names-role-in-full",
        breaks: "the short form",
        change: set(writer, "roleDefinitionId", roleAt("a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb", "")),
        expect: [`${writer}: its \`roleDefinitionId\` lacks the subscription`],
    },
    {
        rule: "no-role-that-may-do-everything",
        breaks: "Owner",
        change: set(writer, "roleDefinitionId", roleAt("8e3af657-a8ff-443c-a75c-2fe8c4bcb635")),
        expect: [`${writer}: assigns Owner`],
    },
    {
        rule: "role-assignments-are-narrow",
        breaks: "a subscription for a scope",
        change: set(writer, "scope", "/subscriptions/11111111-1111-4111-8111-111111111111"),
        expect: [`${writer}: holds for the whole subscription`],
    },
    ...["/", "/providers/Microsoft.Management/managementGroups/all"].map((scope) => ({
        rule: "role-assignments-are-narrow",
        breaks: `${scope} for a scope`,
        change: set(writer, "scope", scope),
        expect: [`${writer}: holds for more than a subscription`],
    })),
    {
        rule: "federated-credentials-are-chained",
        breaks: "credentials written side by side",
        on: "dev",
        change: (stack) => {
            const credential = resource(
                stack,
                "workload-payments-api-credential-payments-stage.payments-api",
            );
            const before = resource(stack, "workload-payments-api-credential-payments-dev.payments-api").urn;
            credential.options.dependsOn = credential.options.dependsOn.filter((urn) => urn !== before);
        },
        expect: [
            "workload-payments-api-credential-payments-stage.payments-api: does not wait for the other credentials of its identity",
        ],
    },
    {
        rule: "federated-credentials-are-chained",
        breaks: "too many for one identity",
        change: (stack) => {
            let last = resource(stack, web);
            for (let index = 0; index < 20; index++) {
                const { urn } = last;
                last = addLike(stack, web, {
                    name: `more-${index}`,
                    options: { ...last.options, dependsOn: [urn] },
                });
            }
        },
        expect: [
            `${web}: identity id-lz-prod-weu-storefront-web has 21 federated credentials; Azure allows 20`,
        ],
    },
    {
        rule: "workload-identities-meet-a-service-account",
        breaks: "a subject that nobody has",
        change: set(web, "subject", "system:serviceaccount:storefront-prod:other"),
        expect: [`${web}: no service account in this stack is system:serviceaccount:storefront-prod:other`],
    },
    {
        rule: "workload-identities-meet-a-service-account",
        breaks: "an account without the client id",
        change: without(
            "workload-storefront-web-account-storefront-prod.storefront-web",
            "metadata.annotations",
        ),
        expect: [
            `${web}: service account workload-storefront-web-account-storefront-prod.storefront-web does not carry its client id`,
        ],
    },
    {
        rule: "kubelet-may-pull-images",
        breaks: "the role at another identity",
        change: (stack) => {
            const other = resource(stack, "cluster-identity-control-plane").state["principalId"];
            setInput(stack, "registry-acrPull-kubelet", "principalId", other);
        },
        expect: ["registry-registry: the kubelet identity may not pull from it"],
    },
    {
        rule: "kubelet-may-pull-images",
        breaks: "no role, where the cluster names the identity by its id alone",
        change: (stack) => {
            setInput(stack, cluster, "identityProfile.kubeletidentity.objectId", undefined);
            remove(stack, "registry-acrPull-kubelet");
        },
        expect: ["registry-registry: the kubelet identity may not pull from it"],
    },
    {
        rule: "people-get-roles-through-groups",
        breaks: "a role for one person",
        change: set(writer, "principalType", "User"),
        expect: [`${writer}: assigns a role to one person`],
    },
    {
        rule: "cluster-has-an-administrator",
        breaks: "a missing assignment",
        change: removed(admins),
        expect: [`${cluster}: no group is its administrator`],
    },
    {
        rule: "control-plane-may-join-its-subnets",
        breaks: "a missing assignment",
        on: "dev",
        change: removed(controlPlaneRight("networkContributor-user")),
        expect: [`${cluster}: its control plane may not join network-user-nodes-subnet`],
    },
    {
        rule: "control-plane-may-use-the-kubelet-identity",
        breaks: "a missing assignment",
        change: removed(controlPlaneRight("managedIdentityOperator-kubelet")),
        expect: [`${cluster}: its control plane may not use the identity of the kubelet`],
    },
    {
        rule: "namespace-roles-name-a-namespace",
        breaks: "a namespace that is spelled wrong",
        change: (stack) => {
            const scope = String(resource(stack, writer).inputs["scope"]);
            setInput(stack, writer, "scope", scope.replace("payments-prod", "payment-prod"));
        },
        expect: [`${writer}: the stack has no namespace payment-prod`],
    },
    {
        rule: "federated-credentials-trust-their-cluster",
        breaks: "another issuer",
        change: set(web, "issuer", "https://token.actions.githubusercontent.com"),
        expect: [`${web}: trusts an issuer that is no cluster of this stack`],
    },
    {
        rule: "federated-credentials-trust-their-cluster",
        breaks: "no audience",
        change: without(web, "audiences"),
        expect: [`${web}: takes tokens for another audience than api://AzureADTokenExchange`],
    },
];

/** What breaks rules about tenants. */
const ofTenants: readonly Breakage[] = [
    {
        rule: "tenant-namespace-is-fenced",
        breaks: "no limits",
        change: removed(`${payments}-limits`),
        expect: [`${payments}-namespace: lacks limits`],
    },
    {
        rule: "tenant-namespace-is-fenced",
        breaks: "no quota, no limits, no policy",
        change: (stack) =>
            ["quota", "limits", "default-deny"].forEach((part) => remove(stack, `${payments}-${part}`)),
        expect: [
            `${payments}-namespace: lacks quota, limits, default deny of ingress and default deny of egress`,
        ],
        also: ["tenants-create-no-load-balancers", "tenant-quota-bounds-storage"],
    },
    {
        rule: "tenant-namespace-is-fenced",
        breaks: "a policy that denies one direction",
        change: set(`${payments}-default-deny`, "spec.policyTypes", ["Ingress"]),
        expect: [`${payments}-namespace: lacks default deny of egress`],
    },
    {
        rule: "tenant-namespace-is-fenced",
        breaks: "a deny for some pods only",
        change: set(`${payments}-default-deny`, "spec.podSelector", { matchLabels: { app: "web" } }),
        expect: [`${payments}-namespace: lacks default deny of ingress and default deny of egress`],
    },
    {
        rule: "tenant-namespace-is-fenced",
        breaks: "a deny with a hole",
        change: set(`${payments}-default-deny`, "spec.egress", [{ to: [{ podSelector: {} }] }]),
        expect: [`${payments}-namespace: lacks default deny of egress`],
    },
    {
        rule: "tenant-namespace-is-fenced",
        breaks: "a quota without amounts of CPU",
        change: without(`${payments}-quota`, "spec/hard/limits.cpu"),
        expect: [`${payments}-namespace: lacks quota`],
    },
    {
        rule: "tenant-namespace-is-fenced",
        breaks: "a quota for one priority class",
        change: set(`${payments}-quota`, "spec.scopeSelector", {
            matchExpressions: [{ scopeName: "PriorityClass", operator: "In", values: ["tenant-high"] }],
        }),
        expect: [`${payments}-namespace: lacks quota`],
    },
    {
        rule: "tenant-namespace-is-fenced",
        breaks: "a quota for pods of one kind",
        change: set(`${payments}-quota`, "spec.scopes", ["BestEffort"]),
        expect: [`${payments}-namespace: lacks quota`],
    },
    {
        rule: "tenant-namespace-is-fenced",
        breaks: "limits that limit nothing",
        change: without(`${payments}-limits`, "spec.limits"),
        expect: [`${payments}-namespace: lacks limits`],
    },
    {
        rule: "tenant-namespace-is-fenced",
        breaks: "limits of claims alone",
        change: set(`${payments}-limits`, "spec.limits", [
            { type: "PersistentVolumeClaim", max: { storage: "1Ti" } },
        ]),
        expect: [`${payments}-namespace: lacks limits`],
    },
    {
        rule: "tenant-namespace-enforces-pod-security",
        breaks: "a privileged level",
        change: (stack) => {
            labels(stack, `${payments}-namespace`)["pod-security.kubernetes.io/enforce"] = "privileged";
        },
        expect: [`${payments}-namespace: enforces the level privileged`],
    },
    {
        rule: "tenant-namespace-enforces-pod-security",
        breaks: "a missing label",
        change: (stack) => {
            delete labels(stack, `${payments}-namespace`)["pod-security.kubernetes.io/enforce"];
        },
        expect: [`${payments}-namespace: enforces no level`],
    },
    {
        rule: "tenant-namespace-warns-about-pod-security",
        breaks: "a missing label",
        change: (stack) => {
            delete labels(stack, `${payments}-namespace`)["pod-security.kubernetes.io/warn"];
        },
        expect: [`${payments}-namespace: has no warn level`],
    },
    {
        rule: "tenants-create-no-load-balancers",
        breaks: "a load balancer allowed",
        change: set(`${payments}-quota`, "spec/hard/services.loadbalancers", "1"),
        expect: [`${payments}-namespace: its quota does not limit services.loadbalancers to 0`],
    },
    {
        rule: "tenant-quota-bounds-storage",
        breaks: "a missing amount",
        change: without(`${payments}-quota`, "spec/hard/requests.storage"),
        expect: [`${payments}-namespace: its quota does not bound requests.storage`],
    },
    {
        rule: "tenant-containers-have-limits",
        breaks: "no default of memory",
        change: (stack) => {
            delete inside(stack, `${payments}-limits`, "spec", "limits", "0", "default")["memory"];
        },
        expect: [`${payments}-namespace: its limits have no \`default.memory\``],
    },
    {
        rule: "tenant-pods-stay-below-the-platform",
        breaks: "a missing quota",
        change: removed(`${payments}-priority-quota`),
        expect: [`${payments}-namespace: no quota keeps its pods from the priorities of the platform`],
    },
    {
        rule: "tenant-pods-stay-below-the-platform",
        breaks: "the platform's priority allowed",
        change: (stack) => {
            inside(stack, `${payments}-priority-quota`, "spec", "scopeSelector", "matchExpressions", "1")[
                "values"
            ] = ["platform-critical"];
        },
        expect: [`${payments}-namespace: no quota keeps its pods from the priorities of the platform`],
    },
    {
        rule: "tenants-can-resolve-names",
        breaks: "a missing policy",
        change: removed(`${payments}-allow-dns`),
        expect: [`${payments}-namespace: its pods may not ask for names`],
    },
    {
        rule: "network-policies-name-their-peers",
        breaks: "a rule without peers",
        change: set(`${payments}-allow-same-namespace`, "spec.ingress", [{}]),
        expect: [`${payments}-allow-same-namespace: lets everybody in`],
    },
    {
        rule: "network-policies-name-their-peers",
        breaks: "every address",
        change: set("tenant-analytics-prod-allow-egress-to-ranges", "spec.egress", [
            { to: [{ ipBlock: { cidr: "0.0.0.0/0" } }] },
        ]),
        expect: ["tenant-analytics-prod-allow-egress-to-ranges: lets its pods out to everywhere"],
    },
    {
        rule: "network-policies-name-their-peers",
        breaks: "every namespace",
        change: set(`${payments}-allow-same-namespace`, "spec.ingress", [
            { from: [{ namespaceSelector: {}, podSelector: {} }] },
        ]),
        expect: [`${payments}-allow-same-namespace: lets everybody in`],
    },
    {
        rule: "network-policies-name-their-peers",
        breaks: "a selector that lost its labels",
        change: without(
            `${payments}-allow-ingress-controller`,
            "spec/ingress/0/from/0/namespaceSelector/matchLabels",
        ),
        expect: [`${payments}-allow-ingress-controller: lets everybody in`],
    },
    {
        rule: "default-service-accounts-have-no-token",
        breaks: "a missing patch",
        change: removed(`${payments}-default-service-account`),
        expect: [`${payments}-namespace: its default service account hands out tokens`],
    },
    {
        rule: "service-accounts-have-no-token",
        breaks: "a missing property",
        change: without(
            "workload-payments-api-account-payments-prod.payments-api",
            "automountServiceAccountToken",
        ),
        expect: ["workload-payments-api-account-payments-prod.payments-api: hands out tokens"],
    },
    {
        rule: "role-bindings-name-groups",
        breaks: "everybody with a login",
        change: set(`${payments}-readers`, "subjects", [{ kind: "Group", name: "system:authenticated" }]),
        expect: [`${payments}-readers: names the group system:authenticated`],
    },
    {
        rule: "role-bindings-name-groups",
        breaks: "a person",
        change: set(`${payments}-readers`, "subjects", [{ kind: "User", name: "ada@example.com" }]),
        expect: [`${payments}-readers: names the user ada@example.com`],
    },
    {
        rule: "role-bindings-name-groups",
        breaks: "a group by its display name",
        change: set(`${payments}-readers`, "subjects.0.name", "support-engineers"),
        expect: [`${payments}-readers: names the group support-engineers, which is no object id of Entra ID`],
    },
    {
        rule: "role-bindings-name-groups",
        breaks: "a subject without a name",
        change: without(`${payments}-readers`, "subjects.0.name"),
        expect: [`${payments}-readers: names somebody without a kind or a name`],
    },
    {
        rule: "role-bindings-name-groups",
        breaks: "nobody",
        change: without(`${payments}-readers`, "subjects"),
        expect: [`${payments}-readers: names nobody`],
    },
    {
        rule: "tenants-get-no-more-than-edit",
        breaks: "the role admin",
        change: set(`${payments}-developers`, "roleRef.name", "admin"),
        expect: [`${payments}-developers: gives the role admin`],
    },
    {
        rule: "tenants-get-no-more-than-edit",
        breaks: "cluster-admin for the whole cluster",
        change: (stack) => {
            const { inputs } = addLike(stack, `${payments}-developers`, {
                name: "everything",
                type: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
            });
            inputs["roleRef"] = { kind: "ClusterRole", name: "cluster-admin" };
        },
        expect: ["everything: gives the role cluster-admin"],
    },
];

/** An object that no component made. */
function added(
    stack: EditableStack,
    type: string,
    name: string,
    spec: Record<string, unknown>,
): CapturedResource {
    const object = addLike(stack, "ingress-namespace", {
        name,
        type: `kubernetes:${type}`,
        inputs: { metadata: { name, namespace: "ingress" }, spec },
    });
    object.state = structuredClone(object.inputs);
    return object;
}

function labels(stack: EditableStack, name: string): Record<string, unknown> {
    return inside(stack, name, "metadata", "labels");
}

/** What breaks rules about what the platform runs. */
const ofWorkloads: readonly Breakage[] = [
    {
        rule: "helm-releases-are-pinned",
        breaks: "a range of versions",
        change: set(ingress, "version", "41.x"),
        expect: [`${ingress}: has no exact version`],
    },
    {
        rule: "helm-releases-are-pinned",
        breaks: "a release that stays half installed",
        change: (stack) => {
            setInput(stack, kured, "atomic", false);
            setInput(stack, kured, "timeout", undefined);
        },
        expect: [`${kured}: is not atomic`, `${kured}: has no timeout`],
    },
    {
        rule: "charts-come-from-a-named-place",
        breaks: "plain HTTP",
        change: set(kured, "repositoryOpts.repo", "http://charts.example.com"),
        expect: [`${kured}: its chart comes from http://charts.example.com`],
    },
    {
        rule: "charts-come-from-a-named-place",
        breaks: "no place",
        change: without(kured, "repositoryOpts"),
        expect: [`${kured}: its chart comes from no place that is named`],
    },
    {
        rule: "images-are-pinned",
        breaks: "latest in the values of a chart",
        change: (stack) => setInput(stack, kured, "values.image", { repository: "kured", tag: "latest" }),
        expect: [`${kured}: the image kured:latest has no version`],
    },
    {
        rule: "images-are-pinned",
        breaks: "a container without a version",
        change: (stack) => {
            added(stack, "apps/v1:Deployment", "tool", {
                template: {
                    spec: { containers: [{ image: "registry:5000/tool" }, { image: "a@sha256:b" }] },
                },
            });
        },
        expect: ["tool: the image registry:5000/tool has no version"],
    },
    {
        rule: "releases-bound-their-resources",
        breaks: "no memory limit",
        change: without(kured, "values.resources.limits"),
        expect: [`${kured}: \`resources.limits.memory\` is not set`],
    },
    {
        rule: "releases-outlive-tenants",
        breaks: "no priority",
        change: without(ingress, "values.priorityClassName"),
        expect: [`${ingress}: has no priority class`],
    },
    {
        rule: "releases-outlive-tenants",
        breaks: "a priority that there is not",
        change: removed("platform-priority-class-platform-critical"),
        expect: [
            `${kured}: the stack has no priority class platform-critical`,
            `${ingress}: the stack has no priority class platform-critical`,
        ],
    },
    {
        rule: "load-balancers-are-internal",
        breaks: "a missing annotation",
        change: without(ingress, "values.service.annotations"),
        expect: [`${ingress}: its load balancer is open to the Internet`],
    },
    {
        rule: "load-balancers-are-internal",
        breaks: "what the chart does where nobody says",
        change: without(ingress, "values.service"),
        expect: [`${ingress}: its load balancer is open to the Internet`],
    },
    {
        rule: "load-balancers-are-internal",
        breaks: "the whole Internet as a range",
        change: set(ingress, "values.service", {
            spec: { type: "LoadBalancer", loadBalancerSourceRanges: ["203.0.113.0/24", "0.0.0.0/0"] },
        }),
        expect: [`${ingress}: its load balancer is open to the Internet`],
    },
    {
        rule: "load-balancers-are-internal",
        breaks: "a service on every node",
        change: (stack) => void added(stack, "core/v1:Service", "door", { type: "NodePort" }),
        expect: ["door: opens a port on every node"],
    },
    {
        rule: "ingress-controller-has-no-privileges",
        breaks: "missing contexts",
        change: without(ingress, "values.podSecurityContext"),
        expect: [`${ingress}: may run as root`],
    },
    {
        rule: "ingress-controller-has-no-privileges",
        breaks: "a capability that is kept",
        change: set(ingress, "values.securityContext.capabilities", { drop: ["NET_RAW"] }),
        expect: [`${ingress}: keeps capabilities`],
    },
    {
        rule: "ingress-controller-has-no-privileges",
        breaks: "a capability that is taken",
        change: set(ingress, "values.securityContext.capabilities", {
            drop: ["ALL"],
            add: ["NET_BIND_SERVICE", "NET_ADMIN"],
        }),
        expect: [`${ingress}: takes capabilities`],
    },
    {
        rule: "ingress-controller-has-no-privileges",
        breaks: "the network of the node",
        change: set(ingress, "values.hostNetwork", true),
        expect: [`${ingress}: is in the network of its node`],
    },
    {
        rule: "ingress-survives-a-node",
        breaks: "one copy",
        change: set(ingress, "values.deployment.replicas", 1),
        expect: [`${ingress}: has one replica`],
    },
    {
        rule: "ingress-survives-a-node",
        breaks: "no budget and no spread",
        change: (stack) => {
            setInput(stack, ingress, "values.podDisruptionBudget", undefined);
            setInput(stack, ingress, "values.topologySpreadConstraints", undefined);
        },
        expect: [`${ingress}: has no disruption budget`, `${ingress}: is not spread over nodes`],
    },
    {
        rule: "ingress-speaks-tls-only",
        breaks: "no least version",
        change: without(ingress, "values.tlsOptions"),
        expect: [`${ingress}: speaks TLS from a version that is not said`],
    },
    {
        rule: "ingress-speaks-tls-only",
        breaks: "plain requests answered",
        change: without(ingress, "values.ports.web"),
        expect: [`${ingress}: answers plain HTTP`],
    },
    {
        rule: "ingress-speaks-tls-only",
        breaks: "TLS switched off at its port",
        change: set(ingress, "values.ports.websecure.http.tls.enabled", false),
        expect: [`${ingress}: speaks no TLS where others expect it`],
    },
    {
        rule: "namespaces-enforce-pod-security",
        breaks: "a missing label",
        change: (stack) => {
            delete labels(stack, "ingress-namespace")["pod-security.kubernetes.io/enforce"];
        },
        expect: ["ingress-namespace: enforces no level"],
    },
    {
        rule: "volumes-survive-a-zone",
        breaks: "a missing property",
        change: without("platform-storage-class-disk-premium-zrs", "parameters.skuName"),
        expect: ["platform-storage-class-disk-premium-zrs: stores volumes as the driver pleases"],
    },
    {
        rule: "volumes-are-not-exported",
        breaks: "a missing property of disks",
        change: without("platform-storage-class-disk-premium-zrs", "parameters.networkAccessPolicy"),
        expect: ["platform-storage-class-disk-premium-zrs: its volumes can be reached from outside"],
    },
    {
        rule: "volumes-are-not-exported",
        breaks: "shares with a public address",
        change: without("platform-storage-class-file-premium-zrs", "parameters.networkEndpointType"),
        expect: ["platform-storage-class-file-premium-zrs: its volumes can be reached from outside"],
    },
    {
        rule: "workload-policies-are-assigned",
        breaks: "a missing assignment",
        change: removed("governance-no-external-ips"),
        expect: ["no policy is assigned: services have no external IPs"],
    },
    {
        rule: "workload-policies-are-assigned",
        breaks: "an assignment where the cluster is not",
        change: set("governance-no-external-ips", "scope", "/subscriptions/s/resourceGroups/rg-other"),
        expect: ["no policy is assigned: services have no external IPs"],
    },
    {
        rule: "workload-policies-deny",
        breaks: "an effect that is left to the definition",
        change: without("governance-https-ingress", "parameters.effect"),
        expect: ["governance-https-ingress: refuses nothing"],
    },
    {
        rule: "workload-policies-deny",
        breaks: "an audit",
        change: set("governance-https-ingress", "parameters.effect.value", "Audit"),
        expect: ["governance-https-ingress: refuses nothing"],
    },
    {
        rule: "workload-policies-deny",
        breaks: "an assignment that is not enforced",
        change: set("governance-https-ingress", "enforcementMode", "DoNotEnforce"),
        expect: ["governance-https-ingress: is not enforced"],
    },
    {
        rule: "workload-policies-spare-no-tenant",
        breaks: "a tenant left out",
        change: (stack) => {
            setInput(stack, "governance-pod-security", "parameters.excludedNamespaces.value", [
                "payments-prod",
            ]);
        },
        expect: ["governance-pod-security: leaves out payments-prod"],
    },
];

/** What breaks rules about the program itself. */
const ofProgram: readonly Breakage[] = [
    {
        rule: "explicit-providers",
        breaks: "no provider",
        change: (stack) => void (resource(stack, `${payments}-quota`).provider = ""),
        expect: [`${payments}-quota: uses a default provider`],
    },
    {
        rule: "explicit-providers",
        breaks: "the engine's default provider",
        change: (stack) => {
            resource(stack, "group-shared").provider =
                "urn:pulumi:prod::aks-landing-zone::pulumi:providers:azure-native::default_3_28_0::id";
        },
        expect: ["group-shared: uses a default provider"],
    },
    {
        rule: "explicit-providers",
        breaks: "a default provider that is part of the stack",
        change: (stack) => {
            const { urn } = addLike(stack, "azure", { name: "default_3_28_0" });
            resource(stack, "group-shared").provider = `${urn}::default`;
        },
        expect: ["group-shared: uses a default provider"],
    },
    {
        rule: "kubernetes-provider-is-bound-to-its-cluster",
        breaks: "no identifier",
        change: without("kubernetes", "clusterIdentifier"),
        expect: ["kubernetes: has no `clusterIdentifier`"],
    },
    {
        rule: "same-resources-in-preview-and-update",
        breaks: "a resource that a preview does not show",
        change: (stack) => {
            stack.preview.resources = stack.preview.resources.filter(
                ({ name }) => name !== `${payments}-quota`,
            );
        },
        expect: [`${payments}-quota: exists in the update only`],
    },
    {
        rule: "same-resources-in-preview-and-update",
        breaks: "a resource that only a preview shows",
        change: (stack) => {
            stack.update.resources = stack.update.resources.filter(({ name }) => name !== writer);
        },
        expect: [`${writer}: exists in the preview only`],
    },
    {
        rule: "unique-urns",
        breaks: "one URN twice",
        change: (stack) => {
            stack.update.resources.push({
                ...structuredClone(resource(stack, "group-shared")),
                id: "/another/id",
            });
        },
        expect: ["group-shared: is declared more than once"],
    },
    {
        rule: "unique-platform-ids",
        breaks: "two names for one namespace",
        change: (stack) => void (resource(stack, `${payments}-namespace`).id = "storefront-prod"),
        expect: ["tenant-storefront-prod-namespace: another resource is storefront-prod as well"],
    },
    {
        rule: "kubeconfig-is-secret",
        breaks: "a plain kubeconfig",
        change: (stack) => void (resource(stack, "kubernetes").secretInputs = []),
        expect: ["kubernetes: its kubeconfig is not a secret"],
        also: ["no-secret-in-plain-inputs"],
    },
    {
        rule: "kubeconfig-is-secret",
        breaks: "a provider that nobody declared",
        change: removed("kubernetes"),
        expect: ["the stack has no Kubernetes provider"],
        also: ["explicit-providers"],
    },
    {
        rule: "no-secret-in-plain-inputs",
        breaks: "a secret of the stack file in a plain input",
        change: (stack) => setInput(stack, kured, "values.extraEnv", ["url=secret://stand-in/example"]),
        expect: [`${kured}: \`values.extraEnv[0]\` holds a secret in clear text`],
    },
    {
        rule: "no-secret-in-plain-inputs",
        breaks: "a plain property that is called a password",
        change: (stack) => setInput(stack, ingress, "values.adminPassword", "changeme"),
        expect: [`${ingress}: \`values.adminPassword\` holds a secret in clear text`],
    },
    {
        rule: "no-secret-in-plain-inputs",
        breaks: "a private key",
        change: (stack) => setInput(stack, ingress, "values.tls", "-----BEGIN RSA PRIVATE KEY-----\nabc"),
        expect: [`${ingress}: \`values.tls\` holds a secret in clear text`],
    },
    {
        rule: "no-unset-placeholders",
        breaks: "a placeholder",
        change: (stack) => {
            stack.unset.push({
                path: "tenantId",
                placeholder: "<tenant-id>",
                standIn: "s",
                find: "az account show",
            });
        },
        expect: ["1 still to fill in: `tenantId`"],
    },
];

/** What breaks rules about identities, what is in the cluster, and the program. */
export const inClusterBreakages: readonly Breakage[] = [
    ...ofIdentity,
    ...ofTenants,
    ...ofWorkloads,
    ...ofProgram,
];
