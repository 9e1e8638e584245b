import type { Capture } from "../simulator/capture";
import type { Finding, JudgedStack, UnsetValue } from "../policy/rule";
import { StackView } from "../stack/stackView";

/** A stack whose program ran in both phases: what checks, cost and output work on. Its resources are those of the update. */
export class PlannedStack extends StackView implements JudgedStack {
    readonly phases: { preview: string[]; update: string[] };
    readonly secretTexts: readonly string[];
    readonly unset: readonly UnsetValue[];
    readonly peerRanges: readonly string[];
    readonly withheld = 0;

    constructor(
        preview: Capture,
        update: Capture,
        facts: {
            secretTexts: readonly string[];
            unset: readonly UnsetValue[];
            peerRanges: readonly string[];
        },
    ) {
        super(update.resources);
        this.phases = {
            preview: preview.resources.map(({ urn }) => urn),
            update: update.resources.map(({ urn }) => urn),
        };
        this.secretTexts = facts.secretTexts;
        this.unset = facts.unset;
        this.peerRanges = facts.peerRanges;
    }

    /** After an update every value is known. */
    certain(judge: () => Finding[]): Finding[] {
        return judge();
    }
}
