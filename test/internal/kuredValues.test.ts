import * as assert from "node:assert/strict";
import * as yaml from "yaml";
import { charts } from "../../components/internal/charts";
import { kuredPodLabels, kuredValues } from "../../components/internal/kuredValues";
import type { KuredSettings } from "../../components/internal/kuredValues";
import { readFromChart } from "../support/packagedChart";

const settings: KuredSettings = {
    window: { days: ["sa", "su"], startTime: "01:00", endTime: "05:00", timeZone: "Europe/Amsterdam" },
    concurrency: 1,
    checkIntervalInMinutes: 15,
    drainTimeoutInMinutes: 20,
    lockTtlInMinutes: 60,
    lockReleaseDelayInMinutes: 2,
};

const everything: KuredSettings = {
    ...settings,
    priorityClassName: "platform-critical",
    imageRepository: "crlz.azurecr.io/kubereboot/kured",
    notifyUrlSecret: { name: "kured-notification", key: "notify-url" },
};

describe("kuredValues", () => {
    it("writes the window, drain and lock settings as kured reads them", () => {
        assert.deepEqual(kuredValues(settings)["configuration"], {
            rebootDays: ["sa", "su"],
            startTime: "01:00",
            endTime: "05:00",
            timeZone: "Europe/Amsterdam",
            period: "15m",
            concurrency: 1,
            drainTimeout: "20m",
            lockTtl: "60m",
            lockReleaseDelay: "2m",
            forceReboot: false,
            annotateNodes: true,
            logFormat: "json",
        });
    });

    it("leaves out what is 0, as the chart does", () => {
        const { configuration } = kuredValues({
            ...settings,
            lockTtlInMinutes: 0,
            lockReleaseDelayInMinutes: 0,
        }) as {
            configuration: Record<string, unknown>;
        };
        assert.equal(configuration["lockTtl"], 0);
        assert.equal(configuration["lockReleaseDelay"], 0);
    });

    it("runs on every Linux node, whatever its taints", () => {
        const values = kuredValues(settings);
        assert.deepEqual(values["tolerations"], [{ operator: "Exists" }]);
        assert.deepEqual(values["nodeSelector"], { "kubernetes.io/os": "linux" });
    });

    it("sets nothing optional when it is not given", () => {
        assert.deepEqual(Object.keys(kuredValues(settings)), [
            "configuration",
            "tolerations",
            "nodeSelector",
            "metrics",
            "resources",
        ]);
        assert.deepEqual(kuredValues(settings)["metrics"], { create: false });
    });

    it("takes priority, image and the notification URL's Secret from its settings", () => {
        const values = kuredValues(everything);
        assert.equal(values["priorityClassName"], "platform-critical");
        assert.deepEqual(values["image"], { repository: "crlz.azurecr.io/kubereboot/kured" });
        assert.deepEqual(values["extraEnvVars"], [
            {
                name: "KURED_NOTIFY_URL",
                valueFrom: { secretKeyRef: { name: "kured-notification", key: "notify-url" } },
            },
        ]);
    });

    it("knows the labels that the chart gives the pods", () => {
        assert.deepEqual(kuredPodLabels, {
            "app.kubernetes.io/name": "kured",
            "app.kubernetes.io/instance": "kured",
        });
    });

    it("sets nothing that the chart does not have", function () {
        const known = yaml.parse(readFromChart(this, charts.kured, "values.yaml")) as Record<string, unknown>;
        assert.deepEqual(unknownPaths(kuredValues(everything), known), []);
    });
});

/** Paths of values that a chart's own values.yaml does not name; what it leaves empty is free. */
function unknownPaths(
    values: Record<string, unknown>,
    known: Record<string, unknown>,
    prefix = "",
): string[] {
    return Object.entries(values).flatMap(([key, value]) => {
        const path = prefix === "" ? key : `${prefix}.${key}`;
        if (!(key in known)) {
            return [path];
        }
        const inner = known[key];
        return isObject(value) && isObject(inner) && Object.keys(inner).length > 0
            ? unknownPaths(value, inner, path)
            : [];
    });
}

function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
