import type { CommandContext } from "../context";
import { textOptions } from "../textOptions";
import { LiveProgress } from "./liveProgress";
import type { LiveProgressOptions, Progress } from "./liveProgress";

/** Shows on standard error, which must be a terminal, what `action` does; the display is gone afterwards. */
export async function withLiveProgress<Result>(
    { stderr, environment }: Pick<CommandContext, "stderr" | "environment">,
    typicalSeconds: LiveProgressOptions["typicalSeconds"],
    action: (progress: Progress) => Promise<Result>,
): Promise<Result> {
    const { colors } = textOptions(stderr, environment);
    const progress = new LiveProgress({ stream: stderr, colors, typicalSeconds });
    try {
        return await action(progress);
    } finally {
        progress.close();
    }
}
