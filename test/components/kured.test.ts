import * as assert from "node:assert/strict";
import { ResourceGroup } from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { Kured } from "../../components/kured";
import type { KuredArgs } from "../../components/kured";
import { isKindStillMissing } from "../../components/internal/scrapeRetry";
import { createdPairs as created, deploy, failureOf } from "../support/harness";
import type { Deployment } from "../support/harness";

const namespaceType = "kubernetes:core/v1:Namespace";
const secretType = "kubernetes:core/v1:Secret";
const releaseType = "kubernetes:helm.sh/v3:Release";
const podMonitorType = "kubernetes:azmonitoring.coreos.com/v1:PodMonitor";

const window = { days: ["sa", "su"], startTime: "01:00", endTime: "05:00", timeZone: "Europe/Amsterdam" };
const notifyUrl = "slack://token@channel";

function kured(change: Partial<KuredArgs> = {}, opts?: pulumi.ComponentResourceOptions) {
    const { namespace } = new Kured("kured", { window, ...change }, opts);
    return { namespace };
}

function values(deployment: Deployment): Record<string, unknown> {
    return deployment.one(releaseType).inputs["values"] as Record<string, unknown>;
}

const byDefault: [string, string][] = [
    ["aks-landing-zone:index:Kured", "kured"],
    [podMonitorType, "kured-pod-monitor"],
    [namespaceType, "kured-namespace"],
    [releaseType, "kured-release"],
];
const withNotification: [string, string][] = [...byDefault, [secretType, "kured-notification"]];

