import * as assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import type { Stack } from "@pulumi/pulumi/automation";
import { retryUntilAccessWorks } from "../../components/internal/accessRetry";
import type { Toolchain } from "../../rehearsal/toolchain";
import { roles } from "../../components/internal/roles";
import { rolePropagation } from "../../simulator/azure/durations";
import type { ExistingResource } from "../../simulator/azure/subscription";
import { Guard } from "../../simulator/cluster/guard/guard";
import { serveGuard } from "../../simulator/cluster/guard/webhookServer";
import type { WebhookServer } from "../../simulator/cluster/guard/webhookServer";
import { RequestLog } from "../../simulator/cluster/requestLog";
import { TokenIssuer } from "../../simulator/entra/tokenIssuer";
import type { Person } from "../../simulator/people";
import { clusterId, existingCluster } from "../simulator/cluster/nodes/pools";
import { ControlPlane } from "../../simulator/cluster/controlPlane";
import type { KubernetesApi } from "../../simulator/cluster/kubernetesApi";
import { waitUntil } from "../../simulator/cluster/waiting";
import { removeFolder, temporaryFolder } from "../support/temporaryFolder";
import { requireToolchain } from "../support/toolchain";

const pauseVariable = "LANDING_ZONE_RETRY_PAUSE_SECONDS";
const deployer: Person = { name: "deployer", objectId: "00000000-0000-4000-8000-000000000001", groups: [] };
const role: ExistingResource = {
    id: `${clusterId}/providers/Microsoft.Authorization/roleAssignments/1`,
    type: "azure-native:authorization:RoleAssignment",
    inputs: {
        principalId: deployer.objectId,
        roleDefinitionId: `/x/${roles.aksRbacClusterAdmin.id}`,
        scope: clusterId,
    },
    state: {},
    createdAt: 0,
};

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
    let plane: ControlPlane;
    let api: KubernetesApi;
    let server: WebhookServer;
    let tokens: TokenIssuer;
    const requests = new RequestLog();
    // The role does not work yet.
    let now = rolePropagation - 1;
    let inherited: Record<string, string | undefined>;

    before(async function () {
        toolchain = requireToolchain(this);
        inherited = { [pauseVariable]: process.env[pauseVariable], PATH: process.env["PATH"] };
        process.env[pauseVariable] = "0.5";
        process.env["PATH"] = `${dirname(toolchain.programs.pulumi)}:${process.env["PATH"] ?? ""}`;
        folder = temporaryFolder();
        tokens = new TokenIssuer(join(folder, "tokens.json"), [deployer]);
        server = await serveGuard(
            new Guard({ tokens, requests, resources: () => [existingCluster([]), role], now: () => now }),
        );
        plane = new ControlPlane({
            webhooks: server.webhooks(clusterId),
            ...(toolchain.controlPlane ?? assert.fail()),
            directory: join(folder, "cluster"),
            serviceCidr: "10.96.0.0/16",
        });
        mkdirSync(join(folder, "cluster"));
        await plane.start();
        api = plane.api;
        await waitUntil(
            "the namespaces",
            60,
            async () => (await api.find("/api/v1/namespaces/kube-public")) !== undefined,
        );
    });

    after(async () => {
        await plane?.stop();
        await server?.close();
        for (const [name, value] of Object.entries(inherited ?? {})) {
            if (value === undefined) {
                delete process.env[name];
            } else {
                process.env[name] = value;
            }
        }
        removeFolder(folder);
    });

    /** The deployer's way in. */
    const kubeconfig = (): string =>
        JSON.stringify({
            apiVersion: "v1",
            kind: "Config",
            clusters: [
                {
                    name: "c",
                    cluster: {
                        server: `https://127.0.0.1:${plane.port}`,
                        "certificate-authority-data": Buffer.from(plane.certificateAuthority).toString(
                            "base64",
                        ),
                    },
                },
            ],
            users: [{ name: "u", user: { token: tokens.issue("deployer").token } }],
            contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
            "current-context": "c",
        });

    const refusals = (kind: string): number =>
        requests
            .all()
            .filter(({ outcome, request }) => outcome === "refused" && request.split(" ")[1] === kind).length;

    const chart = (): string => {
        const path = join(folder, "chart");
        mkdirSync(join(path, "templates"), { recursive: true });
        writeFileSync(join(path, "Chart.yaml"), "apiVersion: v2\nname: mini\nversion: 1.0.0\n");
        writeFileSync(
            join(path, "templates", "map.yaml"),
            "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: of-helm }\n",
        );
        return path;
    };

    const stackOf = (
        name: string,
        kubeconfig: string,
        transformations: pulumi.ResourceTransformation[],
    ): Promise<Stack> => {
        const { path, version } = toolchain.kubernetesPlugin;
        const root = join(folder, name);
        const plugin = join(root, "home", "plugins", `resource-kubernetes-v${version}`);
        mkdirSync(plugin, { recursive: true });
        mkdirSync(join(root, "state"));
        symlinkSync(path, join(plugin, "pulumi-resource-kubernetes"));
        const folderOfChart = chart();
        const program = () => {
            const provider = new k8s.Provider("kubernetes", { kubeconfig, enableServerSideApply: true });
            new Inside(folderOfChart, { providers: [provider], transformations });
            return Promise.resolve({});
        };
        return LocalWorkspace.createStack(
            { stackName: name, projectName: "access-retry", program },
            {
                pulumiHome: join(root, "home"),
                projectSettings: {
                    name: "access-retry",
                    runtime: "nodejs",
                    backend: { url: `file://${join(root, "state")}` },
                },
                envVars: {
                    PULUMI_CONFIG_PASSPHRASE: "test",
                    PULUMI_SKIP_UPDATE_CHECK: "true",
                    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
                },
            },
        );
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
        now = rolePropagation;
        const { summary } = await up;
        assert.equal(summary.result, "succeeded");
        for (const path of [
            "/api/v1/namespaces/space/configmaps/settings",
            "/api/v1/namespaces/default/configmaps/of-helm",
        ]) {
            assert.notEqual(await api.find(path), undefined, path);
        }
    });
});
