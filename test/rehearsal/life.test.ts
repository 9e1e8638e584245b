import * as assert from "node:assert/strict";
import type { Watcher } from "../../engine/events";
import { policyProblems, previewProblems } from "../../rehearsal/life/creation";
import { autoscaling, problemsOf, takenBack } from "../../rehearsal/life/drift";
import { Notes, changesIn } from "../../rehearsal/life/notes";
import { everywhereProblems, spreadProblems } from "../../rehearsal/life/placement";
import { chapterNames, checksOf, lifeChecks } from "../../rehearsal/lifeChecks";
import type { KubernetesObject } from "../../simulator/cluster/kubernetesApi";

/** An operation that no policy pack judged. */
const quiet = { policyPacks: [], findings: [] };

const notes = (isProtected = false) => new Notes({ config: {}, isProtected });
const outcomes = (of: Notes) => Object.fromEntries(of.checks().map(({ id, outcome }) => [id, outcome]));

describe("rehearsal/life: notes", () => {
    it("lists checks in the order of the chapters, each once", () => {
        const order = lifeChecks.map(({ chapter }) => chapterNames.indexOf(chapter));
        assert.deepEqual(
            order,
            [...order].sort((a, b) => a - b),
        );
        assert.equal(new Set(lifeChecks.map(({ id }) => id)).size, lifeChecks.length);
    });

    it("holds stacks without protection to no check of it", () => {
        const ids = (isProtected: boolean) => checksOf({ isProtected }).map(({ id }) => id);
        assert.deepEqual(
            ids(true).filter((id) => !ids(false).includes(id)),
            ["protected-destroy", "protection-lifted"],
        );
    });

    it("reports what was not reached as skipped", () => {
        const some = notes();
        some.record("first-up", [], "good");
        some.record("second-up", ["one", "two"], "good");
        const { "first-up": up, "second-up": second, destroy } = outcomes(some);
        assert.deepEqual([up, second, destroy], ["holds", "fails", "skipped"]);
        assert.equal(some.isOver, false);
    });

    it("does not hold a life to what does not apply where it is played, and remarks on the rest", () => {
        const some = new Notes({
            config: {},
            isProtected: false,
            reservations: {
                notApplicable: { placement: "no pools", "destroy-calls": "no guard" },
                remarks: { people: "by impersonation" },
            },
        });
        some.record("placement", ["kured is not on node a"], "");
        some.begin("people");
        some.record("developer", [], "asked");
        some.record("reader", ["one", "two"], "asked");
        some.begin("drift");
        some.record("drift-found", [], "found");
        const details = Object.fromEntries(some.checks().map(({ id, detail }) => [id, detail]));
        assert.equal(outcomes(some)["placement"], "notApplicable");
        assert.equal(outcomes(some)["destroy-calls"], "notApplicable");
        assert.deepEqual(
            ["placement", "developer", "reader", "drift-found"].map((id) => details[id]),
            ["no pools", "asked; by impersonation", "one\ntwo\nby impersonation", "found"],
        );
    });

    it("is over where what all builds on fails", () => {
        const some = notes();
        some.record("first-up", ["refused"], "");
        assert.equal(some.isOver, true);
    });

    it("lays an error to the first check that its chapter owes", () => {
        const some = notes();
        some.record("developer", [], "good");
        some.broken("people", new Error("connection refused"));
        const { developer, reader, stranger } = outcomes(some);
        assert.deepEqual([developer, reader, stranger], ["holds", "fails", "skipped"]);
        assert.throws(() => some.broken("protection", new Error("nobody's")), /nobody's/);
    });

    it("writes down what an operation took, and says what is being done", async () => {
        const said: string[] = [];
        const progress = {
            chapter: (name: string) => said.push(name),
            expect: (total: number) => said.push(`expect ${total}`),
            began: (urn: string) => said.push(`began ${urn}`),
            ended: (urn: string) => said.push(`ended ${urn}`),
        };
        const some = new Notes({ config: {}, isProtected: false, progress });
        const step = (isComponent: boolean) => ({
            operation: "create",
            urn: "u",
            isComponent,
            properties: [],
        });
        const operation = (watcher: Watcher | undefined) => {
            watcher?.began("u", "t");
            return Promise.resolve({ ...quiet, steps: [step(true), step(false)], durationInMilliseconds: 5 });
        };
        some.begin("noChange");
        await some.run("preview", operation);
        await some.run("up", operation);
        assert.deepEqual(some.steps, [
            { name: "preview", durationInMilliseconds: 5 },
            { name: "up", durationInMilliseconds: 5 },
        ]);
        assert.deepEqual(said, ["no change: preview", "began u", "no change: up", "expect 1", "began u"]);
    });

    it("names changes and errors", () => {
        const step = (operation: string) => ({ operation, urn: "u", isComponent: false, properties: [] });
        assert.deepEqual(
            changesIn({
                ...quiet,
                error: "refused",
                steps: [step("same"), step("update")],
                durationInMilliseconds: 1,
            }),
            ["refused", "update u"],
        );
    });

    it("names what a policy pack refuses, and a pack that did not run", () => {
        const pack = "aks-landing-zone";
        const finding = { rule: "r", message: "bad", resource: "urn" } as const;
        const judged = { policyPacks: [pack], findings: [{ ...finding, level: "warning" } as const] };
        assert.deepEqual(policyProblems(judged), []);
        const ofStack = { rule: "r", message: "bad" } as const;
        const refused = {
            ...judged,
            findings: [
                { ...finding, level: "mandatory" } as const,
                { ...ofStack, level: "mandatory" } as const,
            ],
        };
        assert.deepEqual(policyProblems(refused), ["r, urn: bad", "r, the stack: bad"]);
        assert.deepEqual(policyProblems({ ...quiet, policyPacks: ["another"], error: "no launcher" }), [
            "the pack did not run: no launcher",
        ]);
        assert.deepEqual(policyProblems(quiet), ["the pack did not run"]);
    });

    it("compares a preview with what was made", () => {
        const step = (urn: string) => ({ operation: "create", urn, isComponent: false, properties: [] });
        assert.deepEqual(previewProblems({ steps: [step("a"), step("b")] }, [{ urn: "b" }, { urn: "c" }]), [
            "not in the preview: c",
            "only in the preview: a",
        ]);
    });
});

describe("rehearsal/life: drift", () => {
    it("wants the named resources and properties, and no others", () => {
        const step = (operation: string, name: string, properties: string[] = []) => ({
            operation,
            urn: `urn:pulumi:dev::project::type::${name}`,
            isComponent: false,
            properties,
        });
        const expected = ["update registry (sku)", "delete policy"];
        const good = [step("same", "a"), step("update", "registry", ["sku"]), step("delete", "policy")];
        assert.deepEqual(problemsOf({ steps: good }, expected), []);
        assert.deepEqual(problemsOf({ steps: [step("update", "registry", ["sku", "tags"])] }, expected), [
            "not done: update registry (sku)",
            "not done: delete policy",
            "not expected: update registry (sku, tags)",
        ]);
        assert.deepEqual(problemsOf({ error: "no", steps: good }, expected), ["no"]);
    });

    it("lets the autoscaler add nodes where it is on, and sees them taken back", () => {
        const pools = "azure-native:containerservice";
        const resource = (id: string, type: string, inputs: Record<string, unknown>) => ({
            urn: id,
            id,
            type,
            inputs,
        });
        const scaled = autoscaling([
            resource("cluster", `${pools}:ManagedCluster`, {
                agentPoolProfiles: [{ enableAutoScaling: true, count: 2 }],
            }),
            resource("on", `${pools}:AgentPool`, { enableAutoScaling: true }),
            resource("off", `${pools}:AgentPool`, { enableAutoScaling: false, count: 2 }),
        ]);
        assert.deepEqual(scaled, [
            { id: "cluster", path: ["agentPoolProfiles", 0, "count"], value: 3 },
            { id: "on", path: ["count"], value: 1 },
        ]);
        const entities = [
            { id: "cluster", inputs: { agentPoolProfiles: [{ count: 3 }] } },
            { id: "on", inputs: { count: 0 } },
        ];
        assert.deepEqual(takenBack(scaled, entities), ["on: the count is 0, not the autoscaler's 1"]);
    });
});

describe("rehearsal/life: placement", () => {
    const node = (name: string, zone: string, tainted = false): KubernetesObject => ({
        metadata: {
            name,
            labels: { "kubernetes.io/os": "linux", "topology.kubernetes.io/zone": zone },
        },
        spec: tainted ? { taints: [{ key: "CriticalAddonsOnly", effect: "NoSchedule" }] } : {},
    });
    const on = (nodeName: string): KubernetesObject => ({ metadata: { name: "pod" }, spec: { nodeName } });
    const nodes = [node("s", "1", true), node("a", "1"), node("b", "2"), node("c", "2")];

    it("finds nothing wrong with pods on all nodes that take them", () => {
        assert.deepEqual(spreadProblems(nodes, [on("a"), on("b"), on("c")]), []);
        assert.deepEqual(spreadProblems(nodes, [on("a"), on("b")]), []);
    });

    it("finds pods that share a node or a zone, or are where others are kept off", () => {
        assert.deepEqual(spreadProblems(nodes, [on("a"), on("a")]), [
            "2 pods of the ingress are on 1 nodes, not 2",
            "2 pods of the ingress are in 1 zones, not 2",
        ]);
        assert.deepEqual(spreadProblems(nodes, [on("b"), on("c")]), [
            "2 pods of the ingress are in 1 zones, not 2",
        ]);
        assert.deepEqual(spreadProblems(nodes, [on("s"), on("b")]), [
            "a pod of the ingress is on s, which keeps others off by a taint",
        ]);
    });

    it("finds nodes that nobody reboots", () => {
        assert.deepEqual(everywhereProblems(nodes, [on("a"), on("b"), on("c")]), ["kured is not on node s"]);
    });
});
