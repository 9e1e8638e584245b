import type { SimulatedEnvironment } from "../resourceType";

/** A resource that exists in the simulated Azure, as its rules see it: values without secret envelopes. */
export interface ExistingResource {
    /** Id as the platform wrote it; ids are compared without regard to case, as Azure does. */
    id: string;
    /** Pulumi type token, for example `azure-native:network:Subnet`. */
    type: string;
    /** What it was last asked to be. */
    inputs: Readonly<Record<string, unknown>>;
    /** What Azure answers when it is read. */
    state: Readonly<Record<string, unknown>>;
    /** When its creation was finished, in simulated seconds of `Subscription.now`. */
    createdAt: number;
}

/** What somebody asks Azure Resource Manager or Entra ID to do with one resource. */
export interface Operation {
    kind: "create" | "update" | "delete";
    id: string;
    /** Pulumi type token. */
    type: string;
    /** The wanted inputs, without secret envelopes; of a deletion, those that the resource had. */
    inputs: Readonly<Record<string, unknown>>;
    /** What was there before; absent for a creation. */
    before?: ExistingResource;
}

/** What exists and what is going on in the simulated subscription, at the time of an operation. */
export interface Subscription {
    environment: SimulatedEnvironment;
    /** Simulated seconds since the subscription began. */
    now: number;
    /** Everything that exists. */
    all(): readonly ExistingResource[];
    find(id: string): ExistingResource | undefined;
    /** Operations that have begun and not ended, without the one that is asked about. */
    running: readonly Operation[];
    /** Ids of deleted vaults whose names stay taken until they are purged. */
    softDeleted: readonly string[];
    limits: SubscriptionLimits;
}

/** What this subscription may use; nothing is limited where nothing is said. */
export interface SubscriptionLimits {
    /** vCPUs by VM family as `az vm list-usage` names it (`standardDDSv5Family`), or `cores` for the region's total. */
    vcpuQuota?: Readonly<Record<string, number>>;
    /** VM sizes to the zones in which they are offered to this subscription; sizes that are not named are in all. */
    zonesOfVmSize?: Readonly<Record<string, readonly string[]>>;
}

/**
 * One thing that Azure, or the provider that asks it, refuses: answers with the error, or with nothing where there is no
 * objection. An error of Azure's is an `AzureError`.
 */
export type Rule = (operation: Operation, subscription: Subscription) => Error | undefined;
