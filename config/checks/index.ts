import { pathText, problemLine } from "../errors";
import type { Problem } from "../errors";
import { guarded, whereReadable } from "../guarded";
import type { Settings } from "../schema";
import type { Path } from "../schemaTree";
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

/** Settings to check, and what is wrong with them already. */
export interface CheckedSettings {
    /** The settings, complete; several where single values are wrong and each has another sample in their place. */
    values: readonly Settings[];
    /** Places of these samples. */
    varied: readonly Path[];
    /** Places that mean nothing; rules that need one of them are left out. */
    wrong: readonly Path[];
}

/** Problems between settings: those that are there whichever sample stands for a wrong value, and not the sample's own. */
export function checkSettings({ values, varied, wrong }: CheckedSettings): Problem[] {
    const [first = [], ...others] = values.map((settings) => {
        const view = guarded(settings, wrong);
        return checks.flatMap((check) => whereReadable(() => check(view)));
    });
    const lines = others.map((problems) => new Set(problems.map((problem) => problemLine(problem))));
    const reported = new Set(varied.map(pathText));
    return first.filter(
        (problem) =>
            !reported.has(pathText(problem.path)) && lines.every((line) => line.has(problemLine(problem))),
    );
}
