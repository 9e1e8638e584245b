import { z } from "zod";
import { AzureError } from "../azure/azureError";
import type { SubscriptionLimits } from "../azure/subscription";
import { ControlError, bodyAs } from "./controlServer";
import type { Routes } from "./controlServer";
import { driftSchema } from "./drift";
import { faultSchema } from "./faults";
import type { Faults } from "./faults";
import type { Operations } from "./operations";
import type { SimulatedProvider } from "./simulatedProvider";

const limitsSchema: z.ZodType<SubscriptionLimits> = z.strictObject({
    vcpuQuota: z.record(z.string(), z.number().min(0)).optional(),
    zonesOfVmSize: z.record(z.string(), z.array(z.string())).optional(),
});

/** What others may ask of the simulated subscription, and do to it. */
export function subscriptionRoutes(
    provider: SimulatedProvider,
    operations: Operations,
    faults: Faults,
): Routes {
    return {
        "GET /operations": () => operations.all(),
        "PUT /faults": (body) => faults.replaceAll(bodyAs(z.array(faultSchema), body)),
        "PUT /limits": (body) => {
            operations.limits = bodyAs(limitsSchema, body);
        },
        "POST /drift": async (body) => {
            const drift = bodyAs(driftSchema, body);
            try {
                await provider.drift(drift);
            } catch (error) {
                const status = error instanceof AzureError ? 404 : 400;
                throw new ControlError(status, error instanceof Error ? error.message : String(error));
            }
        },
    };
}
