import { join } from "node:path";
import type { Context } from "mocha";
import { roles } from "../../components/internal/roles";
import { rolePropagation } from "../../simulator/azure/durations";
import type { ExistingResource } from "../../simulator/azure/subscription";
import { ControlPlane } from "../../simulator/cluster/controlPlane";
import type { ControlPlaneOptions, Webhooks } from "../../simulator/cluster/controlPlane";
import { Guard } from "../../simulator/cluster/guard/guard";
import { serveGuard } from "../../simulator/cluster/guard/webhookServer";
import type { WebhookServer } from "../../simulator/cluster/guard/webhookServer";
import { controlPlanePrograms } from "../../simulator/cluster/programs";
import type { ControlPlanePrograms } from "../../simulator/cluster/programs";
import { RequestLog } from "../../simulator/cluster/requestLog";
import { waitUntil } from "../../simulator/cluster/waiting";
import { TokenIssuer } from "../../simulator/entra/tokenIssuer";
import type { Person } from "../../simulator/people";
import { clusterId, existingCluster } from "../simulator/cluster/nodes/pools";
import { requireProgram } from "./toolchain";

/** What a control plane is run with. */
export type ControlPlaneTools = Pick<ControlPlaneOptions, "programs" | "kwokStages">;

/** What a control plane alone needs of this machine; skips the test where a program is not there. */
export function requireControlPlanePrograms(test: Context): ControlPlaneTools {
    const programs = Object.fromEntries(
        controlPlanePrograms.map((name) => [name, requireProgram(test, name)]),
    ) as ControlPlanePrograms;
    return { programs, kwokStages: process.env["KWOK_STAGES"] ?? "" };
}

/** Starts a control plane in that folder, and waits for the namespaces that every cluster has. */
export async function startControlPlane(
    tools: ControlPlaneTools,
    directory: string,
    webhooks?: Webhooks,
): Promise<ControlPlane> {
    const plane = new ControlPlane({ ...tools, directory, serviceCidr: "10.96.0.0/16", webhooks });
    try {
        await plane.start();
        await waitUntil("the namespaces", 60, async () => {
            const found = ["default", "kube-public"].map((name) =>
                plane.api.find(`/api/v1/namespaces/${name}`),
            );
            return (await Promise.all(found)).every((namespace) => namespace !== undefined);
        });
    } catch (error) {
        await plane.stop();
        throw error;
    }
    return plane;
}

/** A kubeconfig with one way in; `user` is the entry of whoever takes it. */
export function kubeconfigText(plane: ControlPlane, user: object): string {
    const cluster = {
        server: `https://127.0.0.1:${plane.port}`,
        "certificate-authority-data": Buffer.from(plane.certificateAuthority).toString("base64"),
    };
    return JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        clusters: [{ name: "c", cluster }],
        users: [{ name: "u", user }],
        contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
        "current-context": "c",
    });
}

/**
 * A control plane that asks the simulated Entra and Azure who somebody is and what they may do. The first of its people is
 * the deployer, with the role of the cluster's administrators from second 0 on; the others have none.
 */
export class GuardedControlPlane {
    readonly tokens: TokenIssuer;
    readonly requests = new RequestLog();
    /** Simulated seconds. Defaults to when the deployer's role has begun to work. */
    now = rolePropagation;
    readonly #folder: string;
    readonly #deployer: Person;
    #server: WebhookServer | undefined;
    #plane: ControlPlane | undefined;

    constructor(folder: string, people: readonly [Person, ...Person[]]) {
        this.#folder = folder;
        this.#deployer = people[0];
        this.tokens = new TokenIssuer(join(folder, "tokens.json"), people);
    }

    async start(tools: ControlPlaneTools): Promise<void> {
        const { tokens, requests } = this;
        const resources = [existingCluster([]), administratorRole(this.#deployer)];
        const guard = new Guard({ tokens, requests, resources: () => resources, now: () => this.now });
        this.#server = await serveGuard(guard);
        const webhooks = this.#server.webhooks(clusterId);
        this.#plane = await startControlPlane(tools, join(this.#folder, "cluster"), webhooks);
    }

    get plane(): ControlPlane {
        if (!this.#plane) {
            throw new Error("the control plane was not started");
        }
        return this.#plane;
    }

    async stop(): Promise<void> {
        await this.#plane?.stop();
        await this.#server?.close();
    }
}

function administratorRole({ objectId }: Person): ExistingResource {
    return {
        id: `${clusterId}/providers/Microsoft.Authorization/roleAssignments/1`,
        type: "azure-native:authorization:RoleAssignment",
        inputs: {
            principalId: objectId,
            roleDefinitionId: `/x/${roles.aksRbacClusterAdmin.id}`,
            scope: clusterId,
        },
        state: {},
        createdAt: 0,
    };
}
