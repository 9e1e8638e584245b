import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { roles } from "../../../components/internal/roles";
import type { ExistingResource } from "../../../simulator/azure/subscription";
import { Guard } from "../../../simulator/cluster/guard/guard";
import { serveGuard } from "../../../simulator/cluster/guard/webhookServer";
import type { WebhookServer } from "../../../simulator/cluster/guard/webhookServer";
import { KubernetesApi } from "../../../simulator/cluster/kubernetesApi";
import type { KubernetesObject } from "../../../simulator/cluster/kubernetesApi";
import { LiveClusters } from "../../../simulator/cluster/liveClusters";
import { RequestLog } from "../../../simulator/cluster/requestLog";
import { waitUntil } from "../../../simulator/cluster/waiting";
import { TokenIssuer } from "../../../simulator/entra/tokenIssuer";
import type { Person } from "../../../simulator/people";
import { requireControlPlanePrograms } from "../../support/controlPlane";
import { removeFolder, temporaryFolder } from "../../support/temporaryFolder";
import { clusterId, existingCluster, existingPool } from "./nodes/pools";

const people: Person[] = [
    { name: "deployer", objectId: "00000000-0000-4000-8000-000000000001", groups: [] },
    { name: "developer", objectId: "00000000-0000-4000-8000-000000000002", groups: ["team"] },
    { name: "admin", objectId: "00000000-0000-4000-8000-000000000003", groups: ["admins"] },
];

const systemPool = {
    name: "system",
    mode: "System",
    vmSize: "Standard_D2ds_v5",
    count: 2,
    maxPods: 110,
    availabilityZones: ["1", "2", "3"],
    nodeTaints: ["CriticalAddonsOnly=true:NoSchedule"],
};
const appsPool = {
    vmSize: "Standard_D4ds_v5",
    enableAutoScaling: true,
    minCount: 1,
    maxCount: 2,
    maxPods: 30,
    availabilityZones: ["1", "2"],
    nodeLabels: { workload: "apps" },
};
const spotPool = { vmSize: "Standard_D4ds_v5", count: 1, scaleSetPriority: "Spot" };

