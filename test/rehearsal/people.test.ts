import * as assert from "node:assert/strict";
import { readStackFile } from "../../plan/stackFile";
import { answerProblem, answerProblems } from "../../rehearsal/people/answers";
import type { Question } from "../../rehearsal/people/answers";
import { castOf, peopleOf } from "../../rehearsal/people/cast";
import {
    exposureQuestions,
    kuredQuestions,
    limitProblems,
    openNamespaces,
    podSecurityQuestions,
    quotaProblems,
} from "../../rehearsal/people/fences";
import { impersonation } from "../../rehearsal/people/impersonation";
import {
    developerQuestions,
    readerQuestions,
    secretQuestions,
    strangerQuestions,
} from "../../rehearsal/people/permissions";
import { rehearsedSettings } from "../../rehearsal/stackSettings";
import type { ApiAnswer, KubernetesObject } from "../../simulator/cluster/kubernetesApi";
import { projectFolder } from "../support/stacks";

const settingsOf = (stack: string) =>
    rehearsedSettings(readStackFile(projectFolder, stack), "/charts").checked;

const ok: ApiAnswer = { status: 201, body: {} };
const refused = (message: string): ApiAnswer => ({ status: 403, body: { message } });
const forbidden = refused('pods is forbidden: User "x" cannot create resource "pods" in API group ""');
const overQuota = refused(
    'pods "one-more" is forbidden: exceeded quota: quota, requested: pods=1, used: pods=3, limited: pods=3',
);
const insecure = refused('pods "x" is forbidden: violates PodSecurity "restricted:latest": privileged');

/** Answers every request by the rule, and remembers it. */
const apiWith = (rule: (method: string, path: string) => ApiAnswer) => {
    const requests: string[] = [];
    return {
        requests,
        ask: (method: string, path: string) => {
            requests.push(`${method} ${path}`);
            return Promise.resolve(rule(method, path));
        },
    };
};

describe("rehearsal/people: who is asked", () => {
    it("takes one member of each kind of group from the configuration", () => {
        for (const stack of ["dev", "prod"]) {
            const config = settingsOf(stack);
            const { deployer, admin, stranger, developer, reader } = castOf(config);
            const { groups } = config.access;
            assert.equal(deployer.objectId, config.access.deployer.objectId);
            assert.deepEqual(admin.groups, [groups["platform-engineers"]]);
            assert.deepEqual(stranger.groups, []);
            assert.deepEqual(developer?.person.groups, [groups["payments-developers"]]);
            assert.deepEqual(reader?.person.groups, [groups["support-engineers"]]);
        }
    });

    it("knows where a group has a role", () => {
        const dev = castOf(settingsOf("dev"));
        assert.equal(dev.developer?.own.namespace, "payments-dev");
        const others = ["storefront-dev", "storefront-stage", "analytics-dev", "analytics-stage"];
        assert.deepEqual([...(dev.developer?.others ?? [])].sort(), [...others].sort());
        assert.deepEqual(castOf(settingsOf("prod")).reader?.others, ["analytics-prod"]);
    });

    it("gives everybody another object id", () => {
        const people = peopleOf(castOf(settingsOf("dev")));
        assert.equal(new Set(people.map(({ objectId }) => objectId)).size, 5);
    });

    it("has nobody for a role that no team gives", () => {
        const config = settingsOf("dev");
        const teams = config.namespaces.map((entry) => ({
            ...entry,
            settings: { ...entry.settings, readers: ["platform-engineers"], developers: [] },
        }));
        const { developer, reader } = castOf({ ...config, namespaces: teams });
        // Who administers the cluster may write everywhere, whatever else the group is.
        assert.deepEqual([developer, reader], [undefined, undefined]);
    });

    it("impersonates a person with the person's groups, and admins alone as masters", () => {
        const { admin, stranger } = castOf(settingsOf("dev"));
        assert.ok(impersonation(admin).groups.includes("system:masters"));
        assert.deepEqual(impersonation(stranger).groups, ["system:authenticated"]);
    });
});

describe("rehearsal/people: answers", () => {
    const problem = (expected: Question["expected"], answer: ApiAnswer) =>
        answerProblem({ what: "pod", expected }, answer);

    it("takes the promised answer and no other", () => {
        const answers = { allowed: ok, forbidden, overQuota, insecure };
        for (const expected of Object.keys(answers) as (keyof typeof answers)[]) {
            for (const [given, answer] of Object.entries(answers)) {
                assert.equal(
                    problem(expected, answer) === undefined,
                    given === expected,
                    `${expected} ${given}`,
                );
            }
        }
    });

    it("does not take an error of another kind for a refusal", () => {
        assert.equal(
            problem("forbidden", { status: 404, body: { message: "not found" } }),
            "pod: answered with 404 for another reason: not found",
        );
        assert.equal(problem("overQuota", ok), "pod: allowed");
        assert.match(problem("allowed", forbidden) ?? "", /^pod: refused with 403 pods is forbidden/);
    });

    it("never leaves behind what a question of writing made", async () => {
        const { developer, reader } = castOf(settingsOf("dev"));
        assert.ok(developer && reader);
        const api = apiWith(() => forbidden);
        await answerProblems(api, [
            ...developerQuestions(developer),
            ...readerQuestions(reader),
            ...strangerQuestions("payments-dev"),
            ...podSecurityQuestions("payments-dev"),
            ...developer.own.size.quota.pods
                .toString()
                .split("")
                .flatMap(() => exposureQuestions(developer.own)),
        ]);
        const writing = api.requests.filter((request) => !request.startsWith("GET"));
        assert.ok(writing.length > 10);
        assert.deepEqual(
            writing.filter((request) => !/\?dryRun=All$|\/exec\?/.test(request)),
            [],
        );
    });

    it("asks a developer about every namespace that is another's, and about the fences of the own", () => {
        const { developer } = castOf(settingsOf("dev"));
        assert.ok(developer);
        const asked = developerQuestions(developer).map(({ what }) => what);
        for (const what of [
            "create a Deployment in storefront-stage",
            "create a Deployment in ingress",
            "create a Deployment in kube-system",
            "create a namespace",
            "remove the quota",
            "give somebody a role",
        ]) {
            assert.ok(asked.includes(`developer of payments-dev: ${what}`), what);
        }
    });

    it("names everybody who reads a secret", async () => {
        const questions = secretQuestions("stranger", ["a", "b"], "forbidden");
        assert.deepEqual(
            await answerProblems(
                apiWith(() => forbidden),
                questions,
            ),
            [],
        );
        assert.deepEqual(
            await answerProblems(
                apiWith(() => ok),
                questions,
            ),
            ["stranger: read the secrets of a: allowed", "stranger: read the secrets of b: allowed"],
        );
    });
});

