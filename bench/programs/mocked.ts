/*
 * The whole program under Pulumi's own mocks, in one phase, as a unit test would run it: argument 1 is a JSON file with
 * what `readStackFile` reads. Says at its end how many resources there were and what declaring them took, without start.
 */
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { loadConfig } from "../../config";
import type { StackFile } from "../../plan/stackFile";
import { landingZone } from "../../program";
import { simulateFunction, simulateResource } from "../../simulator";
import { dropStackTraces } from "../../speed/stackTraces";
import { dropVersionAliases } from "../../speed/versionAliases";

async function main(file: StackFile): Promise<void> {
    const environment = { subscriptionId: someId(1), tenantId: someId(2), deployerObjectId: someId(3) };
    let resources = 0;
    await pulumi.runtime.setMocks(
        {
            newResource: ({ type, name, inputs, custom }) => {
                resources += 1;
                return custom === true
                    ? simulateResource({ type, logicalName: name, inputs: record(inputs), environment })
                    : { id: undefined, state: {} };
            },
            call: ({ token, inputs }) => simulateFunction(token, record(inputs), environment),
        },
        file.project,
        file.stack,
        false,
    );
    pulumi.runtime.setAllConfig(file.values, file.secretKeys);
    const config = loadConfig({ placeholders: "standIn" });
    dropStackTraces();
    const start = performance.now();
    // Node ends, as with `pulumi up`, when nothing is left that any resource waits for.
    process.once("exit", () => {
        const seconds = (performance.now() - start) / 1000;
        process.stdout.write(`${JSON.stringify({ resources, seconds })}\n`);
    });
    await pulumi.runtime.runInPulumiStack(async () => {
        dropVersionAliases();
        return landingZone(config);
    });
}

function someId(number: number): string {
    return `${String(number).repeat(8)}-2222-4333-8444-555555555555`;
}

function record(inputs: unknown): Record<string, unknown> {
    return inputs as Record<string, unknown>;
}

void main(JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as StackFile);
