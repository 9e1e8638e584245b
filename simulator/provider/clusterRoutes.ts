import { z } from "zod";
import type { RunningClusters } from "../cluster/clusterHost";
import type { RequestLog } from "../cluster/requestLog";
import type { SignInAnswer } from "../entra/tokenIssuer";
import { SimulatorError } from "../simulatorError";
import { ControlError, bodyAs } from "./controlServer";
import type { Routes } from "./controlServer";

const personSchema = z.strictObject({ person: z.string() });

/** Whoever signs people in. */
export interface SignIn {
    /** Throws a `SimulatorError` where nobody of this name may sign in. */
    issue(person: string): SignInAnswer;
}

/** What others may ask about clusters and the people who use them. */
export function clusterRoutes(clusters: RunningClusters, tokens: SignIn, requests: RequestLog): Routes {
    return {
        "GET /clusters": () => clusters.running(),
        "GET /cluster-requests": () => requests.all(),
        "POST /tokens": (body) => {
            const { person } = bodyAs(personSchema, body);
            try {
                return tokens.issue(person);
            } catch (error) {
                throw error instanceof SimulatorError ? new ControlError(404, error.message) : error;
            }
        },
    };
}
