import * as assert from "node:assert/strict";
import { createColors } from "picocolors";
import type { StateResource } from "../../rehearsal/engine";
import { changesOf } from "../../rehearsal/engine";
import { isForObject } from "../../simulator/cluster/goneCluster";
import type { KubernetesApi, KubernetesObject } from "../../simulator/cluster/kubernetesApi";
import { reportText } from "../../rehearsal/render";
import { isBad } from "../../rehearsal/report";
import type { Check, Report } from "../../rehearsal/report";
import { workloadProblems } from "../../rehearsal/workloads";

const release: StateResource = {
    urn: "urn",
    type: "kubernetes:helm.sh/v3:Release",
    outputs: { namespace: "ingress" },
};

const clusterWith = (objects: Record<string, KubernetesObject[]>) =>
    ({
        list: (path: string) => Promise.resolve(objects[path.split("/").at(-1) ?? ""] ?? []),
    }) as unknown as KubernetesApi;

const pod = (name: string, ready: string): KubernetesObject => ({
    metadata: { name },
    status: { conditions: [{ type: "Ready", status: ready }] },
});

const balancer = (ingress?: object[]): KubernetesObject => ({
    metadata: { name: "traefik" },
    spec: { type: "LoadBalancer" },
    status: { loadBalancer: { ingress } },
});

describe("rehearsal: what checks are made of", () => {
    it("finds nothing wrong with pods that are Ready and services with an address", async () => {
        const api = clusterWith({
            pods: [pod("a", "True")],
            services: [balancer([{ ip: "198.18.255.10" }])],
        });
        assert.deepEqual(await workloadProblems(api, [release]), []);
    });

    it("names pods that are not Ready and services without an address", async () => {
        const api = clusterWith({ pods: [pod("a", "True"), pod("b", "False")], services: [balancer()] });
        assert.deepEqual(await workloadProblems(api, [release]), [
            "pod b is not Ready",
            "service traefik has no address",
        ]);
    });

    it("does not take the absence of pods or releases for health", async () => {
        assert.deepEqual(await workloadProblems(clusterWith({}), [release]), [
            "namespace ingress has no pod",
        ]);
        assert.deepEqual(await workloadProblems(clusterWith({}), []), ["the stack has no Helm release"]);
    });

    it("tells requests for objects from discovery", () => {
        const requests = {
            "GET /version": false,
            "GET /api": false,
            "GET /api/v1": false,
            "GET /apis": false,
            "GET /apis/apps/v1": false,
            "GET /openapi/v2": false,
            "GET /openapi/v3/apis/apps/v1": false,
            "GET /api/v1/namespaces/x": true,
            "GET /apis/apps/v1/deployments": true,
            "DELETE /api/v1/namespaces/x": true,
            "POST /apis": true,
            "GET /elsewhere": true,
        };
        for (const [request, expected] of Object.entries(requests)) {
            assert.equal(isForObject(request), expected, request);
        }
    });

    it("counts as changes what is not the same, read or refreshed", () => {
        const steps = ["same", "read", "refresh", "create", "update", "replace", "delete"].map(
            (operation) => ({ operation, urn: "urn", isComponent: false, properties: [] }),
        );
        assert.deepEqual(
            changesOf({ steps }).map(({ operation }) => operation),
            ["create", "update", "replace", "delete"],
        );
    });
});

describe("rehearsal/render", () => {
    const check = (outcome: Check["outcome"], detail: string): Check => ({
        id: "second-up",
        title: "A second up changes nothing",
        outcome,
        detail,
    });
    const report = (checks: Check[]): Report => ({
        stack: "dev",
        checks,
        steps: [
            { name: "first up", durationInMilliseconds: 20_140 },
            { name: "destroy", durationInMilliseconds: 900 },
        ],
        resources: 215,
        durationInMilliseconds: 61_000,
    });

    it("shows what failed and why, in a few lines", () => {
        const checks = [
            check("holds", "0 changes"),
            check("fails", "1\n2\n3\n4\n5\n6"),
            check("skipped", "a step"),
            check("skipped", "a step"),
        ];
        assert.equal(
            reportText(report(checks), createColors(false)),
            [
                "Rehearsal of dev",
                "",
                "Checks  1 of 4 hold",
                "  holds    A second up changes nothing",
                "  FAILS    A second up changes nothing",
                "           1; 2; 3; 4; and 2 more lines",
                "  skipped  A second up changes nothing",
                "           a step",
                "  skipped  A second up changes nothing",
                "",
                "Steps  61.0 s, 215 resources",
                "  first up  20.1 s",
                "  destroy    0.9 s",
                "",
            ].join("\n"),
        );
    });

    it("counts what does not apply apart, and says why", () => {
        const checks = [check("holds", ""), check("notApplicable", "no pools here")];
        const lines = reportText(report(checks), createColors(false)).split("\n");
        assert.deepEqual(lines.slice(2, 6), [
            "Checks  1 of 1 hold, 1 not applicable here",
            "  holds    A second up changes nothing",
            "  n/a      A second up changes nothing",
            "           no pools here",
        ]);
    });

    it("is bad when a check fails or was not reached", () => {
        assert.equal(isBad(report([check("holds", "")])), false);
        assert.equal(isBad(report([check("holds", ""), check("fails", "")])), true);
        assert.equal(isBad(report([check("holds", ""), check("skipped", "")])), true);
        assert.equal(isBad(report([check("holds", ""), check("notApplicable", "")])), false);
    });
});
