/** What Azure knows about the caller: the subscription, tenant and signed-in principal that ids are made of. */
export interface SimulatedEnvironment {
    /** Subscription id, a GUID. */
    subscriptionId: string;
    /** Entra tenant id, a GUID. */
    tenantId: string;
    /** Object id of the principal that deploys, a GUID. */
    deployerObjectId: string;
}

/** A resource that the program asks for, with its inputs unwrapped: no Outputs, no secret envelopes. */
export interface ResourceRequest<Inputs = Record<string, unknown>> {
    /** Pulumi type token, for example `azure-native:network:Subnet`. */
    type: string;
    /** Logical name in the program. */
    logicalName: string;
    inputs: Inputs;
    environment: SimulatedEnvironment;
}

/** What the platform answers: the resource's id and its full state. */
export interface SimulatedResource {
    id: string;
    state: Record<string, unknown>;
}

/** Everything a row may use to work out the properties that Azure itself sets. */
export interface ComputeContext<Inputs> extends ResourceRequest<Inputs> {
    /** The resource's ARM id. */
    id: string;
    /** The last segment of its ARM name. */
    name: string;
}

/** Where a resource lives in Azure's hierarchy, which decides the front part of its id. */
export type ArmScope =
    /** In the resource group of input `resourceGroupName`. */
    | "resourceGroup"
    /** Directly in the subscription. */
    | "subscription"
    /** An extension of the resource whose id the named input holds (`scope`, `resourceUri`). */
    | { readonly extensionOf: string };

/** One row of the Azure table: how a resource type is named in Resource Manager, and what Azure computes for it. */
export interface AzureResourceType<Inputs = Record<string, unknown>> {
    /** Resource Manager type, for example `Microsoft.Network/virtualNetworks/subnets`. */
    armType: string;
    /**
     * Input properties that hold the name segments, outermost parent first; one per segment of `armType` after the namespace
     * that is not in `fixedNames`.
     */
    nameInputs: readonly string[];
    /** Names of parents of which there is always exactly one, by segment of `armType`: nobody names or creates them. */
    fixedNames?: Readonly<Record<string, string>>;
    scope: ArmScope;
    /** True when the provider makes up a GUID if the last name is not given (role assignments). */
    guidName?: boolean;
    /** Properties that Azure sets and the program reads; the inputs are in the state already. */
    compute?(context: ComputeContext<Inputs>): Record<string, unknown>;
}

/** A provider function (invoke): from its arguments to its result. */
export type SimulatedFunction = (
    args: Record<string, unknown>,
    environment: SimulatedEnvironment,
) => Record<string, unknown>;

/** The error for a type or function that no table has: it names the token and the place to add it. */
export class UnknownTokenError extends Error {
    constructor(kind: "resource type" | "function", token: string, table: string) {
        super(
            `the simulator does not know the ${kind} "${token}": it answers only what its tables hold and never echoes. ` +
                `Add a row to ${table}.`,
        );
        this.name = "UnknownTokenError";
    }
}
