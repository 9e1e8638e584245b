import type { Measurement, Setting } from "../measurement";
import { measureOperations } from "./operations";
import { stacks } from "./stage";

/** Each stack's operations. */
export async function measureEngine(setting: Setting): Promise<Measurement[]> {
    const measurements: Measurement[] = [];
    for (const stack of stacks) {
        measurements.push(...(await measureOperations(stack, setting)));
    }
    return measurements;
}
