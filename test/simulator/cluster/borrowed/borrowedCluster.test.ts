import * as assert from "node:assert/strict";
import { BorrowedCluster } from "../../../../simulator/cluster/borrowed/borrowedCluster";
import { loanMarkPath } from "../../../../simulator/cluster/borrowed/loan";
import type { ControlPlane } from "../../../../simulator/cluster/controlPlane";
import type { KubernetesApi } from "../../../../simulator/cluster/kubernetesApi";
import { waitUntil } from "../../../../simulator/cluster/waiting";
import { startControlPlane } from "../../../support/controlPlane";
import { removeFolder, temporaryFolder } from "../../../support/temporaryFolder";
import { requireToolchain } from "../../../support/toolchain";
import { clusterId, existingCluster } from "../nodes/pools";

const managed = existingCluster([], { azureMonitorProfile: { metrics: { enabled: true } } });
const monitors =
    "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/podmonitors.azmonitoring.coreos.com";
const classes = "/apis/scheduling.k8s.io/v1/priorityclasses";
const ofEngine = "fieldManager=pulumi-kubernetes&force=true";

/** On a real control plane, which plays the user's own cluster; skipped where the programs are not there. */
describe("simulator/cluster/borrowed/borrowedCluster", function () {
    this.timeout(3 * 60_000);

    let folder: string;
    let plane: ControlPlane;
    let api: KubernetesApi;
    let cluster: BorrowedCluster;

    before(async function () {
        const { controlPlane } = requireToolchain(this);
        folder = temporaryFolder();
        plane = await startControlPlane(controlPlane ?? assert.fail(), folder);
        api = plane.api;
        await api.patch("/api/v1/namespaces/default", { metadata: { labels: { mine: "1", level: "low" } } });
        await api.create(classes, priorityClass("mine-before"));
    });

    beforeEach(() => {
        cluster = borrowed("one");
    });

    afterEach(() => cluster?.stop());

    after(async () => {
        await plane?.stop();
        removeFolder(folder);
    });

    const borrowed = (borrower: string) =>
        new BorrowedCluster(
            {
                server: `https://127.0.0.1:${plane.port}`,
                certificateAuthority: plane.certificateAuthority,
                credential: { token: plane.adminToken },
            },
            borrower,
        );
    const status = async (path: string) => (await api.ask("GET", path)).status;
    const asEngine = async (path: string, object: object) => {
        const answer = await api.ask("PATCH", `${path}?${ofEngine}`, object, "apply-patch+yaml");
        assert.ok(answer.status < 300, JSON.stringify(answer.body));
    };
    const priorityClass = (name: string) => ({
        apiVersion: "scheduling.k8s.io/v1",
        kind: "PriorityClass",
        metadata: { name },
        value: 1,
    });
    const namespace = (name: string, labels: object = {}) => ({
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name, labels },
    });
    const labelsOf = async (name: string) =>
        ((await api.find(`/api/v1/namespaces/${name}`)) as { metadata: { labels: object } }).metadata.labels;
    /** As a stack does it. */
    const deploy = async () => {
        await asEngine("/api/v1/namespaces/shop", namespace("shop"));
        await asEngine(`${classes}/shop`, priorityClass("shop"));
        await asEngine("/api/v1/namespaces/default", namespace("default", { level: "high", other: "x" }));
        await api.create("/api/v1/namespaces/shop/services", {
            metadata: { name: "open" },
            spec: { type: "LoadBalancer", ports: [{ port: 80 }] },
        });
    };
    const assertAsBefore = async () => {
        assert.equal(await status(`${classes}/shop`), 404);
        assert.equal(await status(`${classes}/mine-before`), 200);
        assert.equal(await status(monitors), 404);
        assert.equal(await status(loanMarkPath), 404);
        assert.deepEqual(await labelsOf("default"), {
            "kubernetes.io/metadata.name": "default",
            level: "low",
            mine: "1",
        });
    };

    it("is nobody's before a managed cluster exists, and that one's afterwards", async () => {
        await cluster.follow([]);
        assert.deepEqual(cluster.running(), []);
        assert.throws(() => cluster.endpoint(clusterId), /no cluster is running for/);
        assert.equal(await status(loanMarkPath), 404);
        await cluster.follow([managed]);
        assert.equal(cluster.endpoint(clusterId.toUpperCase()).server, `https://127.0.0.1:${plane.port}`);
        assert.deepEqual(cluster.running()[0]?.administrator, { token: plane.adminToken });
        assert.equal(await status(monitors), 200);
        assert.equal(await status(loanMarkPath), 200);
    });

    it("is what it was once the managed cluster goes, but for what others did meanwhile", async () => {
        await cluster.follow([managed]);
        await deploy();
        await api.create("/api/v1/namespaces", namespace("of-others"));
        await waitUntil("an address", 40, async () => {
            const [service] = await api.list("/api/v1/namespaces/shop/services");
            return JSON.stringify(service?.status).includes("198.18.");
        });
        await cluster.follow([]);
        assert.equal(await status("/api/v1/namespaces/shop"), 404);
        assert.equal(await status("/api/v1/namespaces/of-others"), 200);
        await assertAsBefore();
    });

    it("is given back in a hurry where its borrower ends", async () => {
        await cluster.follow([managed]);
        await deploy();
        await cluster.stop();
        await assertAsBefore();
        await waitUntil(
            "the end of the namespace",
            60,
            async () => (await status("/api/v1/namespaces/shop")) === 404,
        );
    });

    it("remembers what was there when its borrower is killed and started again", async () => {
        // Nobody stops the one that was killed.
        const killed = borrowed("one");
        await killed.follow([managed]);
        await deploy();
        await cluster.follow([managed]);
        await cluster.follow([]);
        assert.equal(await status("/api/v1/namespaces/shop"), 404);
        await assertAsBefore();
    });

    it("leaves kinds alone that it has already", async () => {
        await cluster.follow([managed]);
        const definition = (await api.find(monitors)) as { spec: object };
        await cluster.follow([]);
        await waitUntil("the end of the kind", 30, async () => (await status(monitors)) === 404);
        await api.create(monitors.slice(0, monitors.lastIndexOf("/")), {
            apiVersion: "apiextensions.k8s.io/v1",
            kind: "CustomResourceDefinition",
            metadata: { name: monitors.split("/").at(-1) },
            spec: definition.spec,
        });
        await cluster.follow([managed]);
        await cluster.follow([]);
        assert.equal(await status(monitors), 200);
        await api.delete(monitors);
    });

    it("is lent to one borrower at a time", async () => {
        await cluster.follow([managed]);
        const other = borrowed("two");
        await assert.rejects(
            other.follow([managed]),
            /cannot be marked \(409\): another rehearsal may have it/,
        );
        await other.stop();
        assert.equal(await status(loanMarkPath), 200);
    });

    it("lets the deployer in as the user of the kubeconfig, and nobody else", () => {
        assert.deepEqual(cluster.issue("deployer"), { token: plane.adminToken });
        assert.throws(() => cluster.issue("reader"), /nobody but the deployer .* by impersonation/);
        const certified = new BorrowedCluster(
            { server: "https://h", credential: { certificate: "crt", key: "key" } },
            "one",
        );
        assert.deepEqual(certified.issue("deployer"), { clientCertificateData: "crt", clientKeyData: "key" });
    });
});
