import * as containerservice from "@pulumi/azure-native/containerservice";
import * as pulumi from "@pulumi/pulumi";
import { machineSecurity } from "./internal/machineChecks";
import { nodePoolProblems } from "./internal/nodePoolChecks";
import { immutableProperties, nodePoolName } from "./internal/nodePoolName";
import {
    fixedProperties,
    nodePoolSettings,
    scaleProperties,
    schedulingProperties,
    upgradeProperties,
} from "./internal/nodePoolProfile";
import { after } from "./internal/ordering";
import { retryWhileAzureSettles } from "./internal/retry";
import type { NodePoolArgs } from "./nodePoolArgs";

/**
 * A node pool of a cluster, beside the cluster's own system pool. What Azure cannot change in place is part of the
 * pool's name, so that such a change creates the new pool before it deletes the old one.
 */
export class NodePool extends pulumi.ComponentResource {
    /** Id of the pool. */
    public readonly id: pulumi.Output<string>;
    /** Name of the pool in Azure, with the hash. */
    public readonly name: pulumi.Output<string>;

    constructor(name: string, args: NodePoolArgs, opts?: pulumi.ComponentResourceOptions) {
        super("aks-landing-zone:index:NodePool", name, {}, opts);
        const settings = nodePoolSettings(args);
        const problems = nodePoolProblems(args, settings);
        if (problems.length > 0) {
            throw new pulumi.ResourceError(problems.join("\n"), this);
        }
        const { machine, autoscaling, mode, sshDisabled } = settings;
        const fixed = fixedProperties(args, settings);

        const pool = new containerservice.AgentPool(
            `${name}-agent-pool`,
            {
                ...fixed,
                ...scaleProperties(args, settings),
                ...schedulingProperties(args),
                resourceGroupName: args.resourceGroupName,
                resourceName: args.clusterName,
                agentPoolName: pulumi
                    .output(args.subnetId)
                    .apply((vnetSubnetID) =>
                        nodePoolName(args.poolName, machine.osType, { ...fixed, vnetSubnetID }),
                    ),
                vnetSubnetID: args.subnetId,
                mode,
                type: "VirtualMachineScaleSets",
                osSKU: machine.osSku,
                enableFIPS: machine.fips,
                securityProfile: machineSecurity(machine, sshDisabled),
                upgradeSettings: upgradeProperties(args, settings),
                // No `orchestratorVersion`: set here and not on the system pool, AKS refuses the next change of the cluster.
                tags: args.tags,
            },
            {
                parent: this,
                // The pool names its cluster, which does not make it wait for the cluster's maintenance windows or another pool.
                dependsOn: after(args.clusterId, ...(args.waitFor ?? [])),
                // A cluster takes its pools with it; AKS would refuse to delete the last one by itself. The engine passes the
                // option down from the component, the program's own record (tests, offline plan) has only what is said here.
                deletedWith: opts?.deletedWith,
                // The autoscaler changes the number; sending the old one would scale the pool back.
                ignoreChanges: autoscaling ? ["count"] : [],
                // Said aloud, because azure-native deletes first whatever has a name that was given to it.
                deleteBeforeReplace: false,
                // Azure answers a change of these with an error; the provider would try it in place.
                replaceOnChanges: [...immutableProperties],
                // Every node takes minutes to start, drain or delete; an update gets the time that a larger pool needs.
                customTimeouts: { create: "60m", update: "90m", delete: "60m" },
                // AKS changes one thing at a time and refuses the next while an upgrade or another pool is under way.
                hooks: retryWhileAzureSettles(),
            },
        );

        this.id = pool.id;
        this.name = pool.name;
        this.registerOutputs({ id: this.id, name: this.name });
    }
}
