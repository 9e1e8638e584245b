import * as path from "node:path";
import { bootstrapProject, loadConfig, parseBootstrapConfig } from "../../bootstrap/config";
import type { BootstrapConfig } from "../../bootstrap/config";
import { bootstrap } from "../../bootstrap/program";
import { readStackFile } from "../../plan/stackFile";
import { capture } from "../../simulator/capture";
import type { Phase } from "../../simulator/capture";
import { Deployment, testEnvironment } from "../support/harness";
import { projectFolder } from "../support/stacks";

/** The folder of the bootstrap program, with its stack files. */
export const bootstrapFolder = path.join(projectFolder, "bootstrap");

export const subscriptionId = "44444444-4444-4444-8444-444444444444";
export const tenantId = "55555555-5555-4555-8555-555555555555";
export const operatorsId = "66666666-6666-4666-8666-666666666666";
export const subscription = `/subscriptions/${subscriptionId}`;
const zones = `${subscription}/resourceGroups/rg-net/providers/Microsoft.Network/privateDnsZones`;
export const endpoints = {
    subnetId: `${subscription}/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/vnet-runners/subnets/snet-endpoints`,
    blobZoneId: `${zones}/privatelink.blob.core.windows.net`,
    vaultZoneId: `${zones}/privatelink.vaultcore.azure.net`,
};

/** The subject of a service connection; `number` tells one from another. */
export const connection = (number: number) =>
    `/eid1/c/pub/t/tenant_A/a/app-B/sc/77777777-7777-4777-8777-777777777777/88888888-8888-4888-8888-88888888888${number}`;

/** The service connections of a stack. */
export const subjects = (deploy: number, preview: number, drift: number) => ({
    deploySubject: connection(deploy),
    previewSubject: connection(preview),
    driftSubject: connection(drift),
});

/** Sections of a stack file, by key without the project's name. */
export type Sections = Record<string, unknown>;

/** Everything that a bootstrap stack needs and nothing more; tests change one thing of it. */
export function baseline(): Sections {
    return {
        environment: "prod",
        subscriptionId,
        tenantId,
        stateNetwork: { exposure: "Public" },
        operators: { groupObjectId: operatorsId },
        github: { repository: "Example/aks-landing-zone" },
        stacks: { prod: { azureDevOps: subjects(1, 2, 3) } },
    };
}

/** Sections as the engine hands them over. */
export function rawConfig(sections: Sections): Record<string, string> {
    return Object.fromEntries(
        Object.entries(sections)
            .filter(([, value]) => value !== undefined)
            .map(([key, value]) => [
                `${bootstrapProject}:${key}`,
                typeof value === "string" ? value : JSON.stringify(value),
            ]),
    );
}

/** The configuration that a stack file with these sections gives. */
export function configOf(sections: Sections): BootstrapConfig {
    return parseBootstrapConfig(rawConfig(sections));
}

/** Runs the bootstrap program with the baseline, changed. */
export async function deployBootstrap(changes: Sections = {}, phase: Phase = "update"): Promise<Deployment> {
    const config = rawConfig({ ...baseline(), ...changes });
    return new Deployment(
        await capture(() => bootstrap(loadConfig()), {
            project: bootstrapProject,
            stack: "test",
            phase,
            config,
            environment: { ...testEnvironment, subscriptionId, tenantId },
        }),
    );
}

/** Runs the bootstrap program over a real stack file, with stand-ins. */
export async function deployBootstrapStack(stack: string, phase: Phase = "update"): Promise<Deployment> {
    const file = readStackFile(bootstrapFolder, stack);
    return new Deployment(
        await capture(() => bootstrap(loadConfig({ placeholders: "standIn" })), {
            project: file.project,
            stack,
            phase,
            config: file.values,
            environment: testEnvironment,
        }),
    );
}
