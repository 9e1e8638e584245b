import type { SimulatedEnvironment } from "../resourceType";
import type { ClusterEndpoint } from "./credentials";

/** What the provider's process is told, in a JSON file that its one argument names. */
export interface ProviderSettings {
    /** Where it keeps what exists. */
    stateFile: string;
    environment: SimulatedEnvironment;
    cluster: ClusterEndpoint;
}
