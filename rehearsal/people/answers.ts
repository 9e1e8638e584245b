import type { ApiAnswer } from "../../simulator/cluster/kubernetesApi";

/** How an API server is asked on behalf of somebody. */
export interface Asked {
    ask(method: string, path: string, object?: object): Promise<ApiAnswer>;
}

/** A question to the API server, and the answer that the landing zone promises. */
export interface Question {
    /** In words, such as `create a pod in shop-dev`. */
    what: string;
    method: string;
    path: string;
    object?: object;
    expected: Expected;
}

/** Answers that can be promised. */
export type Expected = keyof typeof refusals | "allowed";

/**
 * How the API server says why it refuses; each is a 403. Authorizer and admission have nothing else by which they can be
 * told apart (k8s.io/apiserver/pkg/endpoints/handlers/responsewriters; plugin/pkg/admission/resourcequota and
 * k8s.io/pod-security-admission).
 */
const refusals = {
    /** By the authorizer. */
    forbidden: / cannot \w+ resource /,
    /** By a ResourceQuota. */
    overQuota: /exceeded quota: /,
    /** By the namespace's pod security level. */
    insecure: /violates PodSecurity /,
} as const;

/** What is wrong with the answers, a line each. */
export async function answerProblems(api: Asked, questions: readonly Question[]): Promise<string[]> {
    const problems: string[] = [];
    for (const question of questions) {
        const { method, path, object } = question;
        const problem = answerProblem(question, await api.ask(method, path, object));
        if (problem !== undefined) {
            problems.push(problem);
        }
    }
    return problems;
}

/** What is wrong with an answer; undefined where it is the promised one. */
export function answerProblem(
    { what, expected }: Pick<Question, "what" | "expected">,
    answer: ApiAnswer,
): string | undefined {
    const { status } = answer;
    const said = messageOf(answer);
    if (expected === "allowed") {
        return status < 300 ? undefined : `${what}: refused with ${status} ${said}`;
    }
    if (status < 300) {
        return `${what}: allowed`;
    }
    return status === 403 && refusals[expected].test(said)
        ? undefined
        : `${what}: answered with ${status} for another reason: ${said}`;
}

/** What the API server says about itself not doing something. */
export function messageOf({ body }: ApiAnswer): string {
    const message = (body as { message?: unknown } | undefined)?.message;
    return typeof message === "string" ? message : JSON.stringify(body);
}
