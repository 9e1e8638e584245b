import { PlannedStack } from "../../plan/plannedStack";
import { capture } from "../../simulator/capture";
import type { Phase } from "../../simulator/capture";
import type { Phases } from "../support/editing";
import { sampleConfig, sampleProgram } from "./sampleProgram";

/** A captured stack that a test may change before it is looked at. */
export interface EditableStack extends Phases {
    secretTexts: string[];
    unset: { path: string; placeholder: string; standIn: string; find: string }[];
    peerRanges: string[];
}

let captured: Promise<Phases> | undefined;

async function captureBoth(): Promise<Phases> {
    const run = (phase: Phase) =>
        capture(sampleProgram, {
            project: "aks-landing-zone",
            stack: "sample",
            phase,
            environment: {
                subscriptionId: sampleConfig.subscriptionId,
                tenantId: sampleConfig.tenantId,
                deployerObjectId: sampleConfig.access?.deployer.objectId ?? "",
            },
        });
    return { preview: await run("preview"), update: await run("update") };
}

/** The sample program's stack, captured once, after `change` to a copy of it. */
export async function sampleStack(
    change: (stack: EditableStack) => void = () => undefined,
): Promise<PlannedStack> {
    captured ??= captureBoth();
    const stack: EditableStack = {
        ...structuredClone(await captured),
        secretTexts: ["secret://stand-in/example"],
        unset: [],
        peerRanges: ["10.0.0.0/16"],
    };
    change(stack);
    return new PlannedStack(stack.preview, stack.update, stack);
}
