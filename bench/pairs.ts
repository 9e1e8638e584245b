import { usageOf } from "./child";
import type { Subject, Usage } from "./child";
import type { Setting } from "./measurement";

/**
 * Runs the subjects in turn, again and again: what the machine does beside it meets all of them alike. The first round
 * fills caches and does not count. Returns what the first process of each subject used, a list for each subject.
 */
export async function inTurn(subjects: readonly Subject[], setting: Setting): Promise<Usage[][]> {
    const usages: Usage[][] = subjects.map(() => []);
    for (let round = 0; round <= setting.pairs; round += 1) {
        for (const [index, subject] of subjects.entries()) {
            setting.onProgress(
                `${subject.name}, ${round === 0 ? "warming up" : `${round} of ${setting.pairs}`}`,
            );
            const [usage] = await usageOf(subject, setting);
            if (round > 0 && usage) {
                usages[index]?.push(usage);
            }
        }
    }
    return usages;
}
