import { projectName } from "../../config/project";
import { testEnvironment } from "./harness";

/** Settings of a stack file, without the project's name before the keys. */
export type RawSettings = Record<string, unknown>;

/** A small valid configuration: one pool, one size, one team, one workload. Each call returns a new copy. */
export function validSettings(): RawSettings {
    return {
        environment: "test",
        subscriptionId: testEnvironment.subscriptionId,
        tenantId: testEnvironment.tenantId,
        network: { addressSpace: "10.40.0.0/20" },
        cluster: { kubernetesVersion: "1.36" },
        nodePools: { apps: { vmSize: "Standard_D4ds_v5" } },
        monitoring: { alertEmails: ["platform@example.com"] },
        access: {
            deployer: { objectId: testEnvironment.deployerObjectId },
            groups: {
                platform: "44444444-4444-4444-8444-444444444444",
                developers: "55555555-5555-4555-8555-555555555555",
            },
            adminGroups: ["platform"],
        },
        tenants: {
            environments: ["test"],
            sizes: {
                small: {
                    quota: {
                        requestsCpu: "2",
                        requestsMemory: "4Gi",
                        limitsCpu: "4",
                        limitsMemory: "8Gi",
                        pods: 30,
                    },
                },
            },
            teams: {
                payments: {
                    size: "small",
                    developers: ["developers"],
                    workloads: { api: { serviceAccount: "payments-api", keyVaultSecrets: true } },
                },
            },
        },
    };
}

/** Settings to change, by dotted path; `undefined` removes one. */
export type SettingChanges = Readonly<Record<string, unknown>>;

/** The valid configuration with some settings changed. */
export function settingsWith(changes: SettingChanges): RawSettings {
    const settings = validSettings();
    for (const [path, value] of Object.entries(changes)) {
        const keys = path.split(".");
        const last = keys.pop() ?? path;
        let holder = settings;
        for (const key of keys) {
            holder[key] ??= {};
            holder = holder[key] as RawSettings;
        }
        if (value === undefined) {
            Reflect.deleteProperty(holder, last);
        } else {
            holder[last] = value;
        }
    }
    return settings;
}

/** Settings in the form in which Pulumi hands them to the program: texts as they are, everything else as JSON. */
export function rawConfig(settings: RawSettings): Record<string, string> {
    return Object.fromEntries(
        Object.entries(settings).map(([key, value]) => [
            `${projectName}:${key}`,
            typeof value === "string" ? value : JSON.stringify(value),
        ]),
    );
}
