import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { knownStacks } from "../../plan/stackFile";
import { waiverRules } from "../../policy/evaluate";
import type { Rule } from "../../policy/rule";
import { rulesByTopic } from "../../policy/rules";
import { bootstrapRules } from "../../policy/rules/bootstrap";
import { waivers } from "../../policy/waivers";
import { addLike, remove, resource, setInput } from "../support/editing";
import { projectFolder } from "../support/stacks";
import { judged } from "./editableStack";
import type { EditableStack } from "./editableStack";
import type { Breakage } from "./breakage";
import { clusterBreakages } from "./cases/cluster";
import { inClusterBreakages } from "./cases/inCluster";
import { networkBreakages } from "./cases/network";
import { serviceBreakages } from "./cases/services";

const breakages: readonly Breakage[] = [
    ...networkBreakages,
    ...clusterBreakages,
    ...serviceBreakages,
    ...inClusterBreakages,
];

const all: Omit<Rule, "evaluate">[] = [
    ...Object.values(rulesByTopic).flatMap((rules): readonly Rule[] => rules),
    ...Object.values(waiverRules),
];

const failing = async (name: string, change?: (stack: EditableStack) => void) =>
    (await judged(name, change)).filter(({ holds }) => !holds);

describe("rules", () => {
    for (const stack of ["dev", "prod"]) {
        it(`all hold for ${stack}, with its waivers`, async () => {
            assert.deepEqual(
                (await failing(stack)).map(({ id, findings }) => ({ id, findings })),
                [],
            );
        });
    }

    it("are seventy at least, with names that are alike and used once", () => {
        const ids = all.map(({ id }) => id);
        assert.ok(ids.length >= 70, String(ids.length));
        assert.deepEqual(
            ids.filter((id) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)),
            [],
        );
        assert.equal(new Set(ids).size, ids.length);
        assert.equal(new Set(all.map(({ title }) => title)).size, ids.length);
    });

    it("say what for, how to mend it and where it comes from", () => {
        const bootstrap = Object.values(bootstrapRules).flat();
        for (const { id, title, why, mend, sources } of [...all, ...bootstrap]) {
            for (const text of [why, mend]) {
                assert.match(text, /^(kured|[A-Z`])[^]*\.$/, id);
            }
            assert.match(title, /^(kured|[A-Z])[^]*[^.]$/, id);
            assert.ok(sources.length > 0, id);
        }
    });

    it("are waived for stacks that there are", () => {
        const known = knownStacks(projectFolder);
        assert.deepEqual(
            waivers.filter(({ stack }) => !known.includes(stack)),
            [],
        );
    });

    it("name settings that the stack file has in what mends them", () => {
        const page = readFileSync(join(projectFolder, "docs", "configuration.md"), "utf8");
        const known = new Set([...page.matchAll(/^\| `([^`]+)`/gm)].map(([, key]) => key));
        const sections = new Set([...known].map((key) => key?.split(".")[0]));
        const named = all.flatMap(({ mend }) =>
            [...mend.matchAll(/`(\w+)(\.[\w.]+)(?::[^`]*)?`/g)]
                .filter(([, section]) => sections.has(section))
                .map(([, section = "", rest = ""]) => section + rest),
        );
        assert.ok(named.length > 10, String(named.length));
        assert.deepEqual(
            named.filter((key) => !known.has(key)),
            [],
        );
    });

    it("are each broken by one thing alone below", () => {
        const tested = new Set(
            breakages.filter(({ also = [] }) => also.length === 0).map(({ rule }) => rule),
        );
        assert.deepEqual(
            // A kubeconfig that is no secret is a secret in a plain input as well.
            all.map(({ id }) => id).filter((id) => !tested.has(id) && id !== "kubeconfig-is-secret"),
            [],
        );
        const known = new Set(all.map(({ id }) => id));
        assert.deepEqual(
            breakages.filter(({ rule }) => !known.has(rule)),
            [],
        );
    });

    it("take what stays when it is taken out of the program for protected", async () => {
        const found = await failing("prod", (stack) => {
            const { options } = resource(stack, "vault-vault");
            options.protect = false;
            options.retainOnDelete = true;
        });
        assert.deepEqual(found, []);
    });

    it("allow several patches of one object that others made", async () => {
        const found = await failing("prod", (stack) => {
            for (const name of ["one", "two"]) {
                addLike(stack, "platform-namespace-default", { name, id: "kube-system" });
            }
        });
        assert.deepEqual(found, []);
    });

    it("ask for no alert of a cap where a workspace has none", async () => {
        const found = await failing("prod", (stack) => {
            setInput(stack, "monitoring-logs", "workspaceCapping.dailyQuotaGb", -1);
            remove(stack, "monitoring-daily-quota-reached");
        });
        assert.deepEqual(
            found.map(({ id }) => id),
            ["logs-have-a-daily-cap"],
        );
    });

    it("compare nothing with the cluster when the in-cluster half is switched off", async () => {
        const found = await failing("prod", (stack) => {
            for (const phase of [stack.preview, stack.update]) {
                phase.resources = phase.resources.filter(
                    ({ type }) =>
                        !type.startsWith("kubernetes:") &&
                        type !== "pulumi:providers:kubernetes" &&
                        !/:(Kured|Tenant|Ingress|Platform)$/.test(type),
                );
            }
            stack.waivers = stack.waivers.filter(({ rule }) => rule !== "namespaces-enforce-pod-security");
        });
        assert.deepEqual(found, []);
    });

    for (const { rule, breaks, change, expect, also = [], on = "prod" } of breakages) {
        it(`${rule}: ${breaks}`, async () => {
            const found = await failing(on, change);
            const findings = found.find(({ id }) => id === rule)?.findings ?? [];
            const spelled = findings.map(({ resource: name, message }) =>
                name === undefined ? message : `${name}: ${message}`,
            );
            assert.deepEqual(spelled, expect);
            assert.deepEqual(found.map(({ id }) => id).sort(), [rule, ...also].sort());
        });
    }
});
