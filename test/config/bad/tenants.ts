import type { BadConfiguration } from "./badConfiguration";

/** Teams, groups, tags. */
export const tenants: readonly BadConfiguration[] = [
    [
        "a size that does not exist",
        { "tenants.teams.payments.size": "huge" },
        'tenants.teams.payments.size: `size` is "huge", but tenants.sizes has small. Use one of them, or add it there.',
    ],
    [
        "a size of an environment that does not exist",
        { "tenants.teams.payments.environments": { test: { size: "huge" } } },
        'tenants.teams.payments.environments.test.size: `environments.test.size` is "huge", but tenants.sizes has small. Use one of them, or add it there.',
    ],
    [
        "an environment without effect",
        { "tenants.teams.payments.environments": { prod: {} } },
        "tenants.teams.payments.environments.prod: `environments.prod` has no effect: tenants.environments has test only. Remove it, or add the environment there.",
    ],
    [
        "an environment twice",
        { "tenants.environments": ["test", "test"], "tenants.teams": {} },
        'tenants.environments: `environments` has "test" twice. Remove one of them.',
    ],
    [
        "a namespace of the system",
        { "tenants.teams": { kube: { size: "small" } }, "tenants.environments": ["system"] },
        'tenants.teams.kube: `teams.kube` makes the namespace "kube-system", but names that start with kube- belong to the system. Rename the team.',
    ],
    [
        "a namespace of the platform",
        { "tenants.teams": { flux: { size: "small" } }, "tenants.environments": ["system"] },
        'tenants.teams.flux: `teams.flux` makes the namespace "flux-system", which the platform itself uses. Rename the team.',
    ],
    [
        "two teams with one namespace",
        {
            "tenants.teams": { "a-b": { size: "small" }, a: { size: "small" } },
            "tenants.environments": ["c", "b-c"],
        },
        'tenants.teams.a: `teams.a` makes the namespace "a-b-c", as a-b does. Rename one of the teams.',
    ],
    [
        "a priority class of the platform",
        { "tenants.teams.payments.priorityClassName": "platform-critical" },
        'tenants.teams.payments.priorityClassName: `priorityClassName` is "platform-critical", which is no class for tenants. Use one of tenant-high, tenant-default, tenant-low.',
    ],
    [
        "a service account twice",
        { "tenants.teams.payments.serviceAccounts": ["payments-api"] },
        'tenants.teams.payments.workloads.api.serviceAccount: `workloads.api.serviceAccount` is "payments-api", which another workload or serviceAccounts has too. Rename one of them.',
    ],
    [
        "two workloads with one service account",
        { "tenants.teams.payments.workloads.web": { serviceAccount: "payments-api" } },
        'tenants.teams.payments.workloads.web.serviceAccount: `workloads.web.serviceAccount` is "payments-api", which another workload or serviceAccounts has too. Rename one of them.',
    ],
    [
        "the default service account",
        { "tenants.teams.payments.serviceAccounts": ["default"] },
        'tenants.teams.payments.serviceAccounts: `serviceAccounts` has "default": use lower-case letters, digits and hyphens, other than "default".',
    ],
    [
        "requests above limits",
        { "tenants.sizes.small.quota.requestsCpu": "6" },
        "tenants.sizes.small.quota.requestsCpu: `quota.requestsCpu` 6 is more than `quota.limitsCpu` 4: lower the first or raise the second.",
    ],
    [
        "a quantity that Kubernetes does not know",
        { "tenants.sizes.small.quota.limitsMemory": "8GB" },
        'tenants.sizes.small.quota.limitsMemory: `quota.limitsMemory` is "8GB": a Kubernetes quantity such as 500m, 2 or 4Gi is allowed.',
    ],
    [
        "a container's default above its limit",
        { "tenants.sizes.small.containerDefaults": { requestMemory: "1Gi" } },
        "tenants.sizes.small.containerDefaults.requestMemory: `containerDefaults.requestMemory` 1Gi is more than `containerDefaults.limitMemory` 512Mi: lower the first or raise the second.",
    ],
    [
        "a container's limit above the quota",
        { "tenants.sizes.small.containerDefaults": { limitCpu: "8" } },
        "tenants.sizes.small.containerDefaults.limitCpu: `containerDefaults.limitCpu` 8 is more than `quota.limitsCpu` 4: lower the first or raise the second.",
    ],
    [
        "more than 20 federated credentials",
        {
            "tenants.environments": [
                "e1",
                "e2",
                "e3",
                "e4",
                "e5",
                "e6",
                "e7",
                "e8",
                "e9",
                "e10",
                "e11",
                "e12",
                "e13",
                "e14",
                "e15",
                "e16",
                "e17",
                "e18",
                "e19",
                "e20",
                "e21",
            ],
        },
        "tenants.teams.payments.workloads.api: `workloads.api` would have 21 federated credentials, one for each environment: Azure allows 20 for an identity. Divide the environments among clusters.",
    ],
    [
        "an egress range with bits after its prefix",
        { "tenants.teams.payments.network": { egressCidrs: [{ cidr: "10.200.4.1/24", ports: [443] }] } },
        'tenants.teams.payments.network.egressCidrs[0].cidr: `egressCidrs[0].cidr` "10.200.4.1/24" has address bits set after its prefix; the range is written 10.200.4.0/24.',
    ],
    [
        "a group that does not exist",
        { "tenants.teams.payments.readers": ["suport"] },
        'tenants.teams.payments.readers[0]: `tenants.teams.payments.readers[0]` is "suport", but there is no group of that key: there are platform, developers. Add it to access.groups or access.createGroups, or correct the key.',
    ],
    [
        "an administrator that does not exist",
        { "access.adminGroups": ["admins"] },
        'access.adminGroups[0]: `access.adminGroups[0]` is "admins", but there is no group of that key: there are platform, developers. Add it to access.groups or access.createGroups, or correct the key.',
    ],
    [
        "a group that exists and is created",
        { "access.createGroups": { platform: { displayName: "AKS platform" } } },
        "access.createGroups.platform: `createGroups.platform` has the key of an existing group in access.groups. Rename one of them.",
    ],
    [
        "a group under two keys, in other letters",
        {
            "access.groups.admins": "AAAAAAAA-aaaa-4aaa-8aaa-aaaaaaaaaaaa",
            "access.groups.owners": "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa",
        },
        'access.groups.owners: `groups.owners` is "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", the object id of admins too: Azure refuses a role given twice. Keep one key.',
    ],
    [
        "a group under two keys",
        { "access.groups.admins": "44444444-4444-4444-8444-444444444444" },
        'access.groups.admins: `groups.admins` is "44444444-4444-4444-8444-444444444444", the object id of platform too: Azure refuses a role given twice. Keep one key.',
    ],
    [
        "a group twice in a list",
        { "tenants.teams.payments.developers": ["developers", "developers"] },
        'tenants.teams.payments.developers: `developers` names the group "developers" twice. Remove one of them.',
    ],
    [
        "two new groups of one name",
        { "access.createGroups": { one: { displayName: "AKS" }, two: { displayName: "aks" } } },
        'access.createGroups: `createGroups` has two groups with `displayName` "aks". Rename one of them.',
    ],
    [
        "a tag that Azure refuses",
        { tags: { "cost/center": "x" } },
        'tags: `tags` has the name "cost/center": Azure allows up to 128 characters other than < > % & \\ ? /. Rename it.',
    ],
    [
        "an identity's name is too long",
        {
            "tenants.teams.a-team-with-a-name-that-is-long-enough": {
                size: "small",
                workloads: { "a-workload-with-a-long-name-xx": { serviceAccount: "api" } },
            },
        },
        'tenants.teams.a-team-with-a-name-that-is-long-enough.workloads.a-workload-with-a-long-name-xx: `workloads.a-workload-with-a-long-name-xx` makes an identity called "a-team-with-a-name-that-is-long-enough-a-workload-with-a-long-name-xx" of 69 characters, allowed are 60. Shorten the name of team or workload.',
    ],
    [
        "an egress exception outside its range",
        {
            "tenants.teams.payments.network": {
                egressCidrs: [{ cidr: "10.200.0.0/16", ports: [443], except: ["10.99.0.0/24"] }],
            },
        },
        'tenants.teams.payments.network.egressCidrs[0].except[0]: `egressCidrs[0].except[0]` "10.99.0.0/24" is not inside 10.200.0.0/16: name a part of the range.',
    ],
    [
        "an egress exception that leaves nothing over",
        {
            "tenants.teams.payments.network": {
                egressCidrs: [{ cidr: "10.200.0.0/16", ports: [443], except: ["10.200.0.0/16"] }],
            },
        },
        'tenants.teams.payments.network.egressCidrs[0].except[0]: `egressCidrs[0].except[0]` "10.200.0.0/16" is not inside 10.200.0.0/16: name a part of the range.',
    ],
    [
        "a tag twice, but for its case",
        { tags: { Owner: "a", owner: "b" } },
        'tags: `tags` has the name "owner" beside "Owner": to Azure, which ignores case, they are one. Keep one spelling.',
    ],
    [
        "a tag of the program in another case",
        { tags: { Environment: "x" } },
        'tags: `tags` has the name "Environment" beside "environment", which the program sets: to Azure, which ignores case, they are one. Keep one spelling.',
    ],
    [
        "a namespace of Calico",
        {
            "tenants.environments": ["system"],
            "tenants.teams": { calico: { size: "small" } },
        },
        'tenants.teams.calico: `teams.calico` makes the namespace "calico-system", which the platform itself uses. Rename the team.',
    ],
];
