import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
    chartLocation,
    chartName,
    charts,
    mergeValues,
    releaseDefaults,
} from "../../components/internal/charts";

describe("charts", () => {
    it("pins every chart to one exact version and its makers' place", () => {
        assert.deepEqual(charts, {
            traefik: { name: "traefik", version: "41.3.0", source: "oci://ghcr.io/traefik/helm" },
            kured: { name: "kured", version: "6.1.0", source: "https://kubereboot.github.io/charts" },
        });
    });

    it("installs all or nothing, into a namespace that exists", () => {
        assert.deepEqual(releaseDefaults, {
            atomic: true,
            cleanupOnFail: true,
            createNamespace: false,
            maxHistory: 3,
            timeout: 600,
        });
    });
});

describe("chartLocation", () => {
    const pin = { name: "app", version: "1.2.3", source: "oci://registry.example.com/helm" };
    const cases: [string, string | undefined, object][] = [
        ["a registry path", undefined, { chart: "oci://registry.example.com/helm/app", version: "1.2.3" }],
        [
            "a registry mirror",
            "oci://mirror.example.com/charts",
            { chart: "oci://mirror.example.com/charts/app", version: "1.2.3" },
        ],
        [
            "a registry mirror with a slash at its end",
            "oci://mirror.example.com/",
            { chart: "oci://mirror.example.com/app", version: "1.2.3" },
        ],
        [
            "a chart repository",
            "https://charts.example.com/stable/",
            { chart: "app", version: "1.2.3", repositoryOpts: { repo: "https://charts.example.com/stable" } },
        ],
        ["a relative folder", "./mirror", { chart: "./mirror/app-1.2.3.tgz", version: "1.2.3" }],
        ["an absolute folder", "/srv/charts/", { chart: "/srv/charts/app-1.2.3.tgz", version: "1.2.3" }],
    ];
    for (const [what, mirror, expected] of cases) {
        it(`finds a chart in ${what}`, () => {
            assert.deepEqual(chartLocation(pin, mirror), expected);
        });
    }
});

describe("chartName", () => {
    const cases: [string, string][] = [
        ["traefik", "traefik"],
        ["oci://docker.io/envoyproxy/gateway-helm", "gateway-helm"],
        ["oci://docker.io/envoyproxy/gateway-helm/", "gateway-helm"],
        ["./charts/ingress-nginx-4.15.1.tgz", "ingress-nginx"],
        ["charts/app-v2.0.0-rc.1.tgz", "app"],
    ];
    for (const [chart, expected] of cases) {
        it(`is ${expected} for ${chart}`, () => {
            assert.equal(chartName(chart), expected);
        });
    }
});

describe("mergeValues", () => {
    it("merges objects by key, replaces everything else, and changes neither side", () => {
        const values = { a: { b: 1, list: [1, 2] }, c: "kept" };
        const overrides = { a: { list: [3], d: { e: true } }, f: null };
        assert.deepEqual(mergeValues(values, overrides), {
            a: { b: 1, list: [3], d: { e: true } },
            c: "kept",
            f: null,
        });
        assert.deepEqual(values, { a: { b: 1, list: [1, 2] }, c: "kept" });
    });

    it("replaces an Output instead of merging into it", () => {
        const output = pulumi.output({ x: 1 });
        assert.deepEqual(mergeValues({ a: output }, { a: { y: 2 } }), { a: { y: 2 } });
        assert.equal(mergeValues({ a: { y: 2 } }, { a: output })["a"], output);
    });
});
