import * as assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { readKubeconfig } from "../../../simulator/cluster/kubeconfig";
import { folderPerTest } from "../../support/temporaryFolder";

const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("simulator/cluster/kubeconfig", () => {
    let folder: string;
    let path: string;

    folderPerTest((made) => {
        folder = made;
        path = join(folder, "config");
    });

    const written = (
        user: object = { token: "t" },
        cluster: object = { server: "https://127.0.0.1:6443" },
        rest: object = {},
    ) => {
        const config = {
            clusters: [{ name: "c", cluster }],
            users: [{ name: "u", user }],
            contexts: [{ name: "kind-kind", context: { cluster: "c", user: "u" } }],
            "current-context": "kind-kind",
            ...rest,
        };
        writeFileSync(path, stringify(config));
    };
    const two = {
        contexts: ["one", "two"].map((name) => ({ name, context: { cluster: "c", user: "u" } })),
    };

    it("reads a token and an authority within the file", () => {
        written(
            { token: "secret" },
            { server: "https://host:6443/k8s/", "certificate-authority-data": base64("PEM") },
        );
        assert.deepEqual(readKubeconfig(path), {
            context: "kind-kind",
            server: "https://host:6443/k8s",
            certificateAuthority: "PEM",
            credential: { token: "secret" },
        });
    });

    it("reads files beside it", () => {
        for (const name of ["ca", "crt", "key"]) {
            writeFileSync(join(folder, name), `PEM ${name}`);
        }
        written(
            { "client-certificate": "crt", "client-key": join(folder, "key") },
            { server: "https://h", "certificate-authority": "ca" },
        );
        const { certificateAuthority, credential } = readKubeconfig(path);
        assert.equal(certificateAuthority, "PEM ca");
        assert.deepEqual(credential, { certificate: "PEM crt", key: "PEM key" });
        writeFileSync(join(folder, "token"), "secret\n");
        written({ tokenFile: "token" });
        assert.deepEqual(readKubeconfig(path).credential, { token: "secret" });
    });

    it("reads certificates within it, and by what name a server is known", () => {
        written(
            { "client-certificate-data": base64("crt"), "client-key-data": base64("key") },
            { server: "https://h", "tls-server-name": "api", "insecure-skip-tls-verify": true },
        );
        const { credential, serverName, isUnverified } = readKubeconfig(path);
        assert.deepEqual(
            [credential, serverName, isUnverified],
            [{ certificate: "crt", key: "key" }, "api", true],
        );
    });

    it("takes the context that is asked for, the current one, or the only one", () => {
        written(undefined, undefined, { ...two, "current-context": "two" });
        assert.equal(readKubeconfig(path).context, "two");
        assert.equal(readKubeconfig(path, "one").context, "one");
        written(undefined, undefined, { "current-context": "" });
        assert.equal(readKubeconfig(path).context, "kind-kind");
    });

    it("asks for a context where it cannot choose, and says which there are", () => {
        written(undefined, undefined, { ...two, "current-context": "" });
        assert.throws(() => readKubeconfig(path), {
            message: `the kubeconfig ${path} has several contexts and none of them is current: choose one with \`--context\`: one, two`,
        });
        assert.throws(() => readKubeconfig(path, "three"), {
            message: `the kubeconfig ${path} has no context "three": it has one, two`,
        });
        written(undefined, undefined, { contexts: null });
        assert.throws(() => readKubeconfig(path, "x"), /has no context "x": it has none$/);
    });

    it("runs no program to sign in, and says what is allowed instead", () => {
        for (const [user, how] of [
            [{ exec: { command: "aws" } }, "running aws (`exec`)"],
            [{ "auth-provider": { name: "oidc" } }, "the auth provider oidc"],
            [{ username: "u", password: "p" }, "name and password"],
            [{ "client-certificate-data": base64("crt") }, "nothing that is complete"],
        ] as const) {
            written(user);
            assert.throws(
                () => readKubeconfig(path),
                (error: Error) =>
                    error.message.includes(`has a user who signs in by ${how}: a token (`) &&
                    error.message.includes("kubectl create token"),
                how,
            );
        }
    });

    it("refuses what leads to no server", () => {
        written(undefined, { server: "http://127.0.0.1:8080" });
        assert.throws(() => readKubeconfig(path), /server "http:\/\/127.0.0.1:8080": an address with https/);
        written(undefined, { server: "https://h", "proxy-url": "http://p" });
        assert.throws(() => readKubeconfig(path), /through a proxy/);
        written(undefined, undefined, { users: [] });
        assert.throws(() => readKubeconfig(path), /user "u", which are not both described/);
        writeFileSync(path, "");
        assert.throws(() => readKubeconfig(path), /is empty or no kubeconfig/);
        assert.throws(() => readKubeconfig(join(folder, "gone")), /cannot be read: ENOENT/);
    });
});
