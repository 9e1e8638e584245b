import { duplicates } from "../../components/internal/duplicates";
import { criticalPriorityClass, tenantPriorityClasses } from "../../components/internal/priorityClasses";
import { storageClasses } from "../../components/internal/storageClasses";
import {
    ingressProblems,
    nodePatchingProblems,
    publicIngressProblems,
    rebootProblems,
    windowProblems,
} from "../../components/internal/rules";
import type { Problem } from "../errors";
import type { Settings } from "../schema";
import { addressPlan } from "./network";
import { at } from "./problemPath";

/** The way in. */
export function checkIngress(settings: Settings): Problem[] {
    const { ingress, chartMirror } = settings.kubernetes;
    const subnet =
        ingress.loadBalancerIp === undefined
            ? undefined
            : addressPlan(settings)?.find(({ role }) => role === "ingress");
    return at(
        ["kubernetes", "ingress"],
        ingressProblems({ ...ingress, chartMirror, ingressSubnet: subnet?.cidr }),
    );
}

/** Whether a public ingress fits to the way out. */
export function checkPublicIngressRoute({ kubernetes, network }: Settings): Problem[] {
    return at(
        ["kubernetes", "ingress"],
        publicIngressProblems(kubernetes.ingress.exposure, network.egress.type),
    );
}

/** Whether policies would refuse the ingress controller's own service. */
export function checkPublicIngressPolicy({
    kubernetes: { ingress },
    governance: { policies },
}: Settings): Problem[] {
    const refused =
        ingress.exposure === "Public" &&
        policies.effect === "Deny" &&
        policies.internalLoadBalancersOnly &&
        !policies.excludedNamespaces.includes("ingress");
    return refused
        ? at(
              ["governance", "policies"],
              [
                  "`internalLoadBalancersOnly` is true and `effect` is Deny, but kubernetes.ingress.exposure is Public: the policy would refuse " +
                      'the ingress controller\'s load balancer. Add "ingress" to `excludedNamespaces`, or set `internalLoadBalancersOnly` to false.',
              ],
          )
        : [];
}

/** Whether kured is there exactly when it is wanted. */
export function checkNodePatching({ cluster, kubernetes }: Settings): Problem[] {
    return at(
        ["kubernetes"],
        nodePatchingProblems(cluster.upgrades.nodePatching, kubernetes.kured !== undefined),
    );
}

/** kured's own settings. */
export function checkReboots({ kubernetes: { kured } }: Settings): Problem[] {
    return kured === undefined ? [] : at(["kubernetes", "kured"], rebootProblems(kured));
}

/** The windows of AKS, also against kured's. */
export function checkWindows({ cluster: { upgrades }, kubernetes: { kured } }: Settings): Problem[] {
    return at(["cluster", "upgrades"], windowProblems({ ...upgrades, rebootWindow: kured?.window }));
}

const drivers = { "disk.csi.azure.com": "disk", "file.csi.azure.com": "file" } as const;

/** Whether the drivers are there that the storage classes name. */
export function checkStorageDrivers({ cluster: { storage }, kubernetes: { platform } }: Settings): Problem[] {
    const classes = platform.storageClasses ? storageClasses(platform) : [];
    return Object.entries(drivers).flatMap(([provisioner, driver]) => {
        const names = classes.filter((item) => item.provisioner === provisioner).map(({ name }) => name);
        return storage[driver] || names.length === 0
            ? []
            : at(
                  ["cluster"],
                  [
                      `\`storage.${driver}\` is false, but kubernetes.platform makes ${names.join(", ")}, whose volumes need that driver. ` +
                          (driver === "disk"
                              ? "Set it to true, or kubernetes.platform.storageClasses to false."
                              : "Set it to true, or kubernetes.platform.fileShareEndpoint to None."),
                  ],
              );
    });
}

/** Priority classes and the default storage class. */
export function checkPlatform({ kubernetes: { platform } }: Settings): Problem[] {
    const own = platform.priorityClasses.map(({ name }) => name);
    const builtIn = [criticalPriorityClass, ...tenantPriorityClasses].map(({ name }) => name);
    const storage = platform.storageClasses ? storageClasses(platform).map(({ name }) => name) : [];
    const wanted = platform.defaultStorageClass;
    return at(
        ["kubernetes", "platform"],
        [
            ...duplicates([...builtIn, ...own]).map(
                (name) => `\`priorityClasses\` has "${name}", which exists already. Choose another name.`,
            ),
            ...(wanted === undefined || storage.includes(wanted)
                ? []
                : [
                      `\`defaultStorageClass\` is "${wanted}": ` +
                          (storage.length === 0
                              ? "no storage class is made. Set `storageClasses` to true."
                              : `allowed are ${storage.join(", ")}. Name one of them.`),
                  ]),
        ],
    );
}
