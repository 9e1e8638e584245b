import * as assert from "node:assert/strict";
import { ResourceGroup } from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { PodSecurityLevel, Tenant } from "../../components/tenant";
import type { TenantArgs } from "../../components/tenant";
import { createdPairs as created, deploy, failureOf, sortedByName as sorted } from "../support/harness";
import type { Deployment } from "../support/harness";

const namespaceType = "kubernetes:core/v1:Namespace";
const quotaType = "kubernetes:core/v1:ResourceQuota";
const limitsType = "kubernetes:core/v1:LimitRange";
const policyType = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const bindingType = "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding";
const accountType = "kubernetes:core/v1:ServiceAccount";
const accountPatchType = "kubernetes:core/v1:ServiceAccountPatch";

const developers = "aaaaaaaa-0000-4000-8000-000000000001";
const readers = "aaaaaaaa-0000-4000-8000-000000000002";

const quota = { requestsCpu: "2", requestsMemory: "4Gi", limitsCpu: "4", limitsMemory: "8Gi", pods: 20 };
const baseline: TenantArgs = { namespace: "payments-dev", tenant: "payments", environment: "dev", quota };

function tenant(change: Partial<TenantArgs> = {}, opts?: pulumi.ComponentResourceOptions) {
    const { namespace } = new Tenant("payments-dev", { ...baseline, ...change }, opts);
    return { namespace };
}

function policyNames(deployment: Deployment): string[] {
    return sorted(deployment, policyType).map(({ name }) => name);
}

const byDefault: [string, string][] = [
    ["aks-landing-zone:index:Tenant", "payments-dev"],
    [limitsType, "payments-dev-limits"],
    [namespaceType, "payments-dev-namespace"],
    [quotaType, "payments-dev-priority-quota"],
    [quotaType, "payments-dev-quota"],
    [accountPatchType, "payments-dev-default-service-account"],
    [policyType, "payments-dev-allow-dns"],
    [policyType, "payments-dev-allow-metrics-scraping"],
    [policyType, "payments-dev-allow-same-namespace"],
    [policyType, "payments-dev-default-deny"],
];

const full: Partial<TenantArgs> = {
    network: {
        ingressNamespace: "ingress",
        egressCidrs: [{ cidr: "10.1.0.0/24", ports: [5432] }],
        egressNamespaces: ["shared-dev"],
    },
    developerGroupObjectIds: [developers],
    readerGroupObjectIds: [readers],
    serviceAccounts: ["runner"],
    imagePullSecretName: "registry",
};
const withEverything: [string, string][] = [
    ...byDefault,
    [accountType, "payments-dev-service-account-runner"],
    [policyType, "payments-dev-allow-egress-to-namespaces"],
    [policyType, "payments-dev-allow-egress-to-ranges"],
    [policyType, "payments-dev-allow-ingress-controller"],
    [bindingType, "payments-dev-developers"],
    [bindingType, "payments-dev-readers"],
];

