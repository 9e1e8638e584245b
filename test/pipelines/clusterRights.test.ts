import * as assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as k8s from "@pulumi/kubernetes";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { changesFrom } from "../../automation/changes";
import type { Change } from "../../automation/changes";
import { driftIn } from "../../automation/drift";
import { misfits, planOf } from "../../automation/savedPlan";
import { roles } from "../../components/internal/roles";
import type { Toolchain } from "../../rehearsal/toolchain";
import { rolePropagation } from "../../simulator/azure/durations";
import { ControlPlane } from "../../simulator/cluster/controlPlane";
import { Guard } from "../../simulator/cluster/guard/guard";
import { serveGuard } from "../../simulator/cluster/guard/webhookServer";
import type { WebhookServer } from "../../simulator/cluster/guard/webhookServer";
import type { KubernetesObject } from "../../simulator/cluster/kubernetesApi";
import { RequestLog } from "../../simulator/cluster/requestLog";
import { waitUntil } from "../../simulator/cluster/waiting";
import { TokenIssuer } from "../../simulator/entra/tokenIssuer";
import type { Person } from "../../simulator/people";
import { clusterId, existingCluster } from "../simulator/cluster/nodes/pools";
import { removeFolder, temporaryFolder } from "../support/temporaryFolder";
import { requireToolchain } from "../support/toolchain";

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
    let plane: ControlPlane;
    let server: WebhookServer;
    let tokens: TokenIssuer;
    let stack: Stack;
    let version = 1;
    let searchPath: string | undefined;

    before(async function () {
        const toolchain = requireToolchain(this);
        searchPath = process.env["PATH"];
        process.env["PATH"] = `${dirname(toolchain.programs.pulumi)}:${searchPath ?? ""}`;
        folder = temporaryFolder();
        await startCluster(toolchain);
        stack = await createStack(toolchain);
    });

    after(async () => {
        await plane?.stop();
        await server?.close();
        process.env["PATH"] = searchPath;
        removeFolder(folder);
    });

    async function startCluster(toolchain: Toolchain): Promise<void> {
        tokens = new TokenIssuer(join(folder, "tokens.json"), Object.values(identities));
        const deployersRole = {
            id: `${clusterId}/providers/Microsoft.Authorization/roleAssignments/1`,
            type: "azure-native:authorization:RoleAssignment",
            inputs: {
                principalId: identities.deploy.objectId,
                roleDefinitionId: `/x/${roles.aksRbacClusterAdmin.id}`,
                scope: clusterId,
            },
            state: {},
            createdAt: 0,
        };
        const guard = new Guard({
            tokens,
            requests: new RequestLog(),
            resources: () => [existingCluster([]), deployersRole],
            now: () => rolePropagation,
        });
        server = await serveGuard(guard);
        plane = new ControlPlane({
            webhooks: server.webhooks(clusterId),
            ...(toolchain.controlPlane ?? assert.fail()),
            directory: join(folder, "cluster"),
            serviceCidr: "10.96.0.0/16",
        });
        mkdirSync(join(folder, "cluster"));
        await plane.start();
        await waitUntil(
            "the namespaces",
            60,
            async () => (await plane.api.find("/api/v1/namespaces/kube-public")) !== undefined,
        );
        await letDriftRead();
    }

    /** What the own role lets be read, in the words of Kubernetes: the simulated Azure knows built-in roles only. */
    async function letDriftRead(): Promise<void> {
        const rbac = "/apis/rbac.authorization.k8s.io/v1";
        const metadata = { name: "reader" };
        const rules = [{ apiGroups: ["*"], resources: ["*"], verbs: ["get", "list", "watch"] }];
        await plane.api.create(`${rbac}/clusterroles`, { metadata, rules });
        await plane.api.create(`${rbac}/clusterrolebindings`, {
            metadata,
            roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "reader" },
            subjects: [
                { apiGroup: "rbac.authorization.k8s.io", kind: "User", name: identities.drift.objectId },
            ],
        });
    }

    /** Everybody's kubeconfig is the same, as with kubelogin; the token says who it is. */
    function kubeconfig(): string {
        const authority = Buffer.from(plane.certificateAuthority).toString("base64");
        return JSON.stringify({
            apiVersion: "v1",
            kind: "Config",
            clusters: [
                {
                    name: "c",
                    cluster: {
                        server: `https://127.0.0.1:${plane.port}`,
                        "certificate-authority-data": authority,
                    },
                },
            ],
            users: [{ name: "u", user: { tokenFile: join(folder, "token") } }],
            contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
            "current-context": "c",
        });
    }

    function createStack(toolchain: Toolchain): Promise<Stack> {
        const chart = join(folder, "chart");
        mkdirSync(join(chart, "templates"), { recursive: true });
        writeFileSync(join(chart, "Chart.yaml"), "apiVersion: v2\nname: mini\nversion: 1.0.0\n");
        writeFileSync(
            join(chart, "templates", "map.yaml"),
            'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: of-helm }\ndata: { version: "{{ .Values.version }}" }\n',
        );
        const { path, version: pluginVersion } = toolchain.kubernetesPlugin;
        const plugin = join(folder, "home", "plugins", `resource-kubernetes-v${pluginVersion}`);
        mkdirSync(plugin, { recursive: true });
        mkdirSync(join(folder, "state"));
        symlinkSync(path, join(plugin, "pulumi-resource-kubernetes"));
        const program = () => {
            declare(kubeconfig(), chart, version);
            return Promise.resolve({});
        };
        return LocalWorkspace.createStack(
            { stackName: "test", projectName: "cluster-rights", program },
            {
                pulumiHome: join(folder, "home"),
                projectSettings: {
                    name: "cluster-rights",
                    runtime: "nodejs",
                    backend: { url: `file://${join(folder, "state")}` },
                },
                envVars: {
                    PULUMI_CONFIG_PASSPHRASE: "test",
                    PULUMI_SKIP_UPDATE_CHECK: "true",
                    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
                },
            },
        );
    }

    /** What an operation says it would change, or changed, as one of the identities. */
    async function changesAs(
        identity: Identity,
        operation: "preview" | "up" | "previewRefresh",
    ): Promise<Change[]> {
        writeFileSync(join(folder, "token"), tokens.issue(identities[identity].name).token);
        const events: EngineEvent[] = [];
        await stack[operation]({ onEvent: (event) => void events.push(event) });
        return changesFrom(events).changes;
    }

    const changeQuota = (tool: string) =>
        plane.api.patch(`${quotaPath}?fieldManager=${tool}`, { spec: { hard: { pods: "9" } } });

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
        const { spec } = (await plane.api.find(quotaPath)) as KubernetesObject;
        assert.deepEqual(spec, { hard: { pods: "3" } });
    });
});
