import type { RulesByTopic } from "../rule";
import { clusterRules } from "./cluster";
import { costRules } from "./cost";
import { dataRules } from "./data";
import { identityRules } from "./identity";
import { integrityRules } from "./integrity";
import { monitoringRules } from "./monitoring";
import { networkRules } from "./network";
import { poolRules } from "./pools";
import { registryRules } from "./registry";
import { tenantRules } from "./tenants";
import { upgradeRules } from "./upgrades";
import { vaultRules } from "./vault";
import { workloadRules } from "./workloads";

/** All rules of the landing zone by topic. */
export const rulesByTopic = {
    network: networkRules,
    cluster: clusterRules,
    pools: poolRules,
    upgrades: upgradeRules,
    vault: vaultRules,
    registry: registryRules,
    data: dataRules,
    monitoring: monitoringRules,
    identity: identityRules,
    cost: costRules,
    tenants: tenantRules,
    workloads: workloadRules,
    integrity: integrityRules,
} satisfies RulesByTopic;