/** Real control planes; skipped where the programs are not there. */
describe("simulator/cluster/liveClusters", function () {
    this.timeout(5 * 60_000);

    let folder: string;
    let server: WebhookServer;
    let clusters: LiveClusters;
    let tokens: TokenIssuer;
    let requests: RequestLog;
    let existing: ExistingResource[] = [];
    let now = 0;
    let startAgain: () => LiveClusters;

    before(async function () {
        const tools = requireControlPlanePrograms(this);
        folder = temporaryFolder();
        tokens = new TokenIssuer(join(folder, "tokens.json"), people);
        requests = new RequestLog();
        const guard = new Guard({ tokens, requests, resources: () => existing, now: () => now });
        server = await serveGuard(guard);
        startAgain = () =>
            new LiveClusters({
                ...tools,
                directory: join(folder, "clusters"),
                timeScale: 100,
                requests,
                webhooks: server.webhooks,
            });
        clusters = startAgain();
    });

    after(async () => {
        await clusters?.stop();
        await server?.close();
        removeFolder(folder);
    });

    const follow = (...resources: ExistingResource[]) => {
        existing = resources;
        return clusters.follow(existing);
    };
    const running = (id = clusterId) => {
        const found = clusters.running().find((each) => each.id === id);
        assert.ok(found, `${id} runs`);
        return found;
    };
    const as = (token: string, id = clusterId) => {
        const { server: address, certificateAuthority } = running(id);
        return new KubernetesApi({ server: address, credential: { token }, certificateAuthority });
    };
    const admin = (id = clusterId) => {
        const { administrator } = running(id);
        return as("token" in administrator ? administrator.token : assert.fail(), id);
    };
    const signedIn = (person: string) => as(tokens.issue(person).token);
    const nodes = (pool: string) =>
        admin().list(`/api/v1/nodes?labelSelector=agentpool%3D${pool}`) as Promise<
            (KubernetesObject & {
                spec: { taints?: { key: string }[]; unschedulable?: boolean };
                status: { allocatable: Record<string, string>; nodeInfo: Record<string, string> };
            })[]
        >;
    const podsOf = (namespace: string) => admin().list(`/api/v1/namespaces/${namespace}/pods`);
    const pod = (name: string, spec: object, cpu = "100m") => ({
        metadata: { name },
        spec: { containers: [{ name: "c", image: "none", resources: { requests: { cpu } } }], ...spec },
    });
    const cluster = (inputs: object = {}, id = clusterId) =>
        existingCluster(
            [systemPool],
            {
                azureMonitorProfile: { metrics: { enabled: true } },
                networkProfile: { serviceCidr: "10.9.0.0/24", dnsServiceIP: "10.9.0.10" },
                ...inputs,
            },
            id,
        );
    const pools = [existingPool("apps", appsPool), existingPool("spot", spotPool)];

    it("begins a cluster with the nodes of its pools", async () => {
        await follow(cluster(), ...pools);
        const system = await nodes("system");
        assert.deepEqual(
            system.map(({ metadata }) => metadata.labels?.["topology.kubernetes.io/zone"]),
            ["westeurope-1", "westeurope-2"],
        );
        await waitUntil("ready nodes", 60, async () =>
            [...(await nodes("system")), ...(await nodes("apps"))].every(
                ({ spec }) => !spec.taints?.some(({ key }) => key.startsWith("node.kubernetes.io/")),
            ),
        );
        const [first] = await nodes("system");
        assert.deepEqual(
            first?.spec.taints?.map(({ key }) => key),
            ["CriticalAddonsOnly"],
        );
        const { allocatable, nodeInfo } = first?.status ?? { allocatable: {}, nodeInfo: {} };
        assert.deepEqual([allocatable["cpu"], allocatable["memory"]], ["1900m", "6044Mi"]);
        assert.equal(nodeInfo["kubeletVersion"], "v1.36.3");
        assert.equal((await nodes("apps")).length, 1);
        assert.equal((await nodes("spot"))[0]?.spec.taints?.length, 1);
    });

    it("has what AKS installs, and the kinds of managed Prometheus a while later", async () => {
        const names = (objects: KubernetesObject[]) => objects.map(({ metadata }) => metadata.name);
        const classes = names(await admin().list("/apis/storage.k8s.io/v1/storageclasses"));
        assert.ok(
            classes.includes("managed-csi-premium") && classes.includes("azurefile-csi"),
            classes.join(),
        );
        const services = await admin().list("/api/v1/namespaces/kube-system/services");
        assert.equal(
            services.find(({ metadata }) => metadata.name === "kube-dns")?.spec?.["clusterIP"],
            "10.9.0.10",
        );
        await waitUntil("cluster DNS on system nodes", 60, async () => {
            const pods = await podsOf("kube-system");
            return pods.length === 4 && pods.every(({ status }) => status?.["phase"] === "Running");
        });
        await waitUntil("the kinds", 30, async () => {
            const answer = await admin().ask("GET", "/apis/azmonitoring.coreos.com/v1/podmonitors");
            return answer.status === 200;
        });
    });

    it("lets pods land where taints, labels and room allow it, and adds nodes up to the limit", async () => {
        for (const name of ["one", "two", "three"]) {
            await admin().create("/api/v1/namespaces/default/pods", pod(name, {}, "3"));
        }
        await waitUntil("two pods on nodes", 60, async () => {
            const pods = await podsOf("default");
            return pods.filter(({ status }) => status?.["phase"] === "Running").length === 2;
        });
        // Longer than the autoscaler takes: neither another node of the pool, nor a tainted one.
        await new Promise((resolve) => setTimeout(resolve, 3000));
        const pods = await podsOf("default");
        assert.equal(pods.filter(({ spec }) => spec?.["nodeName"] === undefined).length, 1);
        assert.equal((await nodes("apps")).length, 2);
        assert.ok(
            pods.every(({ spec }) =>
                /^aks-apps-/.test((spec?.["nodeName"] as string | undefined) ?? "aks-apps-"),
            ),
        );
        await admin().create(
            "/api/v1/namespaces/default/pods",
            pod("spot", { tolerations: [{ operator: "Exists" }], nodeSelector: { agentpool: "spot" } }),
        );
        await waitUntil("the spot pod", 30, async () =>
            (await podsOf("default")).some(
                ({ metadata, status }) => metadata.name === "spot" && status?.["phase"] === "Running",
            ),
        );
    });

    it("keeps added nodes, and changes labels, taints and version in place", async () => {
        const before = (await nodes("apps")).map(({ metadata }) => metadata.name);
        const changed = { ...appsPool, nodeLabels: { other: "x" }, nodeTaints: ["a=b:PreferNoSchedule"] };
        const upgraded = cluster();
        await follow(
            { ...upgraded, state: { ...upgraded.state, currentKubernetesVersion: "1.37.0" } },
            existingPool("apps", changed),
            existingPool("spot", spotPool),
        );
        const after = await nodes("apps");
        assert.deepEqual(
            after.map(({ metadata }) => metadata.name),
            before,
        );
        assert.equal(after.length, 2);
        for (const { metadata, spec, status } of after) {
            assert.equal(metadata.labels?.["workload"], undefined);
            assert.equal(metadata.labels?.["other"], "x");
            assert.deepEqual(
                spec.taints?.map(({ key }) => key),
                ["a"],
            );
            assert.equal(status.nodeInfo["kubeletVersion"], "v1.37.0");
        }
    });

    it("drains and removes the nodes of a pool that is gone", async () => {
        await follow(cluster(), existingPool("apps", appsPool));
        assert.equal((await nodes("spot")).length, 0);
        assert.equal(
            (await podsOf("default")).some(({ metadata }) => metadata.name === "spot"),
            false,
        );
    });

    it("lets people in by their roles in Azure, once these work", async () => {
        const grant = (name: string, principalId: string, role: string, scope: string): ExistingResource => ({
            id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
            type: "azure-native:authorization:RoleAssignment",
            inputs: { principalId, roleDefinitionId: `/roleDefinitions/${role}`, scope },
            state: {},
            createdAt: 100,
        });
        const space = `${clusterId}/namespaces/default`;
        existing = [
            ...existing,
            grant("1", people[0]?.objectId ?? "", roles.aksRbacClusterAdmin.id, clusterId),
            grant("2", "team", roles.aksRbacWriter.id, space),
        ];
        const status = async (person: string, method: string, path: string, object?: object) => {
            const answer = await signedIn(person).ask(method, path, object);
            return answer.status;
        };
        now = 159;
        const refused = await signedIn("deployer").ask("GET", "/api/v1/nodes");
        assert.equal(refused.status, 403);
        const { message } = refused.body as { message: string };
        assert.match(
            message,
            /^nodes is forbidden: User "0{8}-.*1" cannot list resource .*Update role assignment/,
        );
        assert.equal(await status("deployer", "GET", "/apis"), 200);
        now = 160;
        assert.equal(await status("deployer", "GET", "/api/v1/nodes"), 200);
        assert.equal(await status("deployer", "GET", "/api/v1/namespaces/kube-system/secrets"), 200);
        assert.equal(
            await status("developer", "POST", "/api/v1/namespaces/default/pods", pod("dev", {})),
            201,
        );
        assert.equal(await status("developer", "GET", "/api/v1/namespaces/default/secrets"), 200);
        assert.equal(await status("developer", "GET", "/api/v1/namespaces/kube-system/pods"), 403);
        assert.equal(await status("developer", "GET", "/api/v1/nodes"), 403);
        assert.equal((await as("canary-token-x.y.z").ask("GET", "/apis")).status, 401);
        assert.ok(requests.all().some(({ request }) => request === "create pods in default"));
    });

    it("lets the groups in whom the cluster names as its administrators", async () => {
        assert.equal((await signedIn("admin").ask("GET", "/api/v1/nodes")).status, 403);
        await follow(cluster({ aadProfile: { enableAzureRBAC: true, adminGroupObjectIDs: ["admins"] } }));
        assert.equal((await signedIn("admin").ask("GET", "/api/v1/nodes")).status, 200);
    });

    it("runs again after an end, at the same address with the same contents", async () => {
        await admin().create("/api/v1/namespaces", { metadata: { name: "kept" } });
        const before = running();
        await clusters.stop();
        clusters = startAgain();
        await clusters.follow(existing);
        assert.deepEqual(running(), before);
        assert.equal((await admin().ask("GET", "/api/v1/namespaces/kept")).status, 200);
    });

    it("runs two clusters at once, each with its own objects", async () => {
        const otherId = `${clusterId}-2`;
        await follow(cluster(), cluster({ storageProfile: { fileCSIDriver: { enabled: false } } }, otherId));
        await admin(otherId).create("/api/v1/namespaces", { metadata: { name: "only-here" } });
        assert.equal((await admin().ask("GET", "/api/v1/namespaces/only-here")).status, 404);
        const classes = await admin(otherId).list("/apis/storage.k8s.io/v1/storageclasses");
        assert.equal(classes.filter(({ metadata }) => metadata.name.startsWith("azurefile")).length, 0);
        assert.equal(readdirSync(join(folder, "clusters")).length, 2);
    });

    it("ends with the managed cluster, and records who asks for it then", async () => {
        const token = tokens.issue("deployer").token;
        const api = as(token);
        await follow(cluster({}, `${clusterId}-2`));
        assert.throws(() => clusters.endpoint(clusterId), /no cluster is running/);
        assert.equal((await api.ask("GET", "/apis")).status, 503);
        await api.ask("DELETE", "/api/v1/namespaces/default/pods/dev");
        assert.deepEqual(
            requests
                .all()
                .filter(({ outcome }) => outcome === "gone")
                .map(({ request }) => request),
            ["DELETE /api/v1/namespaces/default/pods/dev"],
        );
        await follow();
        assert.deepEqual(clusters.running(), []);
        assert.deepEqual(readdirSync(join(folder, "clusters")), []);
        const processes = spawnSync("ps", ["-eo", "args"], { encoding: "utf8" }).stdout.split("\n");
        assert.deepEqual(
            processes.filter((line) => line.includes(folder) && !line.startsWith("sh -c")),
            [],
        );
        assert.equal(existsSync(join(folder, "clusters")), true);
    });
});
