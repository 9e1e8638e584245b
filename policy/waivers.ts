import type { Waiver } from "./waiver";

const owner = "platform-engineers";

/** What both stacks put up with. */
const everywhere: readonly Omit<Waiver, "stack">[] = [
    {
        rule: "node-images-come-from-aks",
        resources: ["cluster-managed-cluster"],
        reason:
            "Chosen: kured with the node OS channel Unmanaged. Microsoft recommends NodeImage or SecurityPatch, and kured for clusters " +
            "that restart nodes themselves; the two exclude each other, and with kured the hours, the order and the pace of restarts are ours. " +
            "One setting, `nodePatching`, changes to the other way.",
        owner,
        expires: "2027-06-30",
    },
    {
        rule: "namespaces-enforce-pod-security",
        resources: ["kured-namespace", "platform-namespace-kube-system"],
        reason:
            "Chosen: these two namespaces take privileged pods. kured has to enter the host's namespaces to restart it, and AKS's own agents in " +
            "kube-system do the same. Nobody but the platform may create pods there.",
        owner,
        expires: "2027-06-30",
    },
    {
        rule: "cluster-is-watched-by-defender",
        resources: ["cluster-managed-cluster"],
        reason:
            "Chosen: the plan of the subscription decides whether the sensor runs, since it is charged per core and Azure Policy of the plan installs it. " +
            "Setting it here as well would take it off again where the plan wants it.",
        owner,
        expires: "2027-03-31",
    },
];

/** Host encryption is a property of each pool, and every stack has pools of its own. */
const hostEncryption: Omit<Waiver, "stack" | "resources"> = {
    rule: "nodes-encrypt-their-disks",
    reason:
        "Chosen: a stack that deploys into an empty subscription. Host encryption needs a feature that a subscription has to register first, and AKS refuses the " +
        "pool without it. Operating system disks are ephemeral and volumes are encrypted at rest, so temporary data and caches are what is left open.",
    owner,
    expires: "2027-03-31",
};

/** Findings that are put up with, by stack. */
export const waivers: readonly Waiver[] = [
    ...["dev", "prod"].flatMap((stack) => everywhere.map((waiver) => ({ ...waiver, stack }))),
    {
        ...hostEncryption,
        stack: "dev",
        resources: ["cluster-managed-cluster", "pool-apps-agent-pool", "pool-spot-agent-pool"],
    },
    { ...hostEncryption, stack: "prod", resources: ["cluster-managed-cluster", "pool-apps-agent-pool"] },
    {
        rule: "cluster-has-an-uptime-promise",
        stack: "dev",
        resources: ["cluster-managed-cluster"],
        reason: "Chosen: the Free tier. Nobody outside the teams depends on dev, and the promise costs more than a node.",
        owner,
        expires: "2027-06-30",
    },
    {
        rule: "registry-denies-unknown-networks",
        stack: "dev",
        resources: ["registry-registry"],
        reason:
            "Chosen: the Standard tier, which cannot be closed to networks; Premium costs ten times as much. Pulling and pushing need an Entra login with a role, " +
            "and images of dev hold no secrets.",
        owner,
        expires: "2027-06-30",
    },
    {
        rule: "stateful-resources-are-protected",
        stack: "dev",
        resources: [
            "network-vnet",
            "cluster-managed-cluster",
            "vault-vault",
            "registry-registry",
            "monitoring-logs",
            "monitoring-metrics",
        ],
        reason: "Chosen: dev can be taken down and built again with one command, which `protect` would refuse.",
        owner,
        expires: "2027-06-30",
    },
    {
        rule: "data-is-locked-against-deletion",
        stack: "dev",
        resources: ["vault-vault", "registry-registry", "monitoring-logs"],
        reason: "Chosen: dev can be taken down and built again with one command, which a lock would refuse.",
        owner,
        expires: "2027-06-30",
    },
    {
        rule: "workload-policies-deny",
        stack: "dev",
        resources: [
            "governance-pod-security",
            "governance-internal-load-balancers",
            "governance-https-ingress",
            "governance-no-default-namespace",
            "governance-no-external-ips",
        ],
        reason: "Chosen: policies only audit in dev, so that a team sees what prod will refuse before it has mended everything.",
        owner,
        expires: "2027-06-30",
    },
];