describe("rehearsal/people: fences", () => {
    const [tenant] = settingsOf("dev").namespaces;
    assert.ok(tenant);
    const small = { ...tenant, size: { ...tenant.size, quota: { ...tenant.size.quota, pods: 3 } } };

    /** Admits pods up to a number. */
    const quota = (limit: number, message = overQuota) => {
        let count = 0;
        return apiWith((method) => {
            if (method === "GET") {
                return { status: 200, body: { items: [] } };
            }
            if (method === "DELETE") {
                return ok;
            }
            count += 1;
            return count > limit ? message : ok;
        });
    };

    it("fills a quota, asks for one more, and clears up", async () => {
        const api = quota(3);
        assert.deepEqual(await quotaProblems(api, small), []);
        assert.equal(api.requests.filter((request) => request.startsWith("POST")).length, 4);
        assert.match(api.requests.at(-1) ?? "", /^DELETE .*\/pods\?/);
    });

    it("finds a quota that is too large, too small or another", async () => {
        assert.deepEqual(await quotaProblems(quota(4), small), [
            `one pod more than the quota of ${tenant.namespace}: allowed`,
        ]);
        assert.equal((await quotaProblems(quota(2), small)).length, 1);
        const other = refused("exceeded quota: priority, requested: pods=1, used: pods=0, limited: pods=0");
        assert.match((await quotaProblems(quota(3, other), small)).join(), /another quota than that of pods/);
    });

    it("compares what is filled in with the configuration", async () => {
        const answer = (limits: object) => ({
            status: 201,
            body: {
                spec: { containers: [{ resources: { requests: { cpu: "100m", memory: "128Mi" }, limits } }] },
            },
        });
        const good = apiWith(() => answer({ cpu: "500m", memory: "512Mi" }));
        assert.deepEqual(await limitProblems(good, tenant), []);
        const bad = apiWith(() => answer({ cpu: "1" }));
        assert.deepEqual(await limitProblems(bad, tenant), [
            "limits.cpu is 1, not 500m",
            "limits.memory is absent, not 512Mi",
        ]);
    });

    it("asks for no service that the quota has room for", () => {
        const open = { ...tenant.size.quota, loadBalancers: 1 };
        const types = (size: typeof tenant.size) =>
            exposureQuestions({ ...tenant, size }).map(({ what }) => what.split(" ")[3]);
        assert.deepEqual(types(tenant.size), ["LoadBalancer", "NodePort"]);
        assert.deepEqual(types({ ...tenant.size, quota: open }), ["NodePort"]);
    });

    it("finds namespaces that do not deny everything", () => {
        const policy = (namespace: string, spec: Record<string, unknown>): KubernetesObject => ({
            metadata: { name: "default-deny", namespace },
            spec,
        });
        const both = ["Ingress", "Egress"];
        const policies = [
            policy("closed", { podSelector: {}, policyTypes: both }),
            policy("half", { podSelector: {}, policyTypes: ["Ingress"] }),
            policy("some", { podSelector: { matchLabels: { a: "b" } }, policyTypes: both }),
            policy("leaky", { podSelector: {}, policyTypes: both, egress: [{}] }),
        ];
        assert.deepEqual(openNamespaces(["closed", "half", "some", "leaky", "none"], policies), [
            "half",
            "some",
            "leaky",
            "none",
        ]);
    });

    it("asks for kured's own pod, without what only its namespace has", () => {
        const spec = { serviceAccountName: "kured", priorityClassName: "p", hostPID: true, containers: [] };
        const daemonSet = { metadata: { name: "kured" }, spec: { template: { spec } } };
        const questions = kuredQuestions(daemonSet, "kured", ["shop"]);
        assert.deepEqual(
            questions.map(({ what, expected }) => [what, expected]),
            [
                ["kured's pod in kured", "allowed"],
                ["kured's pod in shop", "insecure"],
            ],
        );
        const { spec: asked } = questions[1]?.object as { spec: Record<string, unknown> };
        assert.equal(asked["hostPID"], true);
        assert.equal("serviceAccountName" in asked || "priorityClassName" in asked, false);
    });
});
