import { request } from "node:https";

/** What an API server knows somebody by. */
export type Credential = TokenCredential | CertificateCredential;

/** A bearer token. */
export interface TokenCredential {
    token: string;
}

/** A client certificate with its key, both PEM. */
export interface CertificateCredential {
    certificate: string;
    key: string;
}

/** Where an API server is, and how it is known to be the right one. */
export interface ApiServer {
    /** `https://<host>:<port>`, with a path where one stands before it. */
    server: string;
    /** The authority of its certificate, PEM; absent: those that this machine trusts. */
    certificateAuthority?: string;
    /** The name in its certificate, where that is not the host. */
    serverName?: string;
    /** True where its certificate is not looked at. */
    isUnverified?: boolean;
}

/** How to reach an API server. */
export interface ApiAccess extends ApiServer {
    credential: Credential;
    /** Asks in another's name, which takes the right to impersonate. */
    impersonated?: Impersonated;
}

/** Somebody in whose name an administrator asks. */
export interface Impersonated {
    user: string;
    groups: readonly string[];
}

/** An answer of the API server. */
export interface ApiAnswer {
    status: number;
    body: unknown;
}

/** How a change is written down: with what becomes of which property, or as the wanted object. */
export type PatchType = "merge-patch+json" | "apply-patch+yaml";

/** An object of Kubernetes, as far as a rehearsal looks into it. */
export interface KubernetesObject {
    metadata: {
        name: string;
        namespace?: string;
        labels?: Record<string, string>;
        annotations?: Record<string, string>;
        /** RFC 3339. */
        creationTimestamp?: string;
        /** There while it is being deleted. */
        deletionTimestamp?: string;
        managedFields?: ManagedFields[];
        ownerReferences?: { kind: string }[];
    };
    spec?: Record<string, unknown>;
    status?: Record<string, unknown>;
}

/** What one client has set in an object. */
export interface ManagedFields {
    manager: string;
    /** Nested by `f:<property>`. */
    fieldsV1?: Record<string, unknown>;
}

/** The few calls to the Kubernetes API that a rehearsal makes itself. */
export class KubernetesApi {
    readonly #access: ApiAccess;

    constructor(access: ApiAccess) {
        this.#access = access;
    }

    async isReady(): Promise<boolean> {
        return this.ask("GET", "/readyz").then(
            ({ status }) => status === 200,
            () => false,
        );
    }

    /** The same API in another's name. */
    as(impersonated: Impersonated): KubernetesApi {
        return new KubernetesApi({ ...this.#access, impersonated });
    }

    /** What stands at a path; absent where there is nothing. */
    async find(path: string): Promise<unknown> {
        const answer = await this.ask("GET", path);
        return answer.status === 404 ? undefined : expectSuccess("GET", path, answer);
    }

    async list(path: string): Promise<KubernetesObject[]> {
        const body = await this.#expect("GET", path);
        return (body as { items: KubernetesObject[] }).items;
    }

    async create(path: string, object: object): Promise<void> {
        await this.#expect("POST", path, object);
    }

    /**
     * Makes the object as given and leaves alone what others have set in it; what an earlier call set and this one does
     * not goes. `path` is that of the object itself.
     */
    async apply(path: string, object: object): Promise<void> {
        await this.#expect("PATCH", `${path}?fieldManager=aks&force=true`, object, "apply-patch+yaml");
    }

    async patch(path: string, change: object): Promise<void> {
        await this.#expect("PATCH", path, change);
    }

    async patchStatus(path: string, status: object): Promise<void> {
        await this.#expect("PATCH", `${path}/status`, { status });
    }

    /** Deletes without a grace period; what is not there needs no deleting. */
    async delete(path: string): Promise<void> {
        const answer = await this.ask("DELETE", path, { gracePeriodSeconds: 0 });
        if (answer.status !== 404) {
            expectSuccess("DELETE", path, answer);
        }
    }

    async #expect(method: string, path: string, object?: object, type?: PatchType): Promise<unknown> {
        return expectSuccess(method, path, await this.ask(method, path, object, type));
    }

    /** One request, whatever the answer is. */
    ask(
        method: string,
        path: string,
        object?: object,
        patchType: PatchType = "merge-patch+json",
    ): Promise<ApiAnswer> {
        const { server, certificateAuthority, serverName, isUnverified, credential, impersonated } =
            this.#access;
        const { hostname, port, pathname } = new URL(server);
        const type = method === "PATCH" ? `application/${patchType}` : "application/json";
        return new Promise((resolve, reject) => {
            const call = request(
                {
                    // An address of IPv6 stands in brackets in a URL, and nowhere else.
                    host: hostname.replace(/^\[|\]$/g, ""),
                    port: port === "" ? undefined : port,
                    path: `${pathname.replace(/\/$/, "")}${path}`,
                    method,
                    ca: certificateAuthority,
                    servername: serverName,
                    rejectUnauthorized: isUnverified !== true,
                    agent: false,
                    ...("token" in credential ? {} : { cert: credential.certificate, key: credential.key }),
                    headers: {
                        ...("token" in credential ? { Authorization: `Bearer ${credential.token}` } : {}),
                        "Content-Type": type,
                        ...(impersonated
                            ? {
                                  "Impersonate-User": impersonated.user,
                                  "Impersonate-Group": [...impersonated.groups],
                              }
                            : {}),
                    },
                },
                (response) => {
                    const chunks: Buffer[] = [];
                    response.on("data", (chunk: Buffer) => chunks.push(chunk));
                    response.on("error", reject);
                    response.on("end", () => {
                        const text = Buffer.concat(chunks).toString("utf8");
                        resolve({ status: response.statusCode ?? 0, body: parsed(text) });
                    });
                },
            );
            call.on("error", reject);
            call.end(object === undefined ? undefined : JSON.stringify(object));
        });
    }
}

function expectSuccess(method: string, path: string, { status, body }: ApiAnswer): unknown {
    if (status >= 300) {
        throw new Error(`${method} ${path} answered ${status}: ${JSON.stringify(body)}`);
    }
    return body;
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return text;
    }
}
