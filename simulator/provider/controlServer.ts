import { createHash, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { bodyOf, closeAtOnce, listenHere } from "../localServer";

/** Answers one request: takes the body's JSON (undefined where there is none) and returns the JSON of the answer. */
export type Handler = (body: unknown) => unknown;

/** Handlers by method and path. */
export type Routes = Readonly<Record<`${"GET" | "PUT" | "POST" | "DELETE"} /${string}`, Handler>>;

/** An error that is the asker's to mend. */
export class ControlError extends Error {
    constructor(
        /** Of HTTP. */
        readonly status: number,
        message: string,
    ) {
        super(message);
        this.name = "ControlError";
    }
}

/** A server that listens on 127.0.0.1. */
export interface ListeningServer {
    port: number;
    close(): Promise<void>;
}

/** A body as `schema` describes it; anything else is the asker's error, said in one sentence. */
export function bodyAs<Body>(schema: z.ZodType<Body>, body: unknown): Body {
    const result = schema.safeParse(body);
    if (!result.success) {
        const problems = result.error.issues.map(
            ({ path, message }) => `${path.length === 0 ? "the body" : path.join(".")}: ${message}`,
        );
        throw new ControlError(400, `the body is not as it should be: ${problems.join("; ")}`);
    }
    return result.data;
}

/** Starts the server by which others steer the simulator. Every request must bring the token. */
export async function startControlServer(options: {
    token: string;
    routes: Routes;
    /** A free one where it is 0. */
    port: number;
    /** Takes the errors of handlers that are nobody's fault but theirs. */
    onError: (error: unknown) => void;
}): Promise<ListeningServer> {
    const { token, routes, port, onError } = options;
    const server = createServer((request, response) => {
        void answer(request, token, routes)
            .catch((error: unknown) => asAnswer(error, onError))
            .then((result) => send(response, result));
    });
    return { port: await listenHere(server, port), close: () => closeAtOnce(server) };
}

interface Answer {
    status: number;
    body: unknown;
}

async function answer(request: IncomingMessage, token: string, routes: Routes): Promise<Answer> {
    if (!isSame(request.headers.authorization ?? "", `Bearer ${token}`)) {
        throw new ControlError(401, "the request needs the control token: `Authorization: Bearer <token>`");
    }
    const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
    const route = `${request.method ?? "GET"} ${pathname}`;
    const handler = (routes as Readonly<Record<string, Handler | undefined>>)[route];
    if (!handler) {
        const known = Object.keys(routes).sort().join(", ");
        throw new ControlError(404, `there is no ${route}; there are ${known}`);
    }
    return { status: 200, body: (await handler(await jsonOf(request))) ?? null };
}

function asAnswer(error: unknown, onError: (error: unknown) => void): Answer {
    if (error instanceof ControlError) {
        return { status: error.status, body: { error: error.message } };
    }
    onError(error);
    return { status: 500, body: { error: error instanceof Error ? error.message : String(error) } };
}

function send(response: ServerResponse, { status, body }: Answer): void {
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}

async function jsonOf(request: IncomingMessage): Promise<unknown> {
    const text = await bodyOf(request);
    try {
        return text === "" ? undefined : JSON.parse(text);
    } catch (error) {
        throw new ControlError(400, `the body is not JSON: ${(error as Error).message}`);
    }
}

/** Compares hashes: they have one length, and the time that it takes says nothing about the texts. */
function isSame(one: string, other: string): boolean {
    const hash = (text: string) => createHash("sha256").update(text).digest();
    return timingSafeEqual(hash(one), hash(other));
}
