import { join } from "node:path";
import { SimulatorProcess } from "../../rehearsal/simulatorProcess";
import type { SimulatedEnvironment } from "../../simulator";
import { projectFolder } from "./stacks";

/** How many times faster than Azure the simulators of tests are. */
export const timeScale = 100;

// No cluster is made, so none of these is started.
const programs = {
    etcd: "",
    "kube-apiserver": "",
    "kube-controller-manager": "",
    "kube-scheduler": "",
    kwok: "",
};

/** Starts a simulated Azure without clusters and people, in a process of its own that keeps its state in the folder. */
export function startSimulator(folder: string, environment: SimulatedEnvironment): Promise<SimulatorProcess> {
    return SimulatorProcess.start(projectFolder, folder, {
        environment,
        timeScale,
        people: [],
        clusters: { programs, kwokStages: "", directory: join(folder, "clusters") },
        canary: "canary",
        limits: {},
    });
}
