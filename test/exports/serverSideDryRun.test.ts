import * as assert from "node:assert/strict";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { exportStack } from "../../exports/exportStack";
import { Guard } from "../../simulator/cluster/guard/guard";
import { serveGuard } from "../../simulator/cluster/guard/webhookServer";
import type { WebhookServer } from "../../simulator/cluster/guard/webhookServer";
import { KubernetesApi } from "../../simulator/cluster/kubernetesApi";
import { LiveClusters } from "../../simulator/cluster/liveClusters";
import { RequestLog } from "../../simulator/cluster/requestLog";
import { waitUntil } from "../../simulator/cluster/waiting";
import { TokenIssuer } from "../../simulator/entra/tokenIssuer";
import { existingCluster } from "../simulator/cluster/nodes/pools";
import { requireControlPlanePrograms } from "../support/controlPlane";
import { projectFolder } from "../support/stacks";
import { removeFolder, temporaryFolder } from "../support/temporaryFolder";

interface Manifest {
    file: string;
    apiVersion: string;
    kind: string;
    metadata: { name: string; namespace?: string };
}

const systemPool = { name: "system", mode: "System", vmSize: "Standard_D2ds_v5", count: 1, maxPods: 30 };

/** A real API server; skipped where the programs are not there. */
describe("The exported manifests, under a real API server", function () {
    this.timeout(5 * 60_000);

    let folder: string;
    let server: WebhookServer;
    let clusters: LiveClusters;
    let api: KubernetesApi;

    before(async function () {
        const tools = requireControlPlanePrograms(this);
        folder = temporaryFolder();
        const cluster = existingCluster([systemPool], {
            azureMonitorProfile: { metrics: { enabled: true } },
            networkProfile: { serviceCidr: "10.9.0.0/24", dnsServiceIP: "10.9.0.10" },
        });
        const requests = new RequestLog();
        const tokens = new TokenIssuer(join(folder, "tokens.json"), []);
        server = await serveGuard(new Guard({ tokens, requests, resources: () => [cluster], now: () => 0 }));
        clusters = new LiveClusters({
            ...tools,
            directory: join(folder, "clusters"),
            timeScale: 100,
            requests,
            webhooks: server.webhooks,
        });
        await clusters.follow([cluster]);
        const [running] = clusters.running();
        assert.ok(running && "token" in running.administrator);
        api = new KubernetesApi({
            server: running.server,
            certificateAuthority: running.certificateAuthority,
            credential: { token: running.administrator.token },
        });
        await waitUntil(
            "the kinds of managed Prometheus",
            60,
            async () =>
                (await pathOf("azmonitoring.coreos.com/v1", "PodMonitor").catch(() => undefined)) !==
                undefined,
        );
    });

    after(async () => {
        await clusters?.stop();
        await server?.close();
        removeFolder(folder);
    });

    /** Where the objects of a kind stand, as the API server itself says. */
    async function pathOf(
        apiVersion: string,
        kind: string,
    ): Promise<{ front: string; plural: string; namespaced: boolean }> {
        const front = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
        const { resources } = (await api.find(front)) as {
            resources: { name: string; kind: string; namespaced: boolean }[];
        };
        const found = resources.find((each) => each.kind === kind && !each.name.includes("/"));
        assert.ok(found, `${apiVersion} ${kind}`);
        return { front, plural: found.name, namespaced: found.namespaced };
    }

    async function dryRun({ file: _file, ...object }: Manifest, isDryRun = true): Promise<string> {
        const { front, plural, namespaced } = await pathOf(object.apiVersion, object.kind);
        const { name, namespace } = object.metadata;
        assert.equal(namespaced, namespace !== undefined, `${object.kind} ${name}`);
        const place = namespaced ? `/namespaces/${namespace}` : "";
        const query = `fieldManager=export&force=true&fieldValidation=Strict${isDryRun ? "&dryRun=All" : ""}`;
        const { status, body } = await api.ask(
            "PATCH",
            `${front}${place}/${plural}/${name}?${query}`,
            object,
            "apply-patch+yaml",
        );
        return status < 300 ? "" : `${status} ${JSON.stringify(body)}`;
    }

    for (const stack of ["dev", "prod"]) {
        it(`of ${stack} are accepted as a server-side dry run`, async () => {
            const { files } = await exportStack({ directory: projectFolder, stack, environment: {} });
            const manifests = [...files]
                .filter(([file]) => file.endsWith(".yaml") && !file.includes("/charts/"))
                .flatMap(([file, text]) =>
                    parseAllDocuments(text).map((each) => ({
                        file,
                        ...(each.toJS() as Omit<Manifest, "file">),
                    })),
                );
            // What a dry run makes is not there for the next one, and nothing may be in a namespace that is not.
            for (const each of manifests.filter(({ kind }) => kind === "Namespace")) {
                assert.equal(await dryRun(each, false), "", each.metadata.name);
            }
            for (const each of manifests) {
                assert.equal(await dryRun(each), "", `${each.file} ${each.kind} ${each.metadata.name}`);
            }
            assert.ok(manifests.length > 40, `${manifests.length}`);
        });
    }

    it("would not be, with a field that Kubernetes does not know", async () => {
        const strange = { file: "", apiVersion: "v1", kind: "Namespace", metadata: { name: "x" }, spek: {} };
        assert.match(await dryRun(strange), /^\d{3} .*spek/);
    });
});
