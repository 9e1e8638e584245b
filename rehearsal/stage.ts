import { randomBytes, randomUUID } from "node:crypto";
import type { BorrowedKubeconfig } from "./borrowing";
import type { Asked } from "./people/answers";
import { castOf, peopleOf } from "./people/cast";
import { impersonation } from "./people/impersonation";
import { readStackFile } from "../plan/stackFile";
import { KubernetesApi } from "../simulator/cluster/kubernetesApi";
import type { ApiAccess } from "../simulator/cluster/kubernetesApi";
import { Engine } from "./engine";
import type { SubscriptionLimits } from "../simulator/azure/subscription";
import type { Fault } from "../simulator/provider/faults";
import type { Person } from "../simulator/people";
import type { ClusterSettings } from "../simulator/provider/settings";
import { writeKubelogin } from "../simulator/cluster/kubelogin";
import { policyLauncherIn } from "./policyLauncher";
import { RehearsalError } from "./rehearsalError";
import type { SimulatorControl } from "./simulatorControl";
import { SimulatorProcess } from "./simulatorProcess";
import { rehearsedSettings } from "./stackSettings";
import type { RehearsedSettings } from "./stackSettings";
import { defaultTimeScale } from "./timeScale";
import type { Toolchain } from "./toolchain";
import { Workspace, searchPath } from "./workspace";

/** Between two tries of the program while Azure settles (components/internal/retry.ts); it passes as fast as the rest. */
const retryPauseInSeconds = 30;

/** What a rehearsal is set up with. */
export interface StageOptions {
    /** The repository. */
    directory: string;
    stack: string;
    toolchain: Toolchain;
    /** Leaves logs and state where they are. */
    keep: boolean;
    /** A cluster of the user's own, in place of control planes; `ensureLendable` says whether it will do. */
    borrowed?: BorrowedKubeconfig;
    /** Simulated seconds per real second; `defaultTimeScale` where it is absent. */
    timeScale?: number;
    /** What goes wrong in the simulated Azure; nothing where it is absent. */
    injected?: readonly Fault[];
    /** What the simulated subscription may use; everything where it is absent. */
    limits?: SubscriptionLimits;
    /** PATH of this process. */
    inheritedPath?: string;
    signal?: AbortSignal;
}

/** Everything that plays in a rehearsal, started. */
export interface Stage {
    /** Name of the stack. */
    stack: string;
    workspace: Workspace;
    settings: RehearsedSettings;
    simulator: SimulatorProcess;
    engine: Engine;
    /** True where something was asked to go wrong. */
    hasFaults: boolean;
    /** True where the cluster is the user's own. */
    isBorrowed: boolean;
    /** Texts that nobody may find in plain. */
    secrets: string[];
    /** The API of the cluster, as an administrator who is nobody of the stack's. The cluster must be there. */
    adminApi: () => Promise<KubernetesApi>;
    /** The API of the cluster, as somebody. */
    askAs: (person: Person) => Promise<Asked>;
}

/** Sets the stage, lets `action` play on it, and takes down all that was started, however that ends. */
export async function onStage<Result>(
    options: StageOptions,
    action: (stage: Stage) => Promise<Result>,
): Promise<Result> {
    const { directory, stack, toolchain, timeScale = defaultTimeScale } = options;
    const settings = rehearsedSettings(readStackFile(directory, stack), toolchain.charts);
    const workspace = Workspace.create(directory, toolchain, options.keep);
    let simulator: SimulatorProcess | undefined;
    try {
        workspace.writeStackFile(stack, settings.config);
        options.signal?.throwIfAborted();
        const canary = `canary-${randomBytes(24).toString("hex")}`;
        simulator = await SimulatorProcess.start(directory, workspace.root, {
            environment: {
                subscriptionId: settings.checked.subscriptionId,
                tenantId: settings.checked.tenantId,
                deployerObjectId: settings.checked.access.deployer.objectId,
            },
            timeScale,
            people: peopleOf(castOf(settings.checked)),
            clusters: clusterSettings(options, workspace),
            canary,
            limits: options.limits ?? {},
        });
        const passphrase = randomBytes(24).toString("hex");
        await simulator.control.setFaults(options.injected ?? []);
        const kubelogin = writeKubelogin(workspace.root, simulator);
        const engine = await Engine.create({
            stack,
            project: workspace.project,
            home: workspace.home,
            state: workspace.state,
            passphrase,
            providerPorts: { "azure-native": simulator.port, azuread: simulator.port },
            searchPath: searchPath(
                kubelogin,
                toolchain,
                policyLauncherIn(workspace.root),
                options.inheritedPath,
            ),
            variables: { LANDING_ZONE_RETRY_PAUSE_SECONDS: String(retryPauseInSeconds / timeScale) },
            secrets: settings.secrets,
            log: (text) => workspace.log(text),
            signal: options.signal,
        });
        const { control, controlToken } = simulator;
        return await action({
            stack,
            workspace,
            settings,
            simulator,
            engine,
            hasFaults: (options.injected ?? []).length > 0,
            isBorrowed: options.borrowed !== undefined,
            secrets: [canary, controlToken, passphrase],
            adminApi: async () => new KubernetesApi(await adminAccess(control)),
            askAs: async (person) => {
                const admin = await adminAccess(control);
                return options.borrowed
                    ? new KubernetesApi({ ...admin, impersonated: impersonation(person) })
                    : new KubernetesApi({ ...admin, credential: await control.token(person.name) });
            },
        });
    } finally {
        await simulator?.stop();
        workspace.remove();
    }
}

/** How the cluster's administrator reaches it. */
async function adminAccess(control: SimulatorControl): Promise<ApiAccess> {
    const [cluster] = await control.clusters();
    if (!cluster) {
        throw new RehearsalError("no cluster is running: the stack's ManagedCluster does not exist");
    }
    const { administrator: credential, ...server } = cluster;
    return { ...server, credential };
}

/** Where the cluster comes from. */
function clusterSettings(
    { borrowed, toolchain }: StageOptions,
    { clusters: directory }: Workspace,
): ClusterSettings {
    if (borrowed) {
        return { ...borrowed, borrower: randomUUID() };
    }
    if (!toolchain.controlPlane) {
        throw new RehearsalError("neither is a cluster lent nor are there the programs of a control plane");
    }
    return { ...toolchain.controlPlane, directory };
}
