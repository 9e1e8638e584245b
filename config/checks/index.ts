import { problemsBetween } from "../checkRules";
import type { CheckedSettings } from "../checkRules";
import type { Problem } from "../errors";
import type { Settings } from "../schema";
import * as cluster from "./cluster";
import * as kubernetes from "./kubernetes";
import * as network from "./network";
import * as services from "./services";
import * as tenants from "./tenants";

/** The rules between settings. Each is small, since one that needs a list or mapping that is wrong is left out as a whole. */
const checks: readonly ((settings: Settings) => Problem[])[] = [
    cluster.checkTags,
    cluster.checkCluster,
    cluster.checkKms,
    cluster.checkKeyProtection,
    cluster.checkKubernetesVersion,
    cluster.checkApiServerZone,
    cluster.checkSystemPoolZones,
    cluster.checkSystemTaint,
    cluster.checkAutoProvisioning,
    cluster.checkWindowsPools,
    cluster.checkNodePools,
    network.checkNetwork,
    network.checkAddresses,
    network.checkFirewall,
    network.checkPodRange,
    network.checkSystemSubnet,
    network.checkUserSubnet,
    services.checkKeyVault,
    services.checkKeyVaultZone,
    services.checkRegistry,
    services.checkRegistryZone,
    services.checkMonitoring,
    services.checkGrafanaAccess,
    services.checkClusterLogs,
    services.checkPolicies,
    services.checkBudget,
    kubernetes.checkIngress,
    kubernetes.checkPublicIngressRoute,
    kubernetes.checkPublicIngressPolicy,
    kubernetes.checkNodePatching,
    kubernetes.checkReboots,
    kubernetes.checkWindows,
    kubernetes.checkStorageDrivers,
    kubernetes.checkPlatform,
    tenants.checkNamespaces,
    tenants.checkSizes,
    tenants.checkTeams,
    tenants.checkTeamEgress,
    tenants.checkWorkloads,
    tenants.checkGroups,
    tenants.checkGroupIds,
    tenants.checkGroupReferences,
    tenants.checkRepeatedTeamGroups,
];

/** Problems between settings, as `problemsBetween` finds them. */
export function checkSettings(settings: CheckedSettings<Settings>): Problem[] {
    return problemsBetween(checks, settings);
}
