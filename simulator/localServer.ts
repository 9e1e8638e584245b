import type { IncomingMessage, Server as HttpServer } from "node:http";
import type { AddressInfo, Server } from "node:net";

/** Has a server listen on 127.0.0.1, on a free port where that is 0. Returns the port. */
export async function listenHere(server: Server, port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
        server.once("error", reject).listen(port, "127.0.0.1", resolve);
    });
    return (server.address() as AddressInfo).port;
}

/** Ends a server, with the connections that clients keep open. */
export async function closeAtOnce(server: HttpServer): Promise<void> {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
}

/** What a request brings, as text. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
        chunks.push(chunk as Buffer);
    }
    return Buffer.concat(chunks).toString("utf8");
}
