import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { statSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { KubeloginMode, aksServerApplicationId, toKubelogin } from "../../../components/internal/kubeconfig";
import { personVariable, writeKubelogin } from "../../../simulator/cluster/kubelogin";
import { folderPerTest } from "../../support/temporaryFolder";

describe("simulator/cluster/kubelogin", () => {
    let server: Server;
    let asked: { authorization?: string; url?: string; body: string }[];
    let answer: { status: number; body: object };
    let kubelogin: string;

    afterEach(() => new Promise((resolve) => server.close(resolve)));

    folderPerTest(async (folder) => {
        asked = [];
        answer = { status: 200, body: { token: "t", expirationTimestamp: "2026-01-01T00:00:00Z" } };
        server = createServer((request, response) => {
            let body = "";
            request.on("data", (chunk: Buffer) => (body += chunk.toString()));
            request.on("end", () => {
                asked.push({ authorization: request.headers.authorization, url: request.url, body });
                response.writeHead(answer.status).end(JSON.stringify(answer.body));
            });
        });
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        const { port } = server.address() as AddressInfo;
        const bin = writeKubelogin(join(folder, "it's here"), { controlPort: port, controlToken: "secret" });
        kubelogin = join(bin, "kubelogin");
    });

    const run = async (args: readonly string[], environment: Record<string, string> = {}) => {
        const child = spawn(kubelogin, args, { env: { PATH: "/bin:/usr/bin", ...environment } });
        let output = "";
        let errors = "";
        child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
        child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
        const code = await new Promise((resolve) => child.once("close", resolve));
        return { code, output, errors };
    };
    const good = ["get-token", "--login", "azurecli", "--server-id", aksServerApplicationId];

    it("answers with a token of the deployer, or of whom the environment names", async () => {
        const { code, output } = await run(good);
        assert.equal(code, 0);
        assert.deepEqual(JSON.parse(output), {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            kind: "ExecCredential",
            status: answer.body,
        });
        await run(good, { [personVariable]: "reader" });
        assert.deepEqual(asked, [
            { authorization: "Bearer secret", url: "/tokens", body: '{"person":"deployer"}' },
            { authorization: "Bearer secret", url: "/tokens", body: '{"person":"reader"}' },
        ]);
        assert.equal(statSync(kubelogin).mode & 0o777, 0o700);
    });

    it("takes what the program puts into a kubeconfig, in each of its modes", async () => {
        const kubeconfig = JSON.stringify({
            "current-context": "c",
            contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
            clusters: [{ name: "c", cluster: {} }],
            users: [{ name: "u", user: {} }],
        });
        for (const mode of Object.values(KubeloginMode)) {
            const { users } = JSON.parse(toKubelogin(kubeconfig, mode)) as {
                users: { user: { exec: { args: string[] } } }[];
            };
            assert.equal((await run(users[0]?.user.exec.args ?? [])).code, 0, mode);
        }
    });

    const bad: [string, string[], RegExp][] = [
        ["another command", ["convert-kubeconfig"], /unknown command convert-kubeconfig/],
        ["a device code", [...good.slice(0, 2), "devicecode", ...good.slice(3)], /device code/],
        ["the default, which is a device code", ["get-token", ...good.slice(3)], /device code/],
        ["another server", [...good.slice(0, 4), "other"], /--server-id is not that of AKS/],
    ];
    for (const [what, args, message] of bad) {
        it(`refuses ${what}`, async () => {
            const { code, errors } = await run(args);
            assert.equal(code, 1);
            assert.match(errors, message);
            assert.deepEqual(asked, []);
        });
    }

    it("says what the simulator says of somebody unknown", async () => {
        answer = { status: 404, body: { error: "there is no person" } };
        const { code, errors } = await run(good);
        assert.equal(code, 1);
        assert.equal(errors, "kubelogin: there is no person\n");
    });
});
