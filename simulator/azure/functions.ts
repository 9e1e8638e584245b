import { dump } from "js-yaml";
import { aksServerApplicationId } from "../../components/internal/kubeconfig";
import type { SimulatedFunction } from "../resourceType";

/** Functions of azure-native that the program calls, by token. */
export const azureFunctions: Readonly<Record<string, SimulatedFunction>> = {
    "azure-native:authorization:getClientConfig": (_args, environment) => ({
        clientId: environment.deployerObjectId,
        objectId: environment.deployerObjectId,
        subscriptionId: environment.subscriptionId,
        tenantId: environment.tenantId,
    }),
    // Azure answers with a kubeconfig that asks for a device code; no credential is in it when local accounts are off.
    "azure-native:containerservice:listManagedClusterUserCredentials": (args, { tenantId }) => ({
        kubeconfigs: [
            {
                name: "clusterUser",
                value: Buffer.from(
                    deviceCodeKubeconfig(
                        String(args["resourceGroupName"]),
                        String(args["resourceName"]),
                        tenantId,
                    ),
                ).toString("base64"),
            },
        ],
    }),
};

// The Entra application that people sign in with: https://learn.microsoft.com/azure/aks/kubelogin-authentication.
const clientApplicationId = "80faf920-1908-4b52-b5ef-a8e7bedfc67a";

/** YAML, as `az aks get-credentials` writes it from this answer; without `--login`, kubelogin asks for a device code. */
function deviceCodeKubeconfig(resourceGroup: string, cluster: string, tenantId: string): string {
    const user = `clusterUser_${resourceGroup}_${cluster}`;
    return dump({
        apiVersion: "v1",
        clusters: [
            {
                cluster: {
                    "certificate-authority-data": Buffer.from("simulated certificate authority").toString(
                        "base64",
                    ),
                    server: `https://${cluster}.example.invalid:443`,
                },
                name: cluster,
            },
        ],
        contexts: [{ context: { cluster, user }, name: cluster }],
        "current-context": cluster,
        kind: "Config",
        preferences: {},
        users: [
            {
                name: user,
                user: {
                    exec: {
                        apiVersion: "client.authentication.k8s.io/v1beta1",
                        args: [
                            "get-token",
                            "--environment",
                            "AzurePublicCloud",
                            "--server-id",
                            aksServerApplicationId,
                            "--client-id",
                            clientApplicationId,
                            "--tenant-id",
                            tenantId,
                            "--login",
                            "devicecode",
                        ],
                        command: "kubelogin",
                        env: null,
                        installHint: "kubelogin is not installed: see https://aka.ms/aks/kubelogin",
                        provideClusterInfo: false,
                    },
                },
            },
        ],
    });
}
