import type { Measurement, Setting } from "../measurement";
import { stacks } from "../stacks";
import { measureNodeHalf } from "./nodeHalf";
import { measureOperations } from "./operations";

/** Each stack's operations, then the node half of its `up`. */
export async function measureEngine(setting: Setting): Promise<Measurement[]> {
    const measurements: Measurement[] = [];
    for (const stack of stacks) {
        measurements.push(...(await measureOperations(stack, setting)));
        measurements.push(...(await measureNodeHalf(stack, setting)));
    }
    return measurements;
}
