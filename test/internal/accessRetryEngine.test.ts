import * as assert from "node:assert/strict";
import { join } from "node:path";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Stack } from "@pulumi/pulumi/automation";
import { retryUntilAccessWorks } from "../../components/internal/accessRetry";
import type { Toolchain } from "../../rehearsal/toolchain";
import { rolePropagation } from "../../simulator/azure/durations";
import { waitUntil } from "../../simulator/cluster/waiting";
import type { Person } from "../../simulator/people";
import { GuardedControlPlane, kubeconfigText } from "../support/controlPlane";
import { createKubernetesStack, pathWithEngine, writeSmallChart } from "../support/kubernetesStack";
import { removeFolder, temporaryFolder } from "../support/temporaryFolder";
import { requireToolchain } from "../support/toolchain";
import { setVariables } from "../support/variables";

const deployer: Person = { name: "deployer", objectId: "00000000-0000-4000-8000-000000000001", groups: [] };

/** One object of each sort of which the landing zone has some in a cluster: made, patched, installed by Helm. */
class Inside extends pulumi.ComponentResource {
    constructor(chart: string, opts: pulumi.ComponentResourceOptions) {
        super("test:index:Inside", "inside", {}, opts);
        const own = { parent: this };
        const space = new k8s.core.v1.Namespace("space", { metadata: { name: "space" } }, own);
        const namespace = space.metadata.name;
        const system = { name: "kube-public", labels: { patched: "yes" } };
        new k8s.core.v1.NamespacePatch("patch", { metadata: system }, own);
        new k8s.core.v1.ConfigMap("settings", { metadata: { namespace, name: "settings" } }, own);
        // Does not wait for the namespace: a release meets the missing role itself.
        new k8s.helm.v3.Release(
            "release",
            { chart, namespace: "default", name: "release", atomic: true },
            own,
        );
        this.registerOutputs({});
    }
}

/** The real engine and Kubernetes provider on a real API server that learns of a role too late. */
describe("components/internal/accessRetry on the engine", function () {
    this.timeout(4 * 60_000);

    let folder: string;
    let toolchain: Toolchain;
    let cluster: GuardedControlPlane;
    let restore: () => void;

    before(async function () {
        toolchain = requireToolchain(this);
        restore = setVariables({
            LANDING_ZONE_RETRY_PAUSE_SECONDS: "0.5",
            PATH: pathWithEngine(toolchain),
        });
        folder = temporaryFolder();
        cluster = new GuardedControlPlane(folder, [deployer]);
        // The role does not work yet.
        cluster.now = rolePropagation - 1;
        await cluster.start(toolchain.controlPlane ?? assert.fail());
    });

    after(async () => {
        await cluster?.stop();
        restore?.();
        removeFolder(folder);
    });

    /** The deployer's way in. */
    const kubeconfig = (): string =>
        kubeconfigText(cluster.plane, { token: cluster.tokens.issue("deployer").token });

    const refusals = (kind: string): number =>
        cluster.requests
            .all()
            .filter(({ outcome, request }) => outcome === "refused" && request.split(" ")[1] === kind).length;

    const stackOf = (
        name: string,
        kubeconfig: string,
        transformations: pulumi.ResourceTransformation[],
    ): Promise<Stack> => {
        const chart = writeSmallChart(folder);
        const declare = () => {
            const provider = new k8s.Provider("kubernetes", { kubeconfig, enableServerSideApply: true });
            new Inside(chart, { providers: [provider], transformations });
        };
        const root = join(folder, name);
        return createKubernetesStack(toolchain, root, { stack: name, project: "access-retry", declare });
    };

    it("fails without it, in the words that it waits for", async () => {
        const stack = await stackOf("impatient", kubeconfig(), []);
        await assert.rejects(stack.up(), /is forbidden: User "0{8}-[^"]*" cannot .*Update role assignment/);
    });

    it("tries everything again until the role works, and then is done", async () => {
        const kinds = ["namespaces", "secrets"];
        const before = kinds.map(refusals);
        const stack = await stackOf("patient", kubeconfig(), [retryUntilAccessWorks]);
        const up = stack.up();
        up.catch(() => undefined);
        await waitUntil("two refusals more of namespaces and of Helm's secrets", 60, () =>
            kinds.every((kind, index) => refusals(kind) >= (before[index] ?? 0) + 2),
        );
        cluster.now = rolePropagation;
        const { summary } = await up;
        assert.equal(summary.result, "succeeded");
        for (const path of [
            "/api/v1/namespaces/space/configmaps/settings",
            "/api/v1/namespaces/default/configmaps/of-helm",
        ]) {
            assert.notEqual(await cluster.plane.api.find(path), undefined, path);
        }
    });
});
