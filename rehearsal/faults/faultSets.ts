import type { Fault } from "../../simulator/provider/faults";
import type { Check } from "../report";

/** What `--faults` takes. */
export const faultSetNames = ["quick", "all"] as const;

/** Name of a set of faults. */
export type FaultSetName = (typeof faultSetNames)[number];

/** What a set consists of. */
export interface FaultSet {
    effects: readonly Fault["effect"][];
    /** Creations fail on so many levels of the graph, those with the most resources: every level costs one more `up`. */
    levels: number;
    /** How often `up` is killed. */
    kills: number;
    /** Whether it is killed in the middle of a Helm installation too. */
    helm: boolean;
}

/** The sets: a few of each kind for every day, and everything. */
export const faultSets: Readonly<Record<FaultSetName, FaultSet>> = {
    // 126 of 192 resources in dev, with three failing `up`s; no Helm release is among them.
    quick: { effects: ["refuse"], levels: 3, kills: 2, helm: false },
    all: {
        effects: ["refuse", "timeOut", "throttle", "loseAnswer"],
        levels: Infinity,
        kills: 10,
        helm: true,
    },
};

type CheckTitle = Pick<Check, "id" | "title">;

/** The check of each effect on creations. */
export const effectChecks: Readonly<Record<Fault["effect"], CheckTitle>> = {
    refuse: { id: "fault-refuse", title: "Creations refused once each: up again comes to the same end" },
    timeOut: { id: "fault-time-out", title: "Creations timed out once each: up again comes to the same end" },
    throttle: { id: "fault-throttle", title: "Creations throttled once each: up comes to the same end" },
    loseAnswer: {
        id: "fault-lost-answer",
        title: "Answers to creations lost once each: up again comes to the same end",
    },
};

/** The checks of a life in which the engine is killed again and again, in order. */
export function killChecks({ kills }: FaultSet): CheckTitle[] {
    return [
        ...Array.from({ length: kills }, (_, index) => ({
            id: killId(index),
            title: `The engine killed in an up (${index + 1} of ${kills}) and recovered: nothing is orphaned`,
        })),
        {
            id: "kill-converges",
            title: "Killed and recovered again and again, up comes to the same end",
        },
        { id: "kill-destroy", title: "Destroy, killed and run again, leaves nothing behind" },
    ];
}

/** The check of a life in which it is killed while Helm installs. */
export const helmKillCheck: CheckTitle = {
    id: "kill-helm",
    title: "The engine killed while Helm installs and recovered: up comes to the same end",
};

/** Id of the check of the n-th kill of an `up`, from 0. */
export function killId(index: number): string {
    return `kill-${index + 1}`;
}

/** All checks of a set, in order. */
export function faultChecks(set: FaultSet): CheckTitle[] {
    return [
        ...set.effects.map((effect) => effectChecks[effect]),
        ...killChecks(set),
        ...(set.helm ? [helmKillCheck] : []),
    ];
}
