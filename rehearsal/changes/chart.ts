import { IngressController } from "../../components/ingressArgs";
import type { LandingZoneConfig } from "../../config";
import { usesKured } from "../../program/nodePatching";
import type { Change } from "./change";
import { withValue } from "./editing";

const check = "change-chart";

/** A setting that ends up as a chart's value: the release is upgraded in place, and nothing follows. */
export function chartValue(config: LandingZoneConfig): Change | undefined {
    const { kured, ingress } = config.kubernetes;
    // One pod more is there at once; kured's are replaced node after node.
    if (ingress.controller === IngressController.Traefik) {
        const replicas = ingress.replicas + 1;
        return {
            check,
            title: `${replicas} pods of the ingress`,
            apply: (values) => withValue(values, ["kubernetes", "ingress", "replicas"], replicas),
            expected: ["update ingress-release"],
        };
    }
    if (usesKured(config) && kured) {
        const minutes = kured.checkIntervalInMinutes + 1;
        return {
            check,
            title: `kured looks every ${minutes} minutes`,
            apply: (values) => withValue(values, ["kubernetes", "kured", "checkIntervalInMinutes"], minutes),
            expected: ["update kured-release"],
        };
    }
    return undefined;
}
