import { types } from "../../stack/resourceTypes";
import { recordAt, textAt } from "../../stack/values";
import { deniesUnknown } from "../firewall";
import { ofEach, ofEveryOne } from "../rule";
import type { Rule } from "../rule";
import { sources } from "../sources";

/** Rules about container registries. */
export const registryRules: readonly Rule[] = [
    {
        id: "registry-without-shared-accounts",
        title: "Registries have no admin user and no anonymous pull",
        severity: "error",
        why: "The admin user is one password for everyone with the right to push; anonymous pull needs none at all.",
        mend: "Set `adminUserEnabled` and `anonymousPullEnabled` to false.",
        sources: [sources.registryBaseline],
        ...ofEveryOne(types.registry, "container registry", ({ inputs }) => [
            ...(inputs["adminUserEnabled"] === false ? [] : ["`adminUserEnabled` is not set to false"]),
            ...(inputs["anonymousPullEnabled"] === true ? ["anonymous pull is on"] : []),
        ]),
    },
    {
        id: "registry-denies-unknown-networks",
        title: "Registries deny networks that are not named",
        severity: "warning",
        why: "Images often hold more than they should. Basic and Standard registries cannot be closed to the Internet.",
        mend: "Use the Premium tier with `publicNetworkAccess: false`, or with the ranges that may reach it.",
        sources: [sources.registryBaseline],
        ...ofEveryOne(types.registry, "container registry", ({ inputs }) =>
            inputs["publicNetworkAccess"] === "Disabled" ||
            deniesUnknown(recordAt(inputs, "networkRuleSet"), "iPAddressOrRange")
                ? undefined
                : "every network reaches it",
        ),
    },
    {
        id: "closed-registry-exports-nothing",
        title: "Registries without public access cannot be exported from",
        severity: "warning",
        why: "With a few rights anybody could copy all images to a registry of their own, past the network.",
        mend: "Set `policies.exportPolicy.status: disabled`.",
        sources: [sources.registryBaseline],
        ...ofEach(types.registry, ({ inputs }) =>
            inputs["publicNetworkAccess"] !== "Disabled" ||
            textAt(inputs, "policies", "exportPolicy", "status") === "disabled"
                ? undefined
                : "its images may be exported",
        ),
    },
    {
        id: "closed-registry-lets-no-service-pass",
        title: "No Azure service passes the firewall of a closed registry unnamed",
        severity: "warning",
        why: "The bypass is for services of every tenant that Microsoft trusts, not for those of this one.",
        mend: "Set `registry.trustedServicesBypass: false`.",
        sources: [sources.registryBaseline],
        ...ofEach(types.registry, ({ inputs }) =>
            inputs["publicNetworkAccess"] !== "Disabled" || inputs["networkRuleBypassOptions"] === "None"
                ? undefined
                : "`networkRuleBypassOptions` is not None",
        ),
    },
    {
        id: "premium-registry-spans-zones",
        title: "Premium registries and their replicas span zones",
        severity: "warning",
        why: "New nodes cannot start pods while the zone of the registry is down, just when they are needed.",
        mend: "Set `registry.zoneRedundant: true`.",
        sources: [sources.wellArchitected],
        ...ofEach([types.registry, types.registryReplication], ({ inputs, type }) =>
            (type === types.registry && textAt(inputs, "sku", "name") !== "Premium") ||
            inputs["zoneRedundancy"] === "Enabled"
                ? undefined
                : "is in one zone",
        ),
    },
];