describe("Tenant", () => {
    it("is a closed namespace by default: restricted, limited, without outside traffic and without people", async () => {
        const deployment = await deploy(() => tenant());
        assert.deepEqual(created(deployment), [...byDefault].sort());
        assert.deepEqual(deployment.outputs, { namespace: "payments-dev" });
        assert.deepEqual(deployment.one(namespaceType).inputs["metadata"], {
            name: "payments-dev",
            labels: {
                "aks-landing-zone/tenant": "payments",
                "aks-landing-zone/environment": "dev",
                "pod-security.kubernetes.io/enforce": "restricted",
                "pod-security.kubernetes.io/enforce-version": "latest",
                "pod-security.kubernetes.io/audit": "restricted",
                "pod-security.kubernetes.io/audit-version": "latest",
                "pod-security.kubernetes.io/warn": "restricted",
                "pod-security.kubernetes.io/warn-version": "latest",
            },
        });
    });

    it("limits what the namespace uses, without load balancers and node ports", async () => {
        const deployment = await deploy(() => tenant());
        assert.deepEqual(deployment.one(quotaType, "payments-dev-quota").inputs, {
            apiVersion: "v1",
            kind: "ResourceQuota",
            metadata: { name: "quota", namespace: "payments-dev" },
            spec: {
                hard: {
                    "requests.cpu": "2",
                    "requests.memory": "4Gi",
                    "limits.cpu": "4",
                    "limits.memory": "8Gi",
                    pods: "20",
                    persistentvolumeclaims: "10",
                    "requests.storage": "100Gi",
                    "services.loadbalancers": "0",
                    "services.nodeports": "0",
                },
            },
        });
    });

    it("allows volumes, load balancers and node ports as asked", async () => {
        const deployment = await deploy(() =>
            tenant({
                quota: { ...quota, persistentVolumeClaims: 0, storage: "0", loadBalancers: 1, nodePorts: 2 },
            }),
        );
        const { hard } = deployment.one(quotaType, "payments-dev-quota").inputs["spec"] as {
            hard: Record<string, string>;
        };
        assert.deepEqual(
            [
                hard["persistentvolumeclaims"],
                hard["requests.storage"],
                hard["services.loadbalancers"],
                hard["services.nodeports"],
            ],
            ["0", "0", "1", "2"],
        );
    });

    const priorities: [string, Partial<TenantArgs>, string][] = [
        ["tenant-default", {}, "tenant-default"],
        ["the one that is given", { priorityClassName: "tenant-high" }, "tenant-high"],
    ];
    for (const [what, change, name] of priorities) {
        it(`refuses pods of another priority class than ${what}`, async () => {
            const deployment = await deploy(() => tenant(change));
            assert.deepEqual(deployment.one(quotaType, "payments-dev-priority-quota").inputs["spec"], {
                hard: { pods: "0" },
                scopeSelector: {
                    matchExpressions: [
                        { scopeName: "PriorityClass", operator: "Exists" },
                        { scopeName: "PriorityClass", operator: "NotIn", values: [name] },
                    ],
                },
            });
        });
    }

    it("gives containers requests and limits, and caps them at the quota", async () => {
        const deployment = await deploy(() => tenant());
        assert.deepEqual(deployment.one(limitsType).inputs["spec"], {
            limits: [
                {
                    type: "Container",
                    defaultRequest: { cpu: "100m", memory: "128Mi" },
                    default: { cpu: "500m", memory: "512Mi" },
                    max: { cpu: "4", memory: "8Gi" },
                },
            ],
        });
    });

    it("gives containers what is asked instead", async () => {
        const containerDefaults = {
            requestCpu: "50m",
            requestMemory: "64Mi",
            limitCpu: "1",
            limitMemory: "1Gi",
            maxCpu: "2",
            maxMemory: "2Gi",
        };
        const deployment = await deploy(() => tenant({ containerDefaults }));
        assert.deepEqual(deployment.one(limitsType).inputs["spec"], {
            limits: [
                {
                    type: "Container",
                    defaultRequest: { cpu: "50m", memory: "64Mi" },
                    default: { cpu: "1", memory: "1Gi" },
                    max: { cpu: "2", memory: "2Gi" },
                },
            ],
        });
    });

    it("denies all traffic by a policy of its own", async () => {
        const deployment = await deploy(() => tenant());
        assert.deepEqual(deployment.one(policyType, "payments-dev-default-deny").inputs, {
            apiVersion: "networking.k8s.io/v1",
            kind: "NetworkPolicy",
            metadata: { name: "default-deny", namespace: "payments-dev" },
            spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
        });
    });

    it("opens what is declared and no more", async () => {
        const closed = await deploy(() =>
            tenant({ network: { allowSameNamespace: false, allowMetricsScraping: false } }),
        );
        assert.deepEqual(policyNames(closed), ["payments-dev-allow-dns", "payments-dev-default-deny"]);

        const open = await deploy(() => tenant(full));
        assert.deepEqual(open.one(policyType, "payments-dev-allow-ingress-controller").inputs["spec"], {
            podSelector: {},
            policyTypes: ["Ingress"],
            ingress: [
                {
                    from: [
                        { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ingress" } } },
                    ],
                },
            ],
        });
        assert.deepEqual(open.one(policyType, "payments-dev-allow-egress-to-ranges").inputs["spec"], {
            podSelector: {},
            policyTypes: ["Egress"],
            egress: [
                { to: [{ ipBlock: { cidr: "10.1.0.0/24" } }], ports: [{ protocol: "TCP", port: 5432 }] },
            ],
        });
    });

    it("lets developers edit and readers view, by their groups' object ids", async () => {
        const deployment = await deploy(() =>
            tenant({
                developerGroupObjectIds: [developers, pulumi.output(readers)],
                readerGroupObjectIds: [readers],
            }),
        );
        const group = (name: string) => ({ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name });
        const role = (name: string) => ({ apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name });
        const bindings = sorted(deployment, bindingType).map(({ name, inputs }) => {
            const { metadata, roleRef, subjects } = inputs;
            return { name, metadata, roleRef, subjects };
        });
        assert.deepEqual(bindings, [
            {
                name: "payments-dev-developers",
                metadata: { name: "developers", namespace: "payments-dev" },
                roleRef: role("edit"),
                subjects: [group(developers), group(readers)],
            },
            {
                name: "payments-dev-readers",
                metadata: { name: "readers", namespace: "payments-dev" },
                roleRef: role("view"),
                subjects: [group(readers)],
            },
        ]);
    });

    it("gives no pod a token of the Kubernetes API unasked", async () => {
        const deployment = await deploy(() => tenant({ serviceAccounts: ["runner", "worker"] }));
        assert.deepEqual(deployment.one(accountPatchType).inputs, {
            apiVersion: "v1",
            kind: "ServiceAccount",
            metadata: { name: "default", namespace: "payments-dev" },
            automountServiceAccountToken: false,
        });
        assert.deepEqual(
            sorted(deployment, accountType).map(({ inputs }) => inputs),
            ["runner", "worker"].map((name) => ({
                apiVersion: "v1",
                kind: "ServiceAccount",
                metadata: { name, namespace: "payments-dev" },
                automountServiceAccountToken: false,
            })),
        );
    });

    it("lets its service accounts pull with the Secret that is named", async () => {
        const deployment = await deploy(() =>
            tenant({ serviceAccounts: ["runner"], imagePullSecretName: "registry" }),
        );
        assert.deepEqual(deployment.one(accountType).inputs["imagePullSecrets"], [{ name: "registry" }]);
        assert.deepEqual(deployment.one(accountPatchType).inputs["imagePullSecrets"], [{ name: "registry" }]);
    });

    it("takes another pod security level and further labels, its own labels last", async () => {
        const deployment = await deploy(() =>
            tenant({
                podSecurityLevel: PodSecurityLevel.Baseline,
                labels: { "cost-center": "4711", "pod-security.kubernetes.io/enforce": "privileged" },
            }),
        );
        const { labels } = deployment.one(namespaceType).inputs["metadata"] as {
            labels: Record<string, string>;
        };
        assert.equal(labels["cost-center"], "4711");
        assert.equal(labels["pod-security.kubernetes.io/enforce"], "baseline");
        assert.equal(labels["pod-security.kubernetes.io/warn"], "baseline");
    });

    it("registers the same resources in a preview", async () => {
        assert.deepEqual(created(await deploy(() => tenant(full))), [...withEverything].sort());
        assert.deepEqual(
            created(await deploy(() => tenant(full), { preview: true })),
            [...withEverything].sort(),
        );
    });

    it("puts its resources under the component, protects the namespace with it and deletes all with the cluster", async () => {
        const deployment = await deploy(() => {
            const cluster = new ResourceGroup("cluster", { resourceGroupName: "rg-test" });
            tenant(full, { protect: true, deletedWith: cluster });
        });
        const cluster = deployment.one("azure-native:resources:ResourceGroup");
        const children = deployment.resources.filter(({ type }) => type.startsWith("kubernetes:"));
        assert.equal(children.length, withEverything.length - 1);
        for (const child of children) {
            assert.equal(deployment.parentName(child), "payments-dev");
            assert.equal(child.options.protect, child.type === namespaceType, child.name);
            assert.equal(child.options.deletedWith, cluster.urn);
        }
    });

    it("waits for what it is told to; the namespace comes before what is in it", async () => {
        const deployment = await deploy(() => {
            const policies = new ResourceGroup("policies", { resourceGroupName: "rg-test" });
            tenant({ ...full, waitFor: [policies.id] });
        });
        const children = deployment.resources.filter(({ type }) => type.startsWith("kubernetes:"));
        for (const child of children) {
            const expected = child.type === namespaceType ? "policies" : "payments-dev-namespace";
            assert.deepEqual(deployment.dependencyNames(child), [expected], child.name);
        }
    });

    const quantityHelp = "a Kubernetes quantity such as 500m, 2 or 4Gi is allowed";
    const refused: [string, Partial<TenantArgs>, string][] = [
        [
            "a name that is no DNS label",
            { namespace: "Payments_dev" },
            'Tenant namespace "Payments_dev" cannot be set up: `namespace` must be a DNS label: up to 63 lower-case letters, digits and hyphens, ' +
                "starting and ending with a letter or digit.",
        ],
        ...["kube-payments", "aks-payments", "azure-arc", "default", "gatekeeper-system"].map(
            (namespace): [string, Partial<TenantArgs>, string] => [
                `the cluster's own namespace ${namespace}`,
                { namespace },
                `Tenant namespace "${namespace}" cannot be set up: \`namespace\` belongs to the cluster's own components: choose another name.`,
            ],
        ),
        [
            "amounts that are no quantities, all at once",
            {
                quota: { ...quota, requestsCpu: "2 cores", storage: "-1Gi", pods: 1.5 },
                containerDefaults: { limitMemory: "1GB" },
            },
            `Tenant namespace "payments-dev" cannot be set up: \`quota.requestsCpu\` is "2 cores": ${quantityHelp}; ` +
                `\`quota.storage\` is "-1Gi": ${quantityHelp}; \`containerDefaults.limitMemory\` is "1GB": ${quantityHelp}; ` +
                "`quota.pods` is 1.5: a whole number of 0 or more is allowed.",
        ],
        [
            "requests above limits",
            { quota: { ...quota, requestsCpu: "4500m" } },
            'Tenant namespace "payments-dev" cannot be set up: `quota.requestsCpu` 4500m is more than `quota.limitsCpu` 4: lower the first or raise the second.',
        ],
        [
            "defaults that do not fit into each other",
            { containerDefaults: { requestMemory: "1Gi", limitCpu: "2", maxCpu: "1", maxMemory: "16Gi" } },
            'Tenant namespace "payments-dev" cannot be set up: ' +
                "`containerDefaults.requestMemory` 1Gi is more than `containerDefaults.limitMemory` 512Mi: lower the first or raise the second; " +
                "`containerDefaults.limitCpu` 2 is more than `containerDefaults.maxCpu` 1: lower the first or raise the second; " +
                "`containerDefaults.maxMemory` 16Gi is more than `quota.limitsMemory` 8Gi: lower the first or raise the second.",
        ],
        [
            "ranges that are none",
            { network: { egressCidrs: [{ cidr: "10.0.0.0/40", ports: [] }] } },
            'Tenant namespace "payments-dev" cannot be set up: `network.egressCidrs[0].cidr` "10.0.0.0/40" is not an IPv4 range in CIDR notation, such as 10.10.0.0/20; ' +
                "`network.egressCidrs[0].ports` is empty: name the TCP ports that may be reached.",
        ],
        [
            "service accounts with wrong names, or twice the same",
            { serviceAccounts: ["Runner", "default", "worker", "worker"] },
            'Tenant namespace "payments-dev" cannot be set up: ' +
                '`serviceAccounts` holds "Runner": a DNS name of lower-case letters, digits, hyphens and periods other than "default" is allowed; ' +
                '`serviceAccounts` holds "default": a DNS name of lower-case letters, digits, hyphens and periods other than "default" is allowed; ' +
                '`serviceAccounts` holds "worker" more than once: name it once.',
        ],
    ];
    for (const [what, change, message] of refused) {
        it(`refuses ${what}`, async () => {
            assert.equal(await failureOf(() => tenant(change)), message);
        });
    }
});
