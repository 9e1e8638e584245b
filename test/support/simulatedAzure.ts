import { join } from "node:path";
import { refusal } from "../../simulator/azure/rules";
import type { ExistingResource } from "../../simulator/azure/subscription";
import type { ClusterEndpoint, ClusterHost } from "../../simulator/cluster/clusterHost";
import type { Clock } from "../../simulator/provider/clock";
import { EntityStore } from "../../simulator/provider/entityStore";
import { Faults } from "../../simulator/provider/faults";
import { OperationLog } from "../../simulator/provider/operationLog";
import { Operations } from "../../simulator/provider/operations";
import { SimulatedProvider } from "../../simulator/provider/simulatedProvider";
import { testEnvironment } from "./harness";
import { removeFolder, temporaryFolder } from "./temporaryFolder";

/** A clock whose time passes only when somebody waits, and then at once; held, when the test says so. */
export class TestClock implements Clock {
    isHeld = false;
    /** How long each wait was, in simulated seconds. */
    readonly waits: number[] = [];
    #now = 0;
    readonly #waiting: { until: number; resolve: () => void }[] = [];

    now(): number {
        return this.#now;
    }

    wait(seconds: number): Promise<void> {
        this.waits.push(seconds);
        if (!this.isHeld) {
            this.#now += seconds;
            return Promise.resolve();
        }
        return new Promise((resolve) => this.#waiting.push({ until: this.#now + seconds, resolve }));
    }

    /** Lets time pass for those that wait, and what follows from it happen. */
    async pass(seconds: number): Promise<void> {
        this.#now += seconds;
        for (const waiting of this.#waiting.filter(({ until }) => until <= this.#now)) {
            this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
            waiting.resolve();
        }
        await new Promise((resolve) => setImmediate(resolve));
    }
}

/** Clusters that are nothing but a record of what they were told. */
export class RecordedClusters implements ClusterHost {
    /** Ids of what existed, call by call. */
    readonly followed: string[][] = [];

    follow(resources: readonly ExistingResource[]): Promise<void> {
        this.followed.push(resources.map(({ id }) => id));
        return Promise.resolve();
    }

    endpoint(): ClusterEndpoint {
        return { server: "https://127.0.0.1:6443", certificateAuthority: "certificate authority" };
    }

    stop(): Promise<void> {
        return Promise.resolve();
    }
}

/** A simulated Azure in a folder of its own, whose time is the test's. */
export class TestAzure {
    readonly folder = temporaryFolder();
    readonly clock = new TestClock();
    readonly clusters = new RecordedClusters();
    readonly faults = new Faults();
    readonly store = new EntityStore(join(this.folder, "azure.json"), 0);
    readonly log = new OperationLog(join(this.folder, "operations.jsonl"));
    readonly operations: Operations;
    readonly provider: SimulatedProvider;

    constructor(replacingInputs?: (type: string) => readonly string[]) {
        const { store, clock, clusters, faults, log } = this;
        const environment = testEnvironment;
        this.operations = new Operations({ store, environment, clock, faults, log, refusal, limits: {} });
        this.provider = new SimulatedProvider({
            store,
            operations: this.operations,
            clock,
            clusters,
            environment,
            canary: "canary-token",
            replacingInputs,
        });
    }

    remove(): void {
        removeFolder(this.folder);
    }
}
