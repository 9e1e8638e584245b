import { shortName } from "../engine/names";
import { estimateUp } from "../rehearsal/duration/estimate";
import type { DurationEstimate, OrderingFound } from "../rehearsal/duration/estimate";
import { durationWords } from "../rehearsal/duration/words";
import { durationOf, rolePropagation } from "../simulator/azure/durations";
import { missingHere, onBenchStage, upFromNothing } from "./engine/stage";
import { spreadOf } from "./measurement";
import type { Group, Measurement, Setting } from "./measurement";
import { stacks } from "./stacks";

/** Why the program puts one operation after another, where no input says so. */
interface OrderingReason {
    /** In the URN of what waits. */
    from: RegExp;
    /** In that of what it waits for. */
    on: RegExp;
    /** The words of the program itself. */
    reason: string;
    /** Where they stand. */
    statedIn: string;
}

/** How much longer than its lower bound an `up` may take: what the order of operations can be blamed for. */
const goal = 1.05;

/** Every order that the program asks for and says why. The first row that fits an order holds. */
export const orderingReasons: readonly OrderingReason[] = [
    {
        from: /:AgentPool::/,
        on: /:(AgentPool|MaintenanceConfiguration|ManagedCluster)::/,
        reason: "AKS runs one operation on a cluster at a time",
        statedIn: "program/cluster.ts",
    },
    {
        from: /:MaintenanceConfiguration::/,
        on: /:MaintenanceConfiguration::/,
        reason: "AKS refuses to change a cluster in two ways at a time",
        statedIn: "components/maintenanceWindows.ts",
    },
    {
        from: /:ManagedCluster::/,
        on: /:RoleAssignment::/,
        reason: "AKS tries the identity's rights while it creates the cluster",
        statedIn: "components/cluster.ts",
    },
    {
        from: /:pulumi:providers:kubernetes::/,
        on: /:RoleAssignment::cluster-/,
        reason: "The deployer may do nothing in the cluster before its role is there",
        statedIn: "program/kubernetes.ts",
    },
    {
        from: /:pulumi:providers:kubernetes::/,
        on: /:(AgentPool|PolicyAssignment)::|:RoleAssignment::registry-/,
        reason: "Policies judge workloads from the start, images can be pulled, and nodes are there to run them",
        statedIn: "program.ts",
    },
    {
        from: /:Subnet::/,
        on: /:(Subnet|VirtualNetworkPeering)::/,
        reason: "Azure writes a virtual network one change at a time",
        statedIn: "components/network.ts",
    },
    {
        from: /:VirtualNetworkPeering::/,
        on: /:VirtualNetworkPeering::/,
        reason: "Each side writes both networks, and Azure writes a network one change at a time",
        statedIn: "components/networkPeering.ts",
    },
    {
        from: /:Replication::/,
        on: /:Replication::/,
        reason: "A registry takes one change of its regions at a time",
        statedIn: "components/registry.ts",
    },
    {
        from: /:PrivateEndpoint::/,
        on: /:Replication::/,
        reason: "The endpoint takes an address for each region's data endpoint",
        statedIn: "components/registry.ts",
    },
    {
        from: /:FederatedIdentityCredential::/,
        on: /:FederatedIdentityCredential::/,
        reason: "Azure refuses two credential writes on one identity at the same time",
        statedIn: "components/internal/federatedCredential.ts",
    },
    {
        from: /:ServiceAccount(Patch)?::/,
        on: /:(Namespace|FederatedIdentityCredential)::/,
        reason: "The namespace must exist, and a pod that starts with the account must be able to sign in",
        statedIn: "components/workloadIdentity.ts",
    },
    {
        from: /:Namespace::/,
        on: /:PriorityClass::/,
        reason: "Pods name priority classes, and are refused while these do not exist",
        statedIn: "program/kubernetes.ts",
    },
];

/** The estimated duration of an `up` in Azure, which nothing is timed for. */
export const criticalPath: Group = {
    name: "path",
    title: "Estimated duration of `up` against the lower bound of its graph",
    hindrance: missingHere,
    measure: async (setting) => {
        const measurements: Measurement[] = [];
        for (const stack of stacks) {
            setting.onProgress(`${stack}, up from nothing`);
            measurements.push(pathMeasurement(stack, await estimated(stack, setting)));
        }
        return measurements;
    },
};

function estimated(stack: string, setting: Setting): Promise<DurationEstimate> {
    return onBenchStage(setting, stack, async (stage) => {
        await upFromNothing(stage, "estimate");
        const { engine, settings } = stage;
        const deployerObjectId = settings.checked.access.deployer.objectId;
        return estimateUp(engine.resources(), { durationOf, rolePropagation, deployerObjectId });
    });
}

/** The estimate, with every order of the program that lengthens it. */
export function pathMeasurement(
    stack: string,
    { seconds, lowerBound, orderings }: Pick<DurationEstimate, "seconds" | "lowerBound" | "orderings">,
): Measurement {
    return {
        name: `${stack}, estimated up`,
        against: "lower bound of its graph",
        ratio: spreadOf([seconds / lowerBound]),
        goal,
        figures: { seconds, lowerBound, ...Object.fromEntries(orderings.map(orderingFigure)) },
    };
}

function orderingFigure(ordering: OrderingFound): [string, string] {
    const { from, on, kind, savesSeconds, declaredAt = "a place that the state does not name" } = ordering;
    const cost = `${durationWords(savesSeconds)}, ${kind} at ${declaredAt}`;
    return [`${shortName(from)} waits for ${shortName(on)}`, `${cost}: ${reasonFor(ordering)}`];
}

/** The program's reason for an order, and where it stands; `no reason given` where there is none. */
export function reasonFor({ from, on }: Pick<OrderingFound, "from" | "on">): string {
    const found = orderingReasons.find((row) => row.from.test(from) && row.on.test(on));
    return found ? `${found.reason} (${found.statedIn})` : "no reason given";
}
