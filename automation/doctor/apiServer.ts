import { AzureCliError } from "./azureCli";
import { azureCheck, ok, problem } from "./check";
import type { Check } from "./check";

interface Cluster {
    name?: string;
    fqdn?: string | null;
    privateFqdn?: string | null;
    apiServerAccessProfile?: { enablePrivateCluster?: boolean | null } | null;
}

const httpsPort = 443;

const apiServerCheck = azureCheck({
    id: "api-server",
    title: "The cluster's API server can be reached from here",
    async judge({ subscriptionId, names }, subject) {
        const clusters = (await subject.azure([
            "aks",
            "list",
            "--subscription",
            subscriptionId,
        ])) as Cluster[];
        const cluster = clusters.find(({ name }) => name === names.cluster);
        if (cluster === undefined) {
            return [ok(`cluster ${names.cluster} does not exist yet`)];
        }
        const isPrivate = cluster.apiServerAccessProfile?.enablePrivateCluster === true;
        const host = (isPrivate ? cluster.privateFqdn : undefined) ?? cluster.fqdn ?? cluster.privateFqdn;
        if (typeof host !== "string") {
            throw new AzureCliError(
                `Azure does not tell the name of the API server of ${names.cluster}`,
                "failed",
            );
        }
        try {
            await subject.connect(host, httpsPort);
            return [ok(host)];
        } catch (error) {
            const code = (error as NodeJS.ErrnoException).code ?? "no answer";
            return [
                problem(
                    `${host} cannot be reached from here (${code})`,
                    isPrivate
                        ? "run from inside the network: docs/operations.md, A private API server"
                        : "add this machine's address to cluster.apiServer.authorizedIpRanges: curl -s https://ifconfig.me",
                ),
            ];
        }
    },
});

/** Checks of the way to the cluster. */
export const apiServerChecks: readonly Check[] = [apiServerCheck];
