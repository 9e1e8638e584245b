import { Metadata, Server, ServerCredentials, status } from "@grpc/grpc-js";
import type { ServiceError, handleUnaryCall } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as provider_pb from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import type { ListeningServer } from "./controlServer";
import { differingProperties } from "./detailedDiff";
import type { DiffKind } from "./detailedDiff";
import { InitializationError } from "./simulatedProvider";
import type { SimulatedProvider } from "./simulatedProvider";
import type { DiffAnswer } from "./wantedInputs";

type Values = Record<string, unknown>;

const { DiffChanges } = provider_pb.DiffResponse;
const { Kind } = provider_pb.PropertyDiff;

const diffKinds: Readonly<Record<DiffKind, provider_pb.PropertyDiff.Kind>> = {
    add: Kind.ADD,
    delete: Kind.DELETE,
    update: Kind.UPDATE,
    "add-replace": Kind.ADD_REPLACE,
    "delete-replace": Kind.DELETE_REPLACE,
    "update-replace": Kind.UPDATE_REPLACE,
};

/**
 * Serves a provider to the engine on 127.0.0.1, a free port where `port` is 0. It only translates: the SDK's own server
 * has no place for detailed differences, for the engine's old inputs, or for previews of creations and updates.
 */
export async function serveProvider(provider: SimulatedProvider, port: number): Promise<ListeningServer> {
    const server = new Server({
        // A cluster with all its properties passes gRPC's 4 MB only in theory; the engine's own limit is as good as none.
        "grpc.max_receive_message_length": -1,
        "grpc.max_send_message_length": -1,
    });
    server.addService(ResourceProviderService, methodsOf(provider));
    const bound = await new Promise<number>((resolve, reject) => {
        server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, found) =>
            error ? reject(error) : resolve(found),
        );
    });
    return {
        port: bound,
        close: () => {
            server.forceShutdown();
            return Promise.resolve();
        },
    };
}

type Methods = Pick<
    IResourceProviderServer,
    | "getPluginInfo"
    | "attach"
    | "getSchema"
    | "checkConfig"
    | "diffConfig"
    | "configure"
    | "check"
    | "diff"
    | "create"
    | "read"
    | "update"
    | "delete"
    | "invoke"
    | "cancel"
>;

/** What is not here (Construct, Call, Handshake and more) gRPC answers as unimplemented, which the engine takes so. */
function methodsOf(provider: SimulatedProvider): Methods {
    let cancellation = new AbortController();
    /** A call that the engine waits for: an answer, or an error once the engine has said that it waits no longer. */
    const waited = <Request, Response>(work: (request: Request) => Promise<Response>) =>
        unary((request: Request) => untilCancelled(work(request), cancellation.signal));
    return {
        getPluginInfo: unary(() => new PluginInfo().setVersion(provider.version)),
        attach: unary(() => new Empty()),
        getSchema: unary(() => new provider_pb.GetSchemaResponse().setSchema("{}")),
        checkConfig: unary((request: provider_pb.CheckRequest) =>
            new provider_pb.CheckResponse().setInputs(request.getNews()),
        ),
        diffConfig: unary(() => new provider_pb.DiffResponse()),
        configure: unary(() =>
            new provider_pb.ConfigureResponse()
                .setAcceptsecrets(true)
                .setAcceptresources(true)
                .setAcceptoutputs(false)
                .setSupportspreview(true),
        ),
        check: unary((request: provider_pb.CheckRequest) => {
            const inputs = provider.check(
                request.getUrn(),
                valuesOf(request.getOlds()),
                valuesOf(request.getNews()),
            );
            return new provider_pb.CheckResponse().setInputs(structOf(inputs));
        }),
        diff: unary((request: provider_pb.DiffRequest) => {
            const oldInputs = request.getOldInputs();
            const answer = provider.diff(
                request.getUrn(),
                valuesOf(request.getOlds()),
                valuesOf(request.getNews()),
                oldInputs && valuesOf(oldInputs),
            );
            return diffResponse(answer);
        }),
        create: waited(async (request: provider_pb.CreateRequest) => {
            const inputs = valuesOf(request.getProperties());
            if (request.getPreview()) {
                const state = provider.previewCreate(request.getUrn(), inputs);
                return new provider_pb.CreateResponse().setProperties(structOf(state));
            }
            const { id, state } = await provider.create(request.getUrn(), inputs);
            return new provider_pb.CreateResponse().setId(id).setProperties(structOf(state));
        }),
        read: waited(async (request: provider_pb.ReadRequest) => {
            const entity = await provider.read(request.getId(), request.getUrn());
            const response = new provider_pb.ReadResponse();
            return entity
                ? response
                      .setId(entity.id)
                      .setProperties(structOf(entity.state))
                      .setInputs(structOf(entity.inputs))
                : response;
        }),
        update: waited(async (request: provider_pb.UpdateRequest) => {
            const news = valuesOf(request.getNews());
            const state = request.getPreview()
                ? provider.previewUpdate(request.getUrn(), valuesOf(request.getOlds()), news)
                : (await provider.update(request.getId(), request.getUrn(), news)).state;
            return new provider_pb.UpdateResponse().setProperties(structOf(state));
        }),
        delete: waited(async (request: provider_pb.DeleteRequest) => {
            await provider.delete(request.getId(), request.getUrn());
            return new Empty();
        }),
        invoke: unary((request: provider_pb.InvokeRequest) => {
            const answer = provider.invoke(request.getTok(), valuesOf(request.getArgs()));
            return new provider_pb.InvokeResponse().setReturn(structOf(answer));
        }),
        cancel: unary(() => {
            cancellation.abort();
            cancellation = new AbortController();
            return new Empty();
        }),
    };
}

