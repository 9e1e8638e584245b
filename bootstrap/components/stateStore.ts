import * as storage from "@pulumi/azure-native/storage";
import * as pulumi from "@pulumi/pulumi";
import { recreatable } from "../../components/internal/protection";
import { firewallOf, storageRanges } from "../internal/stateNetwork";
import { guardService } from "./keptService";
import type { KeptServiceArgs } from "./keptService";

/** How many copies of the state there are, and where. */
export const StateRedundancy = {
    /** Three in one data centre. */
    Local: "Standard_LRS",
    /** One in each zone of the region. */
    Zone: "Standard_ZRS",
    /** One in each zone, and three in the paired region. */
    Region: "Standard_GZRS",
} as const;
/** One of the values of the constant of the same name. */
export type StateRedundancy = (typeof StateRedundancy)[keyof typeof StateRedundancy];

/** Arguments of a state store. */
export interface StateStoreArgs extends KeptServiceArgs {
    /** Name of the storage account, unique in all of Azure. Changing this replaces the account. */
    accountName: string;
    /** Copies of the state. */
    redundancy: StateRedundancy;
    /** Days that earlier versions of the state, and deleted ones, are kept. */
    retentionInDays: number;
}

const containerName = "state";

/**
 * Where Pulumi keeps the states: one container of blobs, each with its earlier versions. Access is by Entra roles alone:
 * account keys, signatures of keys, anonymous reads and old TLS are off.
 */
export class StateStore extends pulumi.ComponentResource {
    /** Id of the container: what roles on the state are assigned at. */
    public readonly containerId: pulumi.Output<string>;
    /** Name of the storage account. */
    public readonly accountName: pulumi.Output<string>;
    /** What `pulumi login` takes. */
    public readonly backendUrl: pulumi.Output<string>;

    constructor(name: string, args: StateStoreArgs, opts?: pulumi.ComponentResourceOptions) {
        super("aks-landing-zone-bootstrap:index:StateStore", name, args, opts);
        const { resourceGroupName, network, retentionInDays } = args;
        const { publicNetworkAccess, defaultAction } = firewallOf(network);

        const account = new storage.StorageAccount(
            `${name}-account`,
            {
                resourceGroupName,
                location: args.location,
                accountName: args.accountName,
                kind: storage.Kind.StorageV2,
                sku: { name: args.redundancy },
                accessTier: storage.AccessTier.Hot,
                allowBlobPublicAccess: false,
                allowSharedKeyAccess: false,
                defaultToOAuthAuthentication: true,
                allowCrossTenantReplication: false,
                enableHttpsTrafficOnly: true,
                minimumTlsVersion: storage.MinimumTlsVersion.TLS1_2,
                isLocalUserEnabled: false,
                publicNetworkAccess,
                networkRuleSet: {
                    defaultAction,
                    bypass: storage.Bypass.None,
                    ipRules: storageRanges(network).map((range) => ({ iPAddressOrRange: range })),
                },
                tags: args.tags,
            },
            { parent: this },
        );

        new storage.BlobServiceProperties(
            `${name}-blobs`,
            {
                resourceGroupName,
                accountName: account.name,
                blobServicesName: "default",
                isVersioningEnabled: true,
                deleteRetentionPolicy: { enabled: true, days: retentionInDays },
                containerDeleteRetentionPolicy: { enabled: true, days: retentionInDays },
            },
            { parent: this },
        );
        new storage.ManagementPolicy(
            `${name}-expiry`,
            {
                resourceGroupName,
                accountName: account.name,
                managementPolicyName: "default",
                policy: {
                    rules: [
                        {
                            name: "earlier-versions",
                            type: "Lifecycle",
                            enabled: true,
                            definition: {
                                filters: { blobTypes: ["blockBlob"] },
                                // Every step of an update writes the whole state again: versions would grow for ever.
                                actions: {
                                    version: { delete: { daysAfterCreationGreaterThan: retentionInDays } },
                                },
                            },
                        },
                    ],
                },
            },
            { parent: this, ...recreatable },
        );
        const container = new storage.BlobContainer(
            `${name}-container`,
            {
                resourceGroupName,
                accountName: account.name,
                containerName,
                publicAccess: storage.PublicAccess.None,
            },
            { parent: this },
        );

        guardService(this, name, args, {
            id: account.id,
            groupId: "blob",
            lockReason: "Holds the Pulumi state: without it nothing knows what was deployed.",
        });

        this.containerId = container.id;
        this.accountName = account.name;
        this.backendUrl = pulumi.interpolate`azblob://${container.name}?storage_account=${account.name}`;
        this.registerOutputs({
            containerId: this.containerId,
            accountName: this.accountName,
            backendUrl: this.backendUrl,
        });
    }
}
