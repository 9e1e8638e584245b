import type { KubernetesApi } from "../../simulator/cluster/kubernetesApi";
import { waitUntil } from "../../simulator/cluster/waiting";
import type { Watcher } from "../../engine/events";
import type { Stage } from "../stage";
import { runCli } from "./cliRun";
import type { CliResult, CommandLine, KillWhen } from "./cliRun";
import { differencesFromAzure } from "./convergence";
import { differencesFromCluster } from "./orphans";
import { recover } from "./recovery";
import type { RecordedResource, Recovery } from "./recovery";
import { whereaboutsIn } from "./whereabouts";

/** What Azure has begun it ends, at the pace of the rehearsal; longer than its longest operation. */
const secondsToSettle = 120;

/** A stage on which the CLI is killed and things go wrong. */
export class FaultStage {
    readonly #stage: Stage;
    readonly #commandLine: CommandLine;

    constructor(stage: Stage, { signal, progress }: { signal?: AbortSignal; progress?: Watcher } = {}) {
        this.#stage = stage;
        this.#commandLine = {
            ...stage.engine.commandLine,
            log: (text) => stage.workspace.log(text),
            ...(progress ? { watcher: progress } : {}),
            ...(signal ? { signal } : {}),
        };
    }

    get simulator(): Stage["simulator"] {
        return this.#stage.simulator;
    }

    get isProtected(): boolean {
        return this.#stage.settings.checked.protection.protect;
    }

    /** The API of the cluster, while there is one. */
    async cluster(): Promise<KubernetesApi | undefined> {
        const clusters = await this.simulator.control.clusters();
        return clusters.length === 0 ? undefined : this.#stage.adminApi();
    }

    resources(): RecordedResource[] {
        return this.#stage.engine.resources();
    }

    up(...further: string[]): Promise<CliResult> {
        return this.run(["up", "--yes", "--skip-preview", ...further]);
    }

    run(args: readonly string[], killWhen?: KillWhen): Promise<CliResult> {
        return runCli(this.#commandLine, args, killWhen);
    }

    recover(): Promise<Recovery> {
        const { settings, simulator } = this.#stage;
        return recover(
            this.#commandLine,
            whereaboutsIn({
                entities: () => simulator.entities(),
                environment: {
                    subscriptionId: settings.checked.subscriptionId,
                    tenantId: settings.checked.tenantId,
                    deployerObjectId: settings.checked.access.deployer.objectId,
                },
                api: () => this.cluster(),
                settled: () => this.#settled(),
            }),
        );
    }

    /** Where Azure, the cluster and the state do not agree; empty where nothing is orphaned and nothing is missing. */
    async disagreements(): Promise<string[]> {
        const resources = this.resources();
        const api = await this.cluster();
        return [
            ...differencesFromAzure(this.simulator.entities(), resources),
            ...(api ? await differencesFromCluster(resources, api) : []),
        ];
    }

    async #settled(): Promise<void> {
        await waitUntil("the end of all that Azure had begun", secondsToSettle, async () => {
            const operations = await this.simulator.control.operations();
            return operations.every(({ outcome }) => outcome !== "running");
        });
    }
}