describe("Kured", () => {
    it("reboots one node at a time inside the window, by default", async () => {
        const deployment = await deploy(() => kured());
        assert.deepEqual(created(deployment), [...byDefault].sort());
        assert.deepEqual(deployment.outputs, { namespace: "kured" });
        assert.deepEqual(deployment.one(releaseType).inputs, {
            atomic: true,
            chart: "kured",
            cleanupOnFail: true,
            compat: "true",
            createNamespace: false,
            maxHistory: 3,
            name: "kured",
            namespace: "kured",
            repositoryOpts: { repo: "https://kubereboot.github.io/charts" },
            timeout: 600,
            values: {
                configuration: {
                    rebootDays: ["sa", "su"],
                    startTime: "01:00",
                    endTime: "05:00",
                    timeZone: "Europe/Amsterdam",
                    period: "15m",
                    concurrency: 1,
                    drainTimeout: "15m",
                    lockTtl: "60m",
                    lockReleaseDelay: "2m",
                    forceReboot: false,
                    annotateNodes: true,
                    logFormat: "json",
                },
                tolerations: [{ operator: "Exists" }],
                nodeSelector: { "kubernetes.io/os": "linux" },
                metrics: { create: false },
                resources: {
                    requests: { cpu: "20m", memory: "64Mi" },
                    limits: { cpu: "200m", memory: "128Mi" },
                },
            },
            version: "6.1.0",
        });
    });

    it("has a namespace of its own that admits privileged pods", async () => {
        const deployment = await deploy(() => kured({ namespace: "reboots" }));
        assert.deepEqual(deployment.one(namespaceType).inputs["metadata"], {
            name: "reboots",
            labels: {
                "pod-security.kubernetes.io/enforce": "privileged",
                "pod-security.kubernetes.io/enforce-version": "latest",
                "pod-security.kubernetes.io/audit": "privileged",
                "pod-security.kubernetes.io/audit-version": "latest",
                "pod-security.kubernetes.io/warn": "privileged",
                "pod-security.kubernetes.io/warn-version": "latest",
            },
        });
        assert.deepEqual(deployment.outputs, { namespace: "reboots" });
    });

    it("registers the same resources in a preview", async () => {
        assert.deepEqual(created(await deploy(() => kured({ notifyUrl }))), [...withNotification].sort());
        assert.deepEqual(
            created(await deploy(() => kured({ notifyUrl }), { preview: true })),
            [...withNotification].sort(),
        );
    });

    it("takes drain, lock, image, priority and mirror settings, the user's values last", async () => {
        const deployment = await deploy(() =>
            kured({
                concurrency: 2,
                checkIntervalInMinutes: 30,
                drainTimeoutInMinutes: 40,
                lockTtlInMinutes: 0,
                lockReleaseDelayInMinutes: 0,
                imageRegistry: pulumi.output("crlz.azurecr.io"),
                priorityClassName: pulumi.output("platform-critical"),
                chartMirror: "oci://crlz.azurecr.io/charts",
                values: { configuration: { annotateNodes: false } },
            }),
        );
        assert.deepEqual(values(deployment)["configuration"], {
            rebootDays: ["sa", "su"],
            startTime: "01:00",
            endTime: "05:00",
            timeZone: "Europe/Amsterdam",
            period: "30m",
            concurrency: 2,
            drainTimeout: "40m",
            lockTtl: 0,
            lockReleaseDelay: 0,
            forceReboot: false,
            annotateNodes: false,
            logFormat: "json",
        });
        assert.equal(values(deployment)["priorityClassName"], "platform-critical");
        assert.deepEqual(values(deployment)["image"], { repository: "crlz.azurecr.io/kubereboot/kured" });
        const { chart, version, repositoryOpts } = deployment.one(releaseType).inputs;
        assert.deepEqual(
            { chart, version, repositoryOpts },
            { chart: "oci://crlz.azurecr.io/charts/kured", version: "6.1.0", repositoryOpts: undefined },
        );
    });

    it("keeps the notification URL in a Secret that kured's pods read, and nowhere in clear", async () => {
        const deployment = await deploy(() => kured({ notifyUrl }));
        const secret = deployment.one(secretType);
        assert.deepEqual(secret.inputs["metadata"], { namespace: "kured" });
        assert.deepEqual(secret.inputs["stringData"], { "notify-url": notifyUrl });
        assert.deepEqual(secret.secretInputs, ["stringData"]);
        assert.deepEqual(values(deployment)["extraEnvVars"], [
            {
                name: "KURED_NOTIFY_URL",
                valueFrom: { secretKeyRef: { name: "kured-notification", key: "notify-url" } },
            },
        ]);
        const inClear = deployment.resources.flatMap(({ name, inputs, secretInputs }) =>
            Object.keys(inputs)
                .filter(
                    (key) => !secretInputs.includes(key) && JSON.stringify(inputs[key]).includes(notifyUrl),
                )
                .map((key) => `${name}.${key}`),
        );
        assert.deepEqual(inClear, []);
    });

    it("reports nowhere without a notification URL", async () => {
        const deployment = await deploy(() => kured());
        assert.deepEqual(deployment.ofType(secretType), []);
        assert.equal("extraEnvVars" in values(deployment), false);
    });

    it("is scraped by managed Prometheus unless that is switched off", async () => {
        const monitor = (await deploy(() => kured())).one(podMonitorType);
        assert.deepEqual(monitor.inputs, {
            apiVersion: "azmonitoring.coreos.com/v1",
            kind: "PodMonitor",
            metadata: { name: "kured", namespace: "kured" },
            spec: {
                labelLimit: 63,
                labelNameLengthLimit: 511,
                labelValueLengthLimit: 1023,
                namespaceSelector: { matchNames: ["kured"] },
                selector: {
                    matchLabels: { "app.kubernetes.io/name": "kured", "app.kubernetes.io/instance": "kured" },
                },
                podMetricsEndpoints: [{ port: "metrics", path: "/metrics" }],
            },
        });
        assert.deepEqual(monitor.options.errorHooks, ["retry-until-kind-exists"]);
        assert.deepEqual((await deploy(() => kured({ scrape: false }))).ofType(podMonitorType), []);
    });

    it("tries a scrape object again while its kind is missing, ten times and after no other error", () => {
        const missing = 'no matches for kind "PodMonitor" in version "azmonitoring.coreos.com/v1"';
        assert.equal(isKindStillMissing([missing]), true);
        assert.equal(isKindStillMissing(Array.from({ length: 9 }, () => missing)), true);
        assert.equal(isKindStillMissing(Array.from({ length: 10 }, () => missing)), false);
        assert.equal(isKindStillMissing(["forbidden", missing]), false);
        assert.equal(isKindStillMissing([]), false);
    });

    it("puts its resources under the component, protects them with it and deletes them with the cluster", async () => {
        const deployment = await deploy(() => {
            const cluster = new ResourceGroup("cluster", { resourceGroupName: "rg-test" });
            kured({ notifyUrl }, { protect: true, deletedWith: cluster });
        });
        const cluster = deployment.one("azure-native:resources:ResourceGroup");
        const children = deployment.resources.filter(({ type }) => type.startsWith("kubernetes:"));
        assert.equal(children.length, 4);
        for (const child of children) {
            assert.equal(deployment.parentName(child), "kured");
            assert.equal(child.options.protect, true);
            assert.equal(child.options.deletedWith, cluster.urn);
        }
    });

    it("waits for what it is told to", async () => {
        const deployment = await deploy(() => {
            const policies = new ResourceGroup("policies", { resourceGroupName: "rg-test" });
            kured({ notifyUrl, waitFor: [policies.id] });
        });
        assert.deepEqual(deployment.dependencyNames(deployment.one(namespaceType)), ["policies"]);
        assert.deepEqual(deployment.dependencyNames(deployment.one(releaseType)), [
            "kured-namespace",
            "kured-notification",
        ]);
    });

    const refused: [string, Partial<KuredArgs>, string][] = [
        [
            "a window across midnight, with every other fault of the window",
            { window: { days: ["sun"], startTime: "22:00", endTime: "04:00", timeZone: "CET+1" } },
            '`window.days` is "sun": name one or more of mo, tu, we, th, fr, sa, su; ' +
                "`window.endTime` 04:00 is not after `startTime` 22:00: kured goes by the weekday of the current minute, so a window cannot cross midnight. " +
                "End it at 23:59 at the latest, or start it at 00:00 and name the following day; " +
                '`window.timeZone` is "CET+1": write an IANA name such as UTC or Europe/Amsterdam.',
        ],
        ["no concurrency", { concurrency: 0 }, "`concurrency` is 0: a whole number of 1 or more is allowed."],
        [
            "no drain time",
            { drainTimeoutInMinutes: 0 },
            "`drainTimeoutInMinutes` is 0: a whole number of 1 or more is allowed.",
        ],
        [
            "a fraction of an interval",
            { checkIntervalInMinutes: 0.5 },
            "`checkIntervalInMinutes` is 0.5: a whole number of 1 or more is allowed.",
        ],
        [
            "a negative lock",
            { lockTtlInMinutes: -1 },
            "`lockTtlInMinutes` is -1: a whole number of 0 or more is allowed.",
        ],
        [
            "a negative delay",
            { lockReleaseDelayInMinutes: -1 },
            "`lockReleaseDelayInMinutes` is -1: a whole number of 0 or more is allowed.",
        ],
        [
            "checks that could miss the window",
            { checkIntervalInMinutes: 241 },
            "`checkIntervalInMinutes` is 241, but the window lasts 240 minutes: nodes could miss it. Check more often, or widen `window`.",
        ],
        [
            "a lock that ends before the drain",
            { drainTimeoutInMinutes: 60 },
            "`lockTtlInMinutes` is 60, but draining and releasing may take 62 minutes: more nodes than `concurrency` would reboot at once. " +
                "Set it above 62 plus the time of a reboot, or to 0 for a lock that never expires.",
        ],
    ];
    for (const [what, change, message] of refused) {
        it(`refuses ${what}`, async () => {
            assert.equal(await failureOf(() => kured(change)), `kured cannot be set up: ${message}`);
        });
    }
});
