import { duplicates } from "../../components/internal/duplicates";
import { problemsBetween } from "../../config/checkRules";
import type { CheckedSettings } from "../../config/checkRules";
import type { Problem } from "../../config/errors";
import { stateNetworkProblems } from "../internal/stateNetwork";
import type { BootstrapSettings } from "./schema";

function checkStateNetwork({ stateNetwork }: BootstrapSettings): Problem[] {
    return stateNetworkProblems(stateNetwork).map(({ argument, sentence }) => ({
        path: ["stateNetwork", argument],
        text: sentence,
    }));
}

function checkStacks({ stacks, github }: BootstrapSettings): Problem[] {
    const names = Object.keys(stacks);
    if (names.length === 0) {
        return [
            {
                path: ["stacks"],
                text: "found no stack, allowed is at least one. Name the stack of the landing zone, such as dev.",
            },
        ];
    }
    return names
        .filter((name) => github === undefined && stacks[name]?.azureDevOps === undefined)
        .map((name) => ({
            path: ["stacks", name],
            text: "nothing could sign in as its identities. Add `github` to the stack file, or `azureDevOps` here.",
        }));
}

/** One subject is one right: who may preview must not deploy or read a cluster by the same token, nor one stack deploy another. */
function checkSubjects({ stacks }: BootstrapSettings): Problem[] {
    const environments = Object.entries(stacks).map(
        ([name, { githubEnvironment }]) => githubEnvironment ?? name,
    );
    const subjects = Object.values(stacks).flatMap(({ azureDevOps }) =>
        azureDevOps ? Object.values(azureDevOps) : [],
    );
    return [
        ...duplicates(environments).map((environment) => ({
            path: ["stacks"],
            text: `two stacks have the GitHub environment "${environment}": its jobs could deploy both. Give each stack its own.`,
        })),
        ...duplicates(subjects).map((subject) => ({
            path: ["stacks"],
            text: `the subject "${subject}" stands there twice: one service connection would have two identities. Use one for each purpose.`,
        })),
    ];
}

/** Problems between the settings of a bootstrap stack. */
export function checkBootstrap(settings: CheckedSettings<BootstrapSettings>): Problem[] {
    return problemsBetween([checkStateNetwork, checkStacks, checkSubjects], settings);
}
