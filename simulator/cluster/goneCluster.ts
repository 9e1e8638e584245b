import { createServer } from "node:https";
import type { Server } from "node:https";
import { closeAtOnce, listenHere } from "../localServer";

/** What a provider asks any API server for, to know it: versions and kinds, never an object. */
const discovery = /^\/(version|healthz|livez|readyz|openapi|api|apis)(\/|$)/;
const object = /^\/(api\/v1|apis\/[^/]+\/[^/]+)\/./;

/** True of everything but discovery: `GET /apis` is no request for an object, `GET /api/v1/namespaces/x` is. */
export function isForObject(request: string): boolean {
    const [method, path = ""] = request.split(" ");
    return method !== "GET" || !discovery.test(path) || object.test(path);
}

/** Listens where an API server was, has nothing to say to anybody, and reports what it was asked for. */
export class GoneCluster {
    readonly #server: Server;

    /** With the key and certificate of the server that was there, or nobody would talk to it. */
    constructor(key: string, certificate: string, onRequest: (request: string) => void) {
        this.#server = createServer({ key, cert: certificate }, ({ method = "", url = "" }, response) => {
            onRequest(`${method} ${url.split("?")[0] ?? url}`);
            response.writeHead(503, { Connection: "close" }).end();
        }).unref();
    }

    async listen(port: number): Promise<void> {
        await listenHere(this.#server, port);
    }

    close(): Promise<void> {
        return closeAtOnce(this.#server);
    }
}
