import { IngressController } from "../../components/ingressArgs";
import { kuredNamespace, usesKured } from "../../program/nodePatching";
import type { LandingZoneConfig } from "../../config";
import { answerProblem, answerProblems } from "../people/answers";
import type { Asked } from "../people/answers";
import { castOf } from "../people/cast";
import type { Cast, TenantMember } from "../people/cast";
import {
    exposureQuestions,
    kuredQuestions,
    limitProblems,
    openNamespaces,
    podSecurityQuestions,
    quotaProblems,
} from "../people/fences";
import { deployment } from "../people/objects";
import {
    deployments,
    developerQuestions,
    platformNamespaces,
    pods,
    readerQuestions,
    secretQuestions,
    strangerQuestions,
} from "../people/permissions";
import type { KubernetesApi } from "../../simulator/cluster/kubernetesApi";
import { within } from "../../simulator/cluster/waiting";
import type { Person } from "../../simulator/people";
import type { Stage } from "../stage";
import type { Notes } from "./notes";

/** The cluster, asked as the people concerned. Whatever is made for it is removed again. */
export async function people(stage: Stage, notes: Notes): Promise<void> {
    notes.doing("asking as the people concerned");
    const start = performance.now();
    const config = stage.settings.checked;
    const cast = castOf(config);
    const as = (person: Person) => stage.askAs(person);
    await permissions(cast, config, as, notes);
    await fences(cast, config, stage, notes);
    notes.timed("people", performance.now() - start);
}

async function permissions(
    cast: Cast,
    { namespaces }: LandingZoneConfig,
    as: (person: Person) => Promise<Asked>,
    notes: Notes,
): Promise<void> {
    const { developer, reader, admin } = cast;
    const everywhere = [...namespaces.map(({ namespace }) => namespace), "kube-system"];
    if (developer) {
        const api = await as(developer.person);
        notes.record(
            "developer",
            [
                ...(await deploymentProblems(api, developer)),
                ...(await answerProblems(api, developerQuestions(developer))),
            ],
            `a Deployment became ready in ${developer.own.namespace}; refused in ${developer.others.length + platformNamespaces.length} other namespaces and beside them`,
        );
    } else {
        notes.record("developer", [], "no team has developers");
    }
    if (reader) {
        notes.record(
            "reader",
            await answerProblems(await as(reader.person), readerQuestions(reader)),
            `asked in ${reader.own.namespace}`,
        );
    } else {
        notes.record("reader", [], "no team has readers");
    }

    const stranger = await as(cast.stranger);
    notes.record(
        "other-secrets",
        [
            ...(await answerProblems(await as(admin), secretQuestions("admin", everywhere, "allowed"))),
            ...(await answerProblems(stranger, secretQuestions("stranger", everywhere, "forbidden"))),
            ...(developer
                ? await answerProblems(
                      await as(developer.person),
                      secretQuestions("developer", [...developer.others, ...platformNamespaces], "forbidden"),
                  )
                : []),
            ...(reader
                ? await answerProblems(
                      await as(reader.person),
                      secretQuestions("reader", everywhere, "forbidden"),
                  )
                : []),
        ],
        `asked in ${everywhere.length} namespaces`,
    );
    const [first] = namespaces;
    notes.record(
        "stranger",
        await answerProblems(stranger, strangerQuestions(first?.namespace ?? "default")),
        "refused everything",
    );
}

/** A real Deployment by a developer: made, run, and removed by the same. */
async function deploymentProblems(api: Asked, { own: { namespace } }: TenantMember): Promise<string[]> {
    const name = "rehearsal";
    const what = `developer of ${namespace}: create a Deployment`;
    const path = deployments(namespace);
    const created = answerProblem(
        { what, expected: "allowed" },
        await api.ask("POST", path, deployment(name)),
    );
    if (created !== undefined) {
        return [created];
    }
    const isReady = await within(60, async () => {
        const { body } = await api.ask("GET", `${path}/${name}`);
        return (body as { status?: { readyReplicas?: number } }).status?.readyReplicas === 1;
    });
    const deleted = answerProblem(
        { what: `developer of ${namespace}: delete a Deployment`, expected: "allowed" },
        await api.ask("DELETE", `${path}/${name}`),
    );
    const isGone = await within(60, async () => {
        const { body } = await api.ask("GET", pods(namespace));
        return (body as { items?: unknown[] }).items?.length === 0;
    });
    return [
        ...(isReady ? [] : [`${what}: its pod was not ready within 60 seconds`]),
        ...(deleted === undefined ? [] : [deleted]),
        ...(isGone ? [] : [`${what}: its pod was not gone within 60 seconds`]),
    ];
}

async function fences(cast: Cast, config: LandingZoneConfig, stage: Stage, notes: Notes): Promise<void> {
    const { namespaces } = config;
    const admin = await stage.adminApi();
    // A tenant's own people meet the fences; without any, whoever may do everything.
    const tenant = cast.developer;
    const api = tenant ? await stage.askAs(tenant.person) : admin;
    const own = tenant?.own ?? namespaces[0];
    if (own === undefined) {
        for (const id of ["quota", "pod-security", "container-limits", "load-balancer"] as const) {
            notes.record(id, [], "the stack has no tenant");
        }
    } else {
        notes.record(
            "quota",
            await quotaProblems(api, own),
            `${own.size.quota.pods} pods in ${own.namespace}, and not one more`,
        );
        notes.record(
            "pod-security",
            await answerProblems(api, podSecurityQuestions(own.namespace)),
            `refused in ${own.namespace}`,
        );
        notes.record("container-limits", await limitProblems(api, own), "as the configuration says");
        // By an admin, who may make services everywhere: it is the quota that refuses.
        const exposure = namespaces.flatMap(exposureQuestions);
        notes.record(
            "load-balancer",
            await answerProblems(admin, exposure),
            `${exposure.length} services refused`,
        );
    }

    const tenantNamespaces = namespaces.map(({ namespace }) => namespace);
    const policies = await admin.list("/apis/networking.k8s.io/v1/networkpolicies");
    notes.record(
        "default-deny",
        openNamespaces(tenantNamespaces, policies).map(
            (namespace) => `${namespace} has no policy that denies all`,
        ),
        `in ${tenantNamespaces.length} namespaces`,
    );
    notes.record(
        "kured-privileges",
        usesKured(config) ? await kuredProblems(admin, config) : [],
        usesKured(config) ? "admitted in its namespace alone" : "the stack has no kured",
    );
}

async function kuredProblems(admin: KubernetesApi, config: LandingZoneConfig): Promise<string[]> {
    const daemonSets = await admin.list(`/apis/apps/v1/namespaces/${kuredNamespace}/daemonsets`);
    const [kured] = daemonSets;
    if (kured === undefined) {
        return [`namespace ${kuredNamespace} has no DaemonSet`];
    }
    const { controller } = config.kubernetes.ingress;
    const others = [
        ...(controller === IngressController.None ? [] : ["ingress"]),
        ...config.namespaces.map(({ namespace }) => namespace),
    ];
    return answerProblems(admin, kuredQuestions(kured, kuredNamespace, others));
}
