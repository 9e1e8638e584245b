import { request } from "node:https";

/** How to reach an API server. */
export interface ApiAccess {
    port: number;
    token: string;
    certificateAuthority: string;
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
        ownerReferences?: { kind: string }[];
    };
    spec?: Record<string, unknown>;
    status?: Record<string, unknown>;
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
        const { port, token, certificateAuthority, impersonated } = this.#access;
        const type = method === "PATCH" ? `application/${patchType}` : "application/json";
        return new Promise((resolve, reject) => {
            const call = request(
                {
                    host: "127.0.0.1",
                    port,
                    path,
                    method,
                    ca: certificateAuthority,
                    agent: false,
                    headers: {
                        Authorization: `Bearer ${token}`,
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
