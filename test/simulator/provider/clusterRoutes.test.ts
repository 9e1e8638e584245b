import * as assert from "node:assert/strict";
import { join } from "node:path";
import { RequestLog } from "../../../simulator/cluster/requestLog";
import { TokenIssuer } from "../../../simulator/entra/tokenIssuer";
import { clusterRoutes } from "../../../simulator/provider/clusterRoutes";
import type { Routes } from "../../../simulator/provider/controlServer";
import { folderPerTest } from "../../support/temporaryFolder";

describe("simulator/provider/clusterRoutes", () => {
    let tokens: TokenIssuer;
    let routes: Routes;
    const requests = new RequestLog();
    const cluster = {
        id: "/c",
        server: "https://127.0.0.1:1",
        certificateAuthority: "PEM",
        administrator: { token: "t" },
    };

    folderPerTest((folder) => {
        tokens = new TokenIssuer(join(folder, "tokens.json"), [
            { name: "reader", objectId: "1", groups: [] },
        ]);
        routes = clusterRoutes({ running: () => [cluster] }, tokens, requests);
    });

    it("name the clusters that run, and what they were asked for", () => {
        requests.add("/c", "get pods in shop", "allowed");
        assert.deepEqual(routes["GET /clusters"]?.(undefined), [cluster]);
        const [request] = routes["GET /cluster-requests"]?.(undefined) as { request: string }[];
        assert.equal(request?.request, "get pods in shop");
    });

    it("give people tokens", () => {
        const { token } = routes["POST /tokens"]?.({ person: "reader" }) as { token: string };
        assert.equal(tokens.holder(token)?.objectId, "1");
    });

    it("refuse people whom nobody knows, and bodies of another shape", () => {
        const ask = (body: unknown) => () => routes["POST /tokens"]?.(body);
        assert.throws(ask({ person: "mallory" }), { status: 404, message: /no person "mallory".*reader/ });
        assert.throws(ask({ who: "reader" }), { status: 400 });
    });
});
