import * as assert from "node:assert/strict";
import { KubeloginMode } from "../../components/internal/kubeconfig";
import { bareProgram } from "../../bench/engine/bareProgram";
import { declare } from "../../bench/programs/bare/declare";
import type { StateResource } from "../../rehearsal/engine";
import { deploy } from "../support/harness";
import type { CapturedResource, Deployment } from "../support/harness";
import { deployStack } from "../support/stacks";

const login = KubeloginMode.AzureCli;

/** A registration as the engine's state has it. */
function recorded({ options, ...resource }: CapturedResource): StateResource {
    const { urn, type, custom, inputs, provider } = resource;
    const { deletedWith, dependsOn: dependencies } = options;
    return { urn, type, custom, inputs, provider, dependencies, ...(deletedWith && { deletedWith }) };
}

/** What the engine is told of each custom resource, without the types of its parents. */
function told({ resources }: Deployment, leftOut: readonly string[]): Record<string, unknown> {
    const nameOf = (urn: string | undefined) => urn?.split("::")[3];
    return Object.fromEntries(
        resources
            .filter(({ custom }) => custom)
            .map(({ type, name, inputs, provider, options }) => [
                `${type} ${name}`,
                {
                    inputs: Object.fromEntries(
                        Object.entries(inputs).filter(([key]) => !leftOut.includes(key)),
                    ),
                    provider: nameOf(provider),
                    dependsOn: options.dependsOn.map(nameOf).sort(),
                    deletedWith: nameOf(options.deletedWith),
                },
            ]),
    );
}

describe("bench/engine/bareProgram", () => {
    const provider: StateResource = {
        urn: "urn:pulumi:dev::lz::pulumi:providers:azure-native::azure",
        type: "pulumi:providers:azure-native",
        custom: true,
        inputs: { subscriptionId: "s", version: "3.28.0", __internal: {} },
    };
    const component: StateResource = {
        urn: "urn:pulumi:dev::lz::lz:index:Network::network",
        type: "lz:index:Network",
        custom: false,
    };
    const subnet: StateResource = {
        urn: "urn:pulumi:dev::lz::lz:index:Network$azure-native:network:Subnet::network-nodes",
        type: "azure-native:network:Subnet",
        custom: true,
        inputs: { addressPrefix: "10.0.0.0/24", __createBeforeDelete: true },
        provider: `${provider.urn}::guid`,
        dependencies: [],
    };

    it("has each custom resource, with its inputs but without notes of the engine's", () => {
        assert.deepEqual(bareProgram([provider, component, subnet], login), {
            login,
            resources: [
                {
                    urn: provider.urn,
                    type: provider.type,
                    name: "azure",
                    inputs: { subscriptionId: "s" },
                    dependsOn: [],
                    version: "3.28.0",
                },
                {
                    urn: subnet.urn,
                    type: subnet.type,
                    name: "network-nodes",
                    inputs: { addressPrefix: "10.0.0.0/24" },
                    dependsOn: [],
                    provider: provider.urn,
                },
            ],
        });
    });

    it("makes all that the stack dev consists of, as the landing zone does, without a component", async () => {
        const landingZone = await deployStack("dev");
        const program = bareProgram(landingZone.resources.map(recorded), login);
        const bare = await deploy(() => declare(program));
        const components = bare.resources.filter(
            ({ custom, type }) => !custom && type !== "pulumi:pulumi:Stack",
        );
        assert.deepEqual(components, []);
        // Written by the engine or the provider's own class, and no part of what is declared.
        assert.deepEqual(told(bare, ["version"]), told(landingZone, ["version"]));
    });

    it("lists all that it cannot make", () => {
        const secret = {
            "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
            ciphertext: "v1:…",
        };
        const kubernetes = {
            urn: "urn:pulumi:dev::lz::pulumi:providers:kubernetes::kubernetes",
            type: "pulumi:providers:kubernetes",
            custom: true,
            inputs: { kubeconfig: secret },
        };
        const looked = { ...subnet, urn: `${subnet.urn}-old`, external: true };
        const hidden = { ...subnet, urn: `${subnet.urn}-hidden`, inputs: { rules: [{ key: secret }] } };
        const lonely = { ...subnet, urn: `${subnet.urn}-lonely`, dependencies: [component.urn] };
        assert.throws(() => bareProgram([provider, component, kubernetes, looked, hidden, lonely], login), {
            message: [
                "a bare program cannot make this state:",
                "kubernetes leads to no cluster of the state",
                "network-nodes-old is only looked up",
                "network-nodes-hidden has a secret input",
                `network-nodes-lonely needs ${component.urn}, which is not made before it`,
            ].join("\n"),
        });
    });
});