function unary<Request, Response>(
    work: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
    return (call, callback) => {
        new Promise<Response>((resolve) => resolve(work(call.request))).then(
            (response) => callback(null, response),
            (error: unknown) => callback(serviceError(error)),
        );
    };
}

/** The work goes on in Azure whether anybody waits for it or not. */
function untilCancelled<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
    return new Promise((resolve, reject) => {
        const stop = () => reject(new Error("context canceled"));
        signal.addEventListener("abort", stop, { once: true });
        work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
    });
}

function diffResponse({ detailed, replaces, deleteBeforeReplace }: DiffAnswer): provider_pb.DiffResponse {
    const paths = Object.entries(detailed);
    const response = new provider_pb.DiffResponse()
        .setChanges(paths.length > 0 ? DiffChanges.DIFF_SOME : DiffChanges.DIFF_NONE)
        .setReplacesList(replaces)
        .setDeletebeforereplace(deleteBeforeReplace)
        .setDiffsList(differingProperties(detailed))
        .setHasdetaileddiff(true);
    for (const [path, kind] of paths) {
        const difference = new provider_pb.PropertyDiff().setKind(diffKinds[kind]).setInputdiff(true);
        response.getDetaileddiffMap().set(path, difference);
    }
    return response;
}

/** Code UNKNOWN with the message, as azure-native answers; what exists in spite of the error stands in the details. */
function serviceError(error: unknown): Partial<ServiceError> {
    const message = error instanceof Error ? error.message : String(error);
    const metadata = new Metadata();
    if (error instanceof InitializationError) {
        const { id, state, inputs } = error.entity;
        const details = new provider_pb.ErrorResourceInitFailed()
            .setId(id)
            .setProperties(structOf(state))
            .setInputs(structOf(inputs))
            .setReasonsList([message]);
        const packed = new Any();
        packed.pack(details.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
        const full = new Status().setCode(status.UNKNOWN).setMessage(message).setDetailsList([packed]);
        metadata.set("grpc-status-details-bin", Buffer.from(full.serializeBinary()));
    }
    return { code: status.UNKNOWN, details: message, metadata };
}

function valuesOf(struct: Struct | undefined): Values {
    return struct?.toJavaScript() ?? {};
}

/** By way of JSON: a Struct has no place for properties that are undefined. */
function structOf(values: Values): Struct {
    return Struct.fromJavaScript(JSON.parse(JSON.stringify(values)) as Record<string, JavaScriptValue>);
}
