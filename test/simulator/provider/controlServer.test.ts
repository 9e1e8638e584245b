import * as assert from "node:assert/strict";
import { SimulatorControl } from "../../../rehearsal/simulatorControl";
import { subscriptionRoutes } from "../../../simulator/provider/controlRoutes";
import { startControlServer } from "../../../simulator/provider/controlServer";
import type { ListeningServer } from "../../../simulator/provider/controlServer";
import { testEnvironment } from "../../support/harness";
import { TestAzure } from "../../support/simulatedAzure";

const groupUrn = "urn:pulumi:dev::p::azure-native:resources:ResourceGroup::rg";
const group = { resourceGroupName: "rg-test", location: "westeurope", tags: { team: "a" } };
const groupId = `/subscriptions/${testEnvironment.subscriptionId}/resourceGroups/rg-test`;

describe("simulator/provider/controlServer", () => {
    let azure: TestAzure;
    let server: ListeningServer;
    let control: SimulatorControl;
    let errors: unknown[];

    beforeEach(async () => {
        azure = new TestAzure();
        errors = [];
        server = await startControlServer({
            token: "s3cret",
            port: 0,
            onError: (error) => errors.push(error),
            routes: {
                ...subscriptionRoutes(azure.provider, azure.operations, azure.faults),
                "POST /broken": () => {
                    throw new Error("broken");
                },
            },
        });
        control = new SimulatorControl(server.port, "s3cret");
    });

    afterEach(async () => {
        await server.close();
        azure.remove();
    });

    const ask = async (method: string, path: string, body?: string, token = "s3cret") => {
        const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
            method,
            headers: { Authorization: `Bearer ${token}` },
            body,
        });
        return { status: response.status, body: (await response.json()) as { error?: string } };
    };

    it("answers nobody without the token, on any route", async () => {
        for (const path of ["/operations", "/nothing"]) {
            for (const token of ["", "s3cre", "s3cret2"]) {
                assert.equal((await ask("GET", path, undefined, token)).status, 401, `${path} ${token}`);
            }
        }
    });

    it("says which routes there are where one is unknown", async () => {
        assert.deepEqual(await ask("DELETE", "/operations"), {
            status: 404,
            body: {
                error:
                    "there is no DELETE /operations; there are GET /operations, POST /broken, POST /drift, " +
                    "PUT /faults, PUT /limits",
            },
        });
    });

    it("says what is wrong with a body, and changes nothing", async () => {
        assert.deepEqual(await ask("PUT", "/faults", "["), {
            status: 400,
            body: { error: "the body is not JSON: Unexpected end of JSON input" },
        });
        const bad = JSON.stringify([{ operation: "create", times: 0, effect: "explode" }]);
        const answer = await ask("PUT", "/faults", bad);
        assert.equal(answer.status, 400);
        assert.match(answer.body.error ?? "", /^the body is not as it should be: 0\.times: .*; 0\.effect: /);
        await azure.provider.create(groupUrn, group);
    });

    it("passes a fault of its own on as such", async () => {
        assert.deepEqual(await ask("POST", "/broken"), { status: 500, body: { error: "broken" } });
        assert.deepEqual(errors, [new Error("broken")]);
    });

    it("makes operations fail, and tells of all of them", async () => {
        await control.setFaults([{ operation: "create", times: 1, effect: "refuse", code: "Conflict" }]);
        await assert.rejects(azure.provider.create(groupUrn, group), /Code="Conflict"/);
        await azure.provider.create(groupUrn, group);
        const operations = await control.operations();
        assert.deepEqual(
            operations.map(({ number, kind, id, outcome, code, fault }) => [
                number,
                kind,
                id,
                outcome,
                code,
                fault,
            ]),
            [
                [1, "create", groupId, "failed", "Conflict", "refuse"],
                [2, "create", groupId, "succeeded", undefined, undefined],
            ],
        );
        await control.setFaults([]);
    });

    it("limits the subscription", async () => {
        await control.setLimits({ vcpuQuota: { cores: 4 }, zonesOfVmSize: { Standard_D2s_v5: ["1"] } });
        assert.deepEqual(azure.operations.limits, {
            vcpuQuota: { cores: 4 },
            zonesOfVmSize: { Standard_D2s_v5: ["1"] },
        });
        await assert.rejects(
            control.setLimits({ quota: 1 } as object),
            /refuses PUT \/limits: the body is not as/,
        );
    });

    it("changes a property behind the back, where it is read and where it is compared", async () => {
        const { state } = await azure.provider.create(groupUrn, group);
        await control.drift({ id: groupId.toUpperCase(), path: ["tags", "team"], value: "b" });
        const read = await azure.provider.read(groupId, groupUrn);
        assert.deepEqual(read?.inputs, { ...group, tags: { team: "b" } });
        assert.deepEqual(read?.state["tags"], { team: "b" });
        assert.deepEqual(azure.provider.diff(groupUrn, read?.state ?? {}, group).detailed, {
            "tags.team": "update",
        });
        assert.deepEqual(state["tags"], { team: "a" }, "what was answered before stays what it was");
    });

    it("refuses a drift of what does not exist, and one along a path that does not", async () => {
        await assert.rejects(
            control.drift({ id: groupId, path: ["tags"], value: {} }),
            /POST \/drift: Code="ResourceNotFound"/,
        );
        assert.equal((await ask("POST", "/drift", `{"id":"${groupId}","path":["a"],"value":1}`)).status, 404);
        await azure.provider.create(groupUrn, group);
        await assert.rejects(
            control.drift({ id: groupId, path: ["location", "x"], value: 1 }),
            /there is no object where the path has the property "x"/,
        );
    });
});
