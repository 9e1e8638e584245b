import { readFileSync } from "node:fs";
import { replacingInputs } from "../azure/changes";
import { refusal } from "../azure/rules";
import { BorrowedCluster } from "../cluster/borrowed/borrowedCluster";
import type { ClusterHost, RunningClusters } from "../cluster/clusterHost";
import { Guard } from "../cluster/guard/guard";
import type { GuardOptions } from "../cluster/guard/guard";
import { serveGuard } from "../cluster/guard/webhookServer";
import { readKubeconfig } from "../cluster/kubeconfig";
import { LiveClusters } from "../cluster/liveClusters";
import { RequestLog } from "../cluster/requestLog";
import { TokenIssuer } from "../entra/tokenIssuer";
import { ScaledClock, realTime } from "./clock";
import { clusterRoutes } from "./clusterRoutes";
import type { SignIn } from "./clusterRoutes";
import { subscriptionRoutes } from "./controlRoutes";
import { startControlServer } from "./controlServer";
import { EntityStore } from "./entityStore";
import { Faults } from "./faults";
import { OperationLog } from "./operationLog";
import { Operations } from "./operations";
import { serveProvider } from "./server";
import type { ListeningPorts, ProviderSettings } from "./settings";
import { SimulatedProvider } from "./simulatedProvider";
import { existingResources } from "./subscriptionView";

/*
 * The simulator's process: prints the ports that it listens on, serves azure-native and azuread, and ends with whoever
 * started it, by whatever means that one ends: the pipe to its standard input is closed then.
 */
async function main(settings: ProviderSettings): Promise<void> {
    const { environment, canary, limits, timeScale } = settings;
    const store = new EntityStore(settings.stateFile, realTime());
    const clock = new ScaledClock(store.clockOrigin, timeScale);
    const faults = new Faults();
    const log = new OperationLog(settings.operationsFile);
    const operations = new Operations({ store, environment, clock, faults, log, refusal, limits });
    const requests = new RequestLog();
    const { clusters, signIn } = await clusterHost(settings, requests, {
        resources: () => existingResources(store),
        now: () => clock.now(),
    });
    const provider = new SimulatedProvider({
        store,
        operations,
        clock,
        clusters,
        environment,
        canary,
        replacingInputs,
    });
    process.stdin.on("end", () => void clusters.stop().finally(() => process.exit(0))).resume();

    await provider.start();
    const served = await serveProvider(provider, settings.port);
    const control = await startControlServer({
        token: settings.controlToken,
        port: settings.controlPort,
        routes: {
            ...subscriptionRoutes(provider, operations, faults),
            ...clusterRoutes(clusters, signIn, requests),
        },
        onError: (error) => console.error(error),
    });
    const ports: ListeningPorts = { port: served.port, controlPort: control.port };
    console.log(JSON.stringify(ports));
}

/** Control planes of this process's own with Entra ID before them, or a cluster that the user lends. */
async function clusterHost(
    { clusters: settings, tokensFile, people, timeScale }: ProviderSettings,
    requests: RequestLog,
    subscription: Pick<GuardOptions, "resources" | "now">,
): Promise<{ clusters: ClusterHost & RunningClusters; signIn: SignIn }> {
    if ("kubeconfig" in settings) {
        const { kubeconfig, context, borrower } = settings;
        const borrowed = new BorrowedCluster(readKubeconfig(kubeconfig, context), borrower);
        return { clusters: borrowed, signIn: borrowed };
    }
    const tokens = new TokenIssuer(tokensFile, people);
    const { webhooks } = await serveGuard(new Guard({ tokens, requests, ...subscription }));
    return {
        clusters: new LiveClusters({ ...settings, timeScale, webhooks, requests }),
        signIn: tokens,
    };
}

const [, , settingsFile = ""] = process.argv;
main(JSON.parse(readFileSync(settingsFile, "utf8")) as ProviderSettings).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
});
