import { createServer } from "node:net";
import { listenHere } from "../localServer";

/** Ports of the loopback interface that are free, each another one. */
export async function freePorts(count: number): Promise<number[]> {
    const servers = Array.from({ length: count }, () => createServer());
    const ports = await Promise.all(servers.map((server) => listenHere(server, 0)));
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    return ports;
}
