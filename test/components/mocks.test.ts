import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { MockCallArgs, MockResourceArgs } from "@pulumi/pulumi/runtime";
import { Cluster, NodePool } from "../../components";
import { baseline, subnetId } from "../support/clusterFixture";
import { deploy } from "../support/harness";

/** What https://www.pulumi.com/docs/iac/guides/testing/unit/ has a test begin with, and nothing of ours. */
async function withPulumiMocks(program: () => void): Promise<MockResourceArgs[]> {
    const resources: MockResourceArgs[] = [];
    await pulumi.runtime.setMocks({
        newResource: (args) => {
            resources.push(args);
            return { id: `${args.name}-id`, state: args.inputs as Record<string, unknown> };
        },
        call: ({ inputs }: MockCallArgs) => inputs as Record<string, unknown>,
    });
    await pulumi.runtime.runInPulumiStack(() => {
        program();
        return Promise.resolve({});
    });
    await pulumi.runtime.disconnect();
    return resources;
}

describe("components under Pulumi's own mocks", () => {
    it("register what they do in a deployment", async () => {
        const program = () => {
            const cluster = new Cluster("test", baseline());
            new NodePool("apps", {
                resourceGroupName: "rg-lz-test-weu-cluster",
                clusterName: cluster.name,
                clusterId: cluster.id,
                poolName: "apps",
                vmSize: "Standard_D4ds_v5",
                subnetId: subnetId("user-nodes"),
                minCount: 1,
                maxCount: 5,
                tags: { environment: "test" },
            });
        };
        const names = (list: readonly { type: string; name: string }[]) =>
            list.map(({ type, name }) => `${type} ${name}`).sort();
        const { resources } = await deploy(program);
        assert.deepEqual(names(await withPulumiMocks(program)), names(resources));
    });
});
