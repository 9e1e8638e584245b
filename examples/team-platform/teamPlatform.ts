/*
 * The landing zone's components in a program of one's own: a team gets a network, a vault that only this network
 * reaches, and an identity for a workload in a cluster that exists already.
 */
import { ResourceGroup } from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { KeyVault, Network, WorkloadIdentity } from "aks-landing-zone";

const location = "westeurope";
const baseName = "team-dev-weu";

/** Settings that differ from one deployment to the next. */
export interface TeamPlatformSettings {
    /** Subscription to deploy to, a GUID. */
    subscriptionId: string;
    /** Entra tenant of the subscription, a GUID. */
    tenantId: string;
    /** OIDC issuer of the existing cluster. */
    issuerUrl: string;
}

/** Declares the team's resources. */
export function teamPlatform({ subscriptionId, tenantId, issuerUrl }: TeamPlatformSettings) {
    const group = new ResourceGroup("team", { resourceGroupName: "rg-team-dev-weu", location });
    const placed = { resourceGroupName: group.name, location, baseName, tags: { team: "payments" } };

    const network = new Network("network", {
        ...placed,
        addressSpace: "10.60.0.0/20",
        podCidr: "10.244.0.0/16",
        apiServerSubnet: false,
        privateDns: { registry: false },
    });
    if (!network.keyVaultZoneId) {
        throw new pulumi.RunError("the network was asked for a vault zone and has none");
    }
    const vault = new KeyVault("vault", {
        ...placed,
        vaultName: "kv-team-dev-weu",
        subscriptionId,
        tenantId,
        privateEndpoint: {
            subnetId: network.privateEndpointsSubnetId,
            privateDnsZoneId: network.keyVaultZoneId,
        },
    });
    const identity = new WorkloadIdentity("api", {
        ...placed,
        identityName: "api",
        subscriptionId,
        issuerUrl,
        subjects: [{ namespace: "payments-dev", serviceAccount: "payments-api" }],
        // The cluster's owner creates the service account; this program has no access to the cluster.
        createServiceAccounts: false,
    });
    return { vaultUri: vault.uri, clientId: identity.clientId };
}
