import * as assert from "node:assert/strict";
import { credentials, status } from "@grpc/grpc-js";
import type { ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as provider_pb from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import type { ListeningServer } from "../../../simulator/provider/controlServer";
import { serveProvider } from "../../../simulator/provider/server";
import { testEnvironment } from "../../support/harness";
import { TestAzure } from "../../support/simulatedAzure";

type Values = Record<string, unknown>;
type Method =
    | "call"
    | "cancel"
    | "checkConfig"
    | "configure"
    | "construct"
    | "create"
    | "delete"
    | "diff"
    | "diffConfig"
    | "getPluginInfo"
    | "getSchema"
    | "read"
    | "update";
type RequestOf<Name extends Method> = Parameters<IResourceProviderServer[Name]>[0]["request"];
type ResponseOf<Name extends Method> = NonNullable<
    Parameters<Parameters<IResourceProviderServer[Name]>[1]>[1]
>;

const { DiffChanges } = provider_pb.DiffResponse;
const { Kind } = provider_pb.PropertyDiff;

const urn = (type: string) => `urn:pulumi:dev::p::${type}::x`;
const groupUrn = urn("azure-native:resources:ResourceGroup");
const group = { resourceGroupName: "rg-test", location: "westeurope", tags: { team: "a", cost: "1" } };
const groupId = `/subscriptions/${testEnvironment.subscriptionId}/resourceGroups/rg-test`;
const struct = (values: Values) => Struct.fromJavaScript(values as Record<string, JavaScriptValue>);

describe("simulator/provider/server", () => {
    let azure: TestAzure;
    let server: ListeningServer;
    let client: ResourceProviderClient;

    beforeEach(async () => {
        azure = new TestAzure((type) => (type.endsWith(":ResourceGroup") ? ["tags.cost"] : []));
        server = await serveProvider(azure.provider, 0);
        client = new ResourceProviderClient(`127.0.0.1:${server.port}`, credentials.createInsecure());
    });

    afterEach(async () => {
        client.close();
        await server.close();
        azure.remove();
    });

    /** Calls a method as the engine does. */
    const call = <Name extends Method>(name: Name, request: RequestOf<Name>): Promise<ResponseOf<Name>> =>
        new Promise((resolve, reject) => {
            const method = client[name].bind(client) as unknown as (
                request: RequestOf<Name>,
                callback: (error: ServiceError | null, response: ResponseOf<Name>) => void,
            ) => unknown;
            method(request, (error, response) => (error ? reject(error) : resolve(response)));
        });

    const create = (inputs: Values, options: { preview?: boolean; of?: string } = {}) =>
        call(
            "create",
            new provider_pb.CreateRequest()
                .setUrn(options.of ?? groupUrn)
                .setProperties(struct(inputs))
                .setPreview(options.preview ?? false),
        );
    const propertiesOf = (response: { getProperties(): Struct | undefined }) =>
        (response.getProperties()?.toJavaScript() ?? {}) as Values;

    it("tells the engine what it can do", async () => {
        const configured = await call("configure", new provider_pb.ConfigureRequest());
        assert.deepEqual(
            [
                configured.getAcceptsecrets(),
                configured.getAcceptresources(),
                configured.getAcceptoutputs(),
                configured.getSupportspreview(),
            ],
            [true, true, false, true],
        );
        assert.equal((await call("getPluginInfo", new Empty())).getVersion(), "3.28.0");
        assert.equal((await call("getSchema", new provider_pb.GetSchemaRequest())).getSchema(), "{}");
        const request = new provider_pb.CheckRequest().setNews(struct({ a: 1 }));
        const checked = await call("checkConfig", request);
        assert.deepEqual(checked.getInputs()?.toJavaScript(), { a: 1 });
        assert.equal((await call("diffConfig", new provider_pb.DiffRequest())).getReplacesList().length, 0);
    });

    it("has no components", async () => {
        await assert.rejects(call("construct", new provider_pb.ConstructRequest()), {
            code: status.UNIMPLEMENTED,
        });
        await assert.rejects(call("call", new provider_pb.CallRequest()), { code: status.UNIMPLEMENTED });
    });

    it("creates, reads with the inputs, updates, deletes", async () => {
        const created = await create(group);
        assert.equal(created.getId(), groupId);
        assert.deepEqual(propertiesOf(created)["__inputs"], group);
        const update = new provider_pb.UpdateRequest()
            .setId(groupId)
            .setUrn(groupUrn)
            .setNews(struct({ ...group, tags: {} }));
        assert.deepEqual(propertiesOf(await call("update", update))["tags"], {});
        const request = new provider_pb.ReadRequest().setId(groupId).setUrn(groupUrn);
        const read = await call("read", request);
        assert.equal(read.getId(), groupId);
        assert.deepEqual(read.getInputs()?.toJavaScript(), { ...group, tags: {} });
        await call("delete", new provider_pb.DeleteRequest().setId(groupId).setUrn(groupUrn));
        assert.equal((await call("read", request)).getId(), "");
    });

    it("answers a preview with the inputs and unknown values for what Azure computes, at every depth", async () => {
        const inputs = {
            resourceGroupName: "rg-test",
            resourceName: "aks",
            location: "westeurope",
            dnsPrefix: unknownValue,
            oidcIssuerProfile: { enabled: true },
        };
        const of = urn("azure-native:containerservice:ManagedCluster");
        const previewed = await create(inputs, { preview: true, of });
        assert.equal(previewed.getId(), "");
        const state = propertiesOf(previewed);
        assert.deepEqual(state["oidcIssuerProfile"], { enabled: true, issuerURL: unknownValue });
        assert.deepEqual(
            [state["location"], state["dnsPrefix"], state["fqdn"], "__inputs" in state],
            ["westeurope", unknownValue, unknownValue, false],
        );
        assert.deepEqual([azure.store.all(), azure.operations.all()], [[], []]);
    });

    it("answers the preview of an update with what stays for sure", async () => {
        const olds = propertiesOf(await create(group));
        const request = new provider_pb.UpdateRequest()
            .setId(groupId)
            .setUrn(groupUrn)
            .setOlds(struct(olds))
            .setNews(struct({ ...group, tags: {} }))
            .setPreview(true);
        const state = propertiesOf(await call("update", request));
        assert.deepEqual(
            [state["name"], state["location"], state["type"], state["tags"]],
            ["rg-test", "westeurope", unknownValue, {}],
        );
        assert.deepEqual(azure.store.find(groupId)?.inputs, group);
    });

    it("compares with the inputs that the engine has, property by property", async () => {
        const request = new provider_pb.DiffRequest()
            .setId(groupId)
            .setUrn(groupUrn)
            .setOlds(struct({ __inputs: {} }))
            .setOldInputs(struct(group))
            .setNews(struct({ ...group, location: "northeurope", tags: { team: "b", cost: "2" } }));
        const answer = await call("diff", request);
        assert.equal(answer.getChanges(), DiffChanges.DIFF_SOME);
        assert.deepEqual(answer.getReplacesList(), ["location", "tags"]);
        assert.equal(answer.getDeletebeforereplace(), true);
        assert.deepEqual(answer.getDiffsList(), ["location", "tags"]);
        assert.ok(answer.getHasdetaileddiff());
        const kinds: unknown[] = [];
        answer.getDetaileddiffMap().forEach((difference, path) => kinds.push([path, difference.getKind()]));
        assert.deepEqual(kinds, [
            ["location", Kind.UPDATE_REPLACE],
            ["tags.cost", Kind.UPDATE_REPLACE],
            ["tags.team", Kind.UPDATE],
        ]);
        const same = await call("diff", request.setNews(struct(group)));
        assert.equal(same.getChanges(), DiffChanges.DIFF_NONE);
        assert.equal(same.getDeletebeforereplace(), false);
    });

    it("answers with Azure's error", async () => {
        const subnet = { resourceGroupName: "no", virtualNetworkName: "v", subnetName: "s" };
        await assert.rejects(create(subnet, { of: urn("azure-native:network:Subnet") }), {
            code: status.UNKNOWN,
            details: `Code="ResourceGroupNotFound" Message="Resource group 'no' could not be found."`,
        });
    });

    for (const kind of ["create", "update"] as const) {
        it(`says what there is after a ${kind} whose answer was lost`, async () => {
            if (kind === "update") {
                await create({ ...group, tags: {} });
            }
            azure.faults.replaceAll([{ operation: kind, times: 1, effect: "loseAnswer" }]);
            const error = await (
                kind === "create"
                    ? create(group)
                    : call(
                          "update",
                          new provider_pb.UpdateRequest()
                              .setId(groupId)
                              .setUrn(groupUrn)
                              .setNews(struct(group)),
                      )
            ).then(
                () => assert.fail("it was answered"),
                (failed: ServiceError) => failed,
            );
            assert.equal(error.code, status.UNKNOWN);
            const [packed] = error.metadata.get("grpc-status-details-bin");
            const [any] = Status.deserializeBinary(packed as Buffer).getDetailsList();
            assert.equal(any?.getTypeName(), "pulumirpc.ErrorResourceInitFailed");
            const details = provider_pb.ErrorResourceInitFailed.deserializeBinary(
                any?.getValue_asU8() ?? Buffer.of(),
            );
            assert.equal(details.getId(), groupId);
            assert.deepEqual(details.getReasonsList(), ["read: connection reset by peer"]);
            assert.deepEqual(details.getInputs()?.toJavaScript(), group);
            assert.deepEqual((propertiesOf(details)["__inputs"] as Values)["tags"], group.tags);
        });
    }

    it("runs operations side by side, and to their end when the engine waits no longer", async () => {
        azure.clock.isHeld = true;
        const first = create(group).catch((error: ServiceError) => error.details);
        const other = create({ ...group, resourceGroupName: "rg-2" }).catch(
            (error: ServiceError) => error.details,
        );
        while (azure.operations.all().length < 2) {
            await new Promise((resolve) => setImmediate(resolve));
        }
        await call("cancel", new Empty());
        assert.deepEqual(await Promise.all([first, other]), ["context canceled", "context canceled"]);
        assert.deepEqual(azure.store.all(), []);
        await azure.clock.pass(2);
        assert.equal(azure.store.all().length, 2);
        azure.clock.isHeld = false;
        assert.equal(
            (await create({ ...group, resourceGroupName: "rg-3" })).getId(),
            groupId.replace("test", "3"),
        );
    });
});
