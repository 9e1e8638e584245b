import type { ExistingResource } from "../../azure/subscription";
import type { TokenIssuer } from "../../entra/tokenIssuer";
import type { RequestLog } from "../requestLog";
import type { AccessReviewSpec } from "./dataAction";
import { accessReviewAnswer, tokenReviewAnswer } from "./reviews";
import type { SubjectAccessReview, TokenReview } from "./reviews";

/** What a guard decides by. */
export interface GuardOptions {
    tokens: TokenIssuer;
    /** What exists in the simulated Azure now. */
    resources: () => readonly ExistingResource[];
    /** Simulated seconds, as `createdAt` has them. */
    now: () => number;
    requests: RequestLog;
}

/** Who may do what in the clusters of a subscription: the other end of their API servers' webhooks. */
export class Guard {
    readonly #options: GuardOptions;

    constructor(options: GuardOptions) {
        this.#options = options;
    }

    authenticate(review: TokenReview): object {
        return tokenReviewAnswer(review, (token) => this.#options.tokens.holder(token));
    }

    /** Also records what was asked for, by people and not by the cluster's own components. */
    authorize(clusterId: string, review: SubjectAccessReview): object {
        const { resources, now, requests } = this.#options;
        const request = describe(review.spec);
        const answer = accessReviewAnswer(review, clusterId, resources(), now());
        if (review.spec.extra?.["oid"] && request !== undefined) {
            // The cluster's own roles were asked before: whom Azure does not let in is not let in at all.
            requests.add(clusterId, request, answer.status.allowed ? "allowed" : "refused");
        }
        return answer;
    }
}

/** What is asked of objects; nothing where it is about a path, by which clients get to know a cluster. */
function describe({ resourceAttributes }: AccessReviewSpec): string | undefined {
    if (!resourceAttributes) {
        return undefined;
    }
    const { verb = "", group, resource = "", subresource, name, namespace } = resourceAttributes;
    const kind = [group, resource, subresource].filter(Boolean).join("/");
    const place = namespace === undefined ? "" : ` in ${namespace}`;
    return `${verb} ${kind}${name === undefined ? "" : ` ${name}`}${place}`;
}
