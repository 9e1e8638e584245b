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
    "azure-native:containerservice:listManagedClusterUserCredentials": (args) => ({
        kubeconfigs: [
            {
                name: "clusterUser",
                value: Buffer.from(deviceCodeKubeconfig(String(args["resourceName"]))).toString("base64"),
            },
        ],
    }),
};

function deviceCodeKubeconfig(clusterName: string): string {
    return JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        clusters: [
            {
                name: clusterName,
                cluster: {
                    server: `https://${clusterName}.example.invalid:443`,
                    "certificate-authority-data": Buffer.from("simulated certificate authority").toString(
                        "base64",
                    ),
                },
            },
        ],
        users: [
            {
                name: `clusterUser_${clusterName}`,
                user: {
                    exec: {
                        apiVersion: "client.authentication.k8s.io/v1beta1",
                        command: "kubelogin",
                        args: ["get-token", "--environment", "AzurePublicCloud", "--login", "devicecode"],
                    },
                },
            },
        ],
        contexts: [
            { name: clusterName, context: { cluster: clusterName, user: `clusterUser_${clusterName}` } },
        ],
        "current-context": clusterName,
    });
}
