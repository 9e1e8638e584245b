import { NodePatching } from "../components";
import type { LandingZoneConfig } from "../config";

/** Namespace of kured, which the pod-security policies leave out. */
export const kuredNamespace = "kured";

/** True where nodes patch themselves and kured restarts them. */
export function usesKured({ cluster }: LandingZoneConfig): boolean {
    return cluster.upgrades.nodePatching === NodePatching.Kured;
}
