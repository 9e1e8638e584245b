import * as assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as k8s from "@pulumi/kubernetes";
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { changesFrom } from "../../automation/changes";
import type { Change } from "../../automation/changes";
import { driftIn } from "../../automation/drift";
import { misfits, planOf } from "../../automation/savedPlan";
import type { KubernetesObject } from "../../simulator/cluster/kubernetesApi";
import type { Person } from "../../simulator/people";
import { GuardedControlPlane, kubeconfigText } from "../support/controlPlane";
import { createKubernetesStack, pathWithEngine, writeSmallChart } from "../support/kubernetesStack";
import { removeFolder, temporaryFolder } from "../support/temporaryFolder";
import { requireToolchain } from "../support/toolchain";
import { setVariables } from "../support/variables";

/** The identities, as people that the simulated Entra knows. */
const identities = {
    deploy: { name: "deployer", objectId: "00000000-0000-4000-8000-000000000001", groups: [] },
    preview: { name: "stranger", objectId: "00000000-0000-4000-8000-000000000002", groups: [] },
    drift: { name: "reader", objectId: "00000000-0000-4000-8000-000000000003", groups: [] },
} as const satisfies Record<string, Person>;
type Identity = keyof typeof identities;

const quotaPath = "/api/v1/namespaces/space/resourcequotas/quota";

/** What a deployment of the landing zone has in a cluster, one of each sort; `version` changes all that can be changed. */
function declare(kubeconfig: string, chart: string, version: number): void {
    const provider = new k8s.Provider("kubernetes", { kubeconfig, enableServerSideApply: true });
    const own = { provider };
    const labels = { version: String(version) };
    const space = new k8s.core.v1.Namespace("space", { metadata: { name: "space", labels } }, own);
    const namespace = space.metadata.name;
    new k8s.core.v1.ResourceQuota(
        "quota",
        { metadata: { name: "quota", namespace }, spec: { hard: { pods: String(version) } } },
        own,
    );
    new k8s.core.v1.NamespacePatch("patch", { metadata: { name: "kube-public", labels } }, own);
    new k8s.helm.v3.Release("release", { chart, namespace, name: "release", values: { version } }, own);
    for (const name of version === 1 ? ["former"] : ["latter"]) {
        new k8s.core.v1.ConfigMap(name, { metadata: { name, namespace }, data: { name } }, own);
    }
}

/** The real engine and Kubernetes provider on a real API server, as the identities of the bootstrap. */
describe("Rights inside the cluster", function () {
    this.timeout(5 * 60_000);

    let folder: string;
    let cluster: GuardedControlPlane;
    let stack: Stack;
    let version = 1;
    let restore: () => void;

    before(async function () {
        const toolchain = requireToolchain(this);
        restore = setVariables({ PATH: pathWithEngine(toolchain) });
        folder = temporaryFolder();
        const { deploy, preview, drift } = identities;
        cluster = new GuardedControlPlane(folder, [deploy, preview, drift]);
        await cluster.start(toolchain.controlPlane ?? assert.fail());
        await letDriftRead();
        const chart = writeSmallChart(folder);
        stack = await createKubernetesStack(toolchain, folder, {
            stack: "test",
            project: "cluster-rights",
            declare: () => declare(kubeconfig(), chart, version),
        });
    });

    after(async () => {
        await cluster?.stop();
        restore?.();
        removeFolder(folder);
    });

    /** What the own role lets be read, in the words of Kubernetes: the simulated Azure knows built-in roles only. */
    async function letDriftRead(): Promise<void> {
        const rbac = "/apis/rbac.authorization.k8s.io/v1";
        const metadata = { name: "reader" };
        const rules = [{ apiGroups: ["*"], resources: ["*"], verbs: ["get", "list", "watch"] }];
        await cluster.plane.api.create(`${rbac}/clusterroles`, { metadata, rules });
        await cluster.plane.api.create(`${rbac}/clusterrolebindings`, {
            metadata,
            roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "reader" },
            subjects: [
                { apiGroup: "rbac.authorization.k8s.io", kind: "User", name: identities.drift.objectId },
            ],
        });
    }

    /** Everybody's kubeconfig is the same, as with kubelogin; the token says who it is. */
    const kubeconfig = () => kubeconfigText(cluster.plane, { tokenFile: join(folder, "token") });

    /** What an operation says it would change, or changed, as one of the identities. */
    async function changesAs(
        identity: Identity,
        operation: "preview" | "up" | "previewRefresh",
    ): Promise<Change[]> {
        writeFileSync(join(folder, "token"), cluster.tokens.issue(identities[identity].name).token);
        const events: EngineEvent[] = [];
        await stack[operation]({ onEvent: (event) => void events.push(event) });
        return changesFrom(events).changes;
    }

    const changeQuota = (tool: string) =>
        cluster.plane.api.patch(`${quotaPath}?fieldManager=${tool}`, { spec: { hard: { pods: "9" } } });

    const told = (changes: readonly Change[]) =>
        changes.map(({ operation, name, paths }) => `${operation} ${name} ${paths.join()}`.trim()).sort();

    it("are needed by the look for drift, and reading is enough", async () => {
        await changesAs("deploy", "up");
        await assert.rejects(
            changesAs("preview", "previewRefresh"),
            /is forbidden: User "0{8}-[^"]*2" cannot get/,
        );
        assert.deepEqual(told(await changesAs("drift", "previewRefresh")), []);
        await changeQuota("kubectl-edit");
        const { changes } = driftIn(await changesAs("drift", "previewRefresh"));
        assert.deepEqual(told(changes), ["update quota spec.hard.pods"]);
    });

    it("are not needed by a preview, which finds what the deployer does", async () => {
        version = 2;
        const preview = await changesAs("preview", "preview");
        const planned = planOf("test", folder, preview);
        assert.deepEqual(told(preview), [
            "create latter",
            "delete former",
            "update patch metadata.labels.version",
            "update quota spec.hard.pods",
            "update release values.version",
            "update space metadata.labels.version",
        ]);
        // The quota is still as somebody made it by hand.
        for (const other of ["drift", "deploy"] as const) {
            const now = planOf("test", folder, await changesAs(other, "preview"));
            assert.deepEqual(misfits(planned, now), [], other);
        }
    });

    it("to read are none to change", async () => {
        for (const reader of ["preview", "drift"] as const) {
            await assert.rejects(changesAs(reader, "up"), /is forbidden/, reader);
        }
    });

    it("of the deployer are enough to do what the preview without them has planned", async () => {
        assert.equal((await changesAs("deploy", "up")).length, 6);
    });

    it("to change do not overrule a tool that has taken a field over, which the deployer's preview tells at most", async () => {
        await changeQuota("some-controller");
        version = 3;
        assert.ok(told(await changesAs("preview", "preview")).includes("update quota spec.hard.pods"));
        const conflict = /conflict with "some-controller".*: \.spec\.hard\.pods/;
        await assert.rejects(changesAs("deploy", "preview"), conflict);
        await assert.rejects(changesAs("deploy", "up"), conflict);
        stack.workspace.envVars["PULUMI_K8S_ENABLE_PATCH_FORCE"] = "true";
        await changesAs("deploy", "up");
        const { spec } = (await cluster.plane.api.find(quotaPath)) as KubernetesObject;
        assert.deepEqual(spec, { hard: { pods: "3" } });
    });
});
