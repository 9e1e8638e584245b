import * as assert from "node:assert/strict";
import { parse, stringify } from "yaml";
import { KubeloginMode, toKubelogin } from "../../components/internal/kubeconfig";

const cluster = {
    server: "https://aks-lz.hcp.westeurope.azmk8s.io:443",
    "certificate-authority-data": "Q0E=",
};

/** As AKS answers with `format: "exec"`. */
function fromAks() {
    return {
        apiVersion: "v1",
        kind: "Config",
        preferences: {},
        clusters: [{ name: "aks-lz", cluster }],
        contexts: [{ name: "aks-lz", context: { cluster: "aks-lz", user: "clusterUser_rg_aks-lz" } }],
        "current-context": "aks-lz",
        users: [
            {
                name: "clusterUser_rg_aks-lz",
                user: {
                    exec: {
                        apiVersion: "client.authentication.k8s.io/v1beta1",
                        command: "kubelogin",
                        args: ["get-token", "--environment", "AzurePublicCloud", "--login", "devicecode"],
                        env: null,
                        provideClusterInfo: false,
                    },
                },
            },
        ],
    };
}

describe("toKubelogin", () => {
    it("replaces the device code by a sign-in without a keyboard and keeps the rest", () => {
        assert.deepEqual(JSON.parse(toKubelogin(stringify(fromAks()), KubeloginMode.AzureCli)), {
            apiVersion: "v1",
            kind: "Config",
            clusters: [{ name: "aks-lz", cluster }],
            contexts: [{ name: "aks-lz", context: { cluster: "aks-lz", user: "clusterUser_rg_aks-lz" } }],
            "current-context": "aks-lz",
            users: [
                {
                    name: "clusterUser_rg_aks-lz",
                    user: {
                        exec: {
                            apiVersion: "client.authentication.k8s.io/v1beta1",
                            command: "kubelogin",
                            args: [
                                "get-token",
                                "--login",
                                "azurecli",
                                "--server-id",
                                "6dae42f8-4368-4678-94ff-3960e28e3630",
                            ],
                            interactiveMode: "Never",
                            installHint: "Install kubelogin: https://azure.github.io/kubelogin/install.html",
                        },
                    },
                },
            ],
        });
    });

    it("takes JSON as well as YAML, with the same result", () => {
        const fromYaml = toKubelogin(stringify(fromAks()), KubeloginMode.WorkloadIdentity);
        assert.equal(toKubelogin(JSON.stringify(fromAks()), KubeloginMode.WorkloadIdentity), fromYaml);
    });

    it("gives the same text for the same input: the provider compares texts", () => {
        const text = stringify(fromAks());
        assert.equal(toKubelogin(text, KubeloginMode.AzureCli), toKubelogin(text, KubeloginMode.AzureCli));
    });

    for (const [mode, login] of [
        [KubeloginMode.AzureCli, "azurecli"],
        [KubeloginMode.WorkloadIdentity, "workloadidentity"],
        [KubeloginMode.ServicePrincipal, "spn"],
        [KubeloginMode.ManagedIdentity, "msi"],
    ] as const) {
        it(`signs in by ${login}, as whom it is told`, () => {
            const config = parse(
                toKubelogin(stringify(fromAks()), mode, { clientId: "client", tenantId: "tenant" }),
            ) as {
                users: { user: { exec: { args: string[] } } }[];
            };
            assert.deepEqual(config.users[0]?.user.exec.args, [
                "get-token",
                "--login",
                login,
                "--server-id",
                "6dae42f8-4368-4678-94ff-3960e28e3630",
                "--client-id",
                "client",
                "--tenant-id",
                "tenant",
            ]);
        });
    }

    it("drops static credentials, other users and other contexts", () => {
        const config = fromAks();
        const other = {
            ...config,
            clusters: [...config.clusters, { name: "other", cluster: { server: "https://other" } }],
            contexts: [...config.contexts, { name: "other", context: { cluster: "other", user: "admin" } }],
            users: [
                { name: "clusterUser_rg_aks-lz", user: { "client-key-data": "S0VZ", token: "s3cret" } },
                { name: "admin", user: { "client-key-data": "S0VZ" } },
            ],
        };
        const text = toKubelogin(stringify(other), KubeloginMode.AzureCli);
        assert.doesNotMatch(text, /client-key-data|s3cret|other|admin/);
        assert.equal(text, toKubelogin(stringify(config), KubeloginMode.AzureCli));
    });

    const again = 'Ask AKS for it again with `format: "exec"`.';
    const cases: [string, () => object | string, string][] = [
        ["an empty text", () => "", `the kubeconfig has no current context: it names none. ${again}`],
        [
            "no current context",
            () => ({ ...fromAks(), "current-context": undefined }),
            `the kubeconfig has no current context: it names none. ${again}`,
        ],
        [
            "a current context that is not listed",
            () => ({ ...fromAks(), "current-context": "gone" }),
            `the kubeconfig has no current context: "gone" is not listed in it. ${again}`,
        ],
        [
            "a missing cluster",
            () => ({ ...fromAks(), clusters: [] }),
            `the kubeconfig has no cluster of context "aks-lz": "aks-lz" is not listed in it. ${again}`,
        ],
        [
            "a missing user",
            () => ({ ...fromAks(), users: undefined }),
            `the kubeconfig has no user of context "aks-lz": "clusterUser_rg_aks-lz" is not listed in it. ${again}`,
        ],
    ];
    for (const [what, config, message] of cases) {
        it(`refuses ${what}`, () => {
            const input = config();
            const text = typeof input === "string" ? input : stringify(input);
            assert.throws(() => toKubelogin(text, KubeloginMode.AzureCli), { message });
        });
    }
});
