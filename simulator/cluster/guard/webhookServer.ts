import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import { bodyOf, closeAtOnce, listenHere } from "../../localServer";
import type { Webhooks } from "../controlPlane";
import type { Guard } from "./guard";
import type { SubjectAccessReview, TokenReview } from "./reviews";

/** The guard as API servers ask it. */
export interface WebhookServer {
    /** Where the API server of this cluster asks. */
    webhooks: (clusterId: string) => Webhooks;
    close(): Promise<void>;
}

/**
 * Serves a guard on a free port of 127.0.0.1. A secret in the path keeps others out: over plain HTTP, API servers send
 * their webhooks no credential of a kubeconfig.
 */
export async function serveGuard(guard: Guard): Promise<WebhookServer> {
    const secret = randomBytes(24).toString("hex");
    const prefix = `/${secret}`;
    const server = createServer((request, response) => {
        answer(guard, prefix, request).then(
            (body) => response.writeHead(body ? 200 : 404).end(JSON.stringify(body ?? {})),
            (error: unknown) => {
                console.error(error);
                response.writeHead(500).end();
            },
        );
    });
    const base = `http://127.0.0.1:${await listenHere(server, 0)}${prefix}`;
    return {
        webhooks: (clusterId) => ({
            authentication: `${base}/authenticate`,
            authorization: `${base}/authorize${clusterId}`,
        }),
        close: () => closeAtOnce(server),
    };
}

async function answer(guard: Guard, prefix: string, request: IncomingMessage): Promise<object | undefined> {
    const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
    const path = pathname.replace(/\/+$/, "");
    if (path === `${prefix}/authenticate`) {
        return guard.authenticate((await jsonOf(request)) as TokenReview);
    }
    const authorize = `${prefix}/authorize`;
    if (path.startsWith(`${authorize}/`)) {
        return guard.authorize(path.slice(authorize.length), (await jsonOf(request)) as SubjectAccessReview);
    }
    return undefined;
}

async function jsonOf(request: IncomingMessage): Promise<unknown> {
    return JSON.parse(await bodyOf(request));
}
