import * as assert from "node:assert/strict";
import { readStackFile } from "../../plan/stackFile";
import { checkLendable, ensureLendable, namespacesOf } from "../../rehearsal/borrowing";
import { RehearsalError } from "../../rehearsal/rehearsalError";
import { credentialSecrets } from "../../rehearsal/secretSearch";
import { rehearsedSettings } from "../../rehearsal/stackSettings";
import type { ApiAnswer } from "../../simulator/cluster/kubernetesApi";
import { projectFolder } from "../support/stacks";

const clusterWith = (options: { answer?: ApiAnswer; mark?: object; namespaces?: string[] }) => ({
    ask: () => Promise.resolve(options.answer ?? { status: 201, body: { status: { allowed: true } } }),
    find: () => Promise.resolve(options.mark),
    list: () => Promise.resolve((options.namespaces ?? []).map((name) => ({ metadata: { name } }))),
});

const refusalOf = async (options: Parameters<typeof clusterWith>[0]): Promise<string> => {
    try {
        await checkLendable(clusterWith(options), "the cluster", ["ingress", "shop-dev"]);
    } catch (error) {
        assert.ok(error instanceof RehearsalError && error.hint);
        return error.message;
    }
    return "";
};

describe("rehearsal/borrowing", () => {
    it("takes a cluster whose user may do everything and that has none of the namespaces", async () => {
        assert.equal(await refusalOf({ namespaces: ["default", "kube-system"] }), "");
    });

    it("refuses one whose user may not, or is unknown", async () => {
        const message = "the cluster does not let the kubeconfig's user do everything";
        assert.equal(
            await refusalOf({ answer: { status: 201, body: { status: { allowed: false } } } }),
            message,
        );
        assert.equal(await refusalOf({ answer: { status: 401, body: {} } }), message);
    });

    it("refuses one that is lent already", async () => {
        assert.equal(await refusalOf({ mark: {} }), "the cluster is used by another rehearsal");
    });

    it("refuses one with the stack's namespaces, and names them", async () => {
        assert.equal(
            await refusalOf({ namespaces: ["default", "shop-dev", "ingress"] }),
            "the cluster has namespaces that the stack would take over: ingress, shop-dev",
        );
    });

    it("says that nobody answers", async () => {
        const api = { ...clusterWith({}), ask: () => Promise.reject(new Error("connect ECONNREFUSED")) };
        await assert.rejects(checkLendable(api, "the cluster", []), {
            message: "the cluster does not answer: connect ECONNREFUSED",
        });
        const { checked } = rehearsedSettings(readStackFile(projectFolder, "dev"), "/charts");
        await assert.rejects(ensureLendable({ kubeconfig: "/nowhere", context: "c" }, checked), /\/nowhere/);
    });

    it("knows the namespaces of a whole life, those of the team that joins it included", () => {
        const { checked } = rehearsedSettings(readStackFile(projectFolder, "dev"), "/charts");
        assert.deepEqual(namespacesOf(checked), [
            "ingress",
            "kured",
            ...["analytics", "payments", "storefront"].flatMap((team) => [`${team}-dev`, `${team}-stage`]),
            "newcomer-dev",
            "newcomer-stage",
        ]);
    });

    it("takes a token for a secret, and of a certificate its key", () => {
        const line = "A".repeat(64);
        assert.deepEqual(credentialSecrets({ token: "t" }), ["t"]);
        assert.deepEqual(credentialSecrets({ certificate: "crt", key: `-----BEGIN\n${line}\n` }), [line]);
    });
});
