import * as z from "zod";
import { PolicyEffect, PolicyPodSecurityLevel } from "../../components/governanceArgs";
import { PrincipalType } from "../../components/shared";
import {
    amount,
    choice,
    dnsLabel,
    effect,
    email,
    flag,
    groupKey,
    guid,
    inPlace,
    integer,
    quantity,
    replaces,
    text,
    words,
} from "./values";

const assignment = replaces("the role assignments");

const deployer = z.strictObject({
    objectId: guid(
        "Read it with `az ad sp show --id <client id> --query id --output tsv`, or `az ad signed-in-user show --query id --output tsv` for a person.",
    ).meta(
        effect(
            "Object id of who runs the deployment; gets cluster admin so that the Kubernetes half can be installed.",
            assignment,
        ),
    ),
    principalType: choice(PrincipalType)
        .default(PrincipalType.ServicePrincipal)
        .meta(effect("What the object id belongs to.", assignment)),
});

const createGroup = z.strictObject({
    displayName: words("AKS admins").meta(effect("Name of the group in Entra; must not exist yet.")),
    description: words("Administers the cluster").optional().meta(effect("What the group is for.")),
    ownerObjectIds: z
        .array(guid("Read it with `az ad user show --id <user> --query id --output tsv`."))
        .default([])
        .meta(
            effect(
                "Object ids of the owners; without any the deployer is the owner. List the deployer too, or it cannot change the group later.",
            ),
        ),
});

export const accessSchema = z.strictObject({
    deployer: deployer.meta(effect("Who runs the deployment.")),
    groups: z
        .record(
            groupKey().meta({
                allowed: "up to 40 lower-case letters, digits and hyphens",
                fix: "Rename it.",
            }),
            guid('Read it with `az ad group show --group "<name>" --query id --output tsv`.'),
        )
        .default({})
        .meta(
            effect(
                "Object ids of existing Entra groups, by a key of your choice. Everything else refers to a group by its key.",
                assignment,
            ),
        ),
    createGroups: z
        .record(
            groupKey().meta({
                allowed: "up to 40 lower-case letters, digits and hyphens",
                fix: "Rename it.",
            }),
            createGroup,
        )
        .default({})
        .meta(
            effect(
                "Groups to create in Entra, by a key of your choice; needs the directory right Group.Create.",
            ),
        ),
    adminGroups: z.array(groupKey()).min(1).meta(effect("Groups that administer the cluster.", assignment)),
});

const policies = z.strictObject({
    podSecurityLevel: choice(PolicyPodSecurityLevel)
        .default(PolicyPodSecurityLevel.Baseline)
        .meta(effect("Pod security standard that Azure Policy checks.", replaces("the policy assignment"))),
    effect: choice(PolicyEffect)
        .default(PolicyEffect.Audit)
        .meta(effect("Audit reports, Deny also refuses, Disabled does neither.")),
    excludedNamespaces: z
        .array(dnsLabel("flux-system"))
        .default([])
        .meta(effect("Namespaces that are not checked, beside those of the system and kured.")),
    internalLoadBalancersOnly: flag()
        .default(true)
        .meta(effect("Services may have internal load balancers only.")),
    httpsIngressOnly: flag().default(true).meta(effect("Ingress objects must use TLS and forbid HTTP.")),
    noDefaultNamespace: flag().default(true).meta(effect("Nothing may run in the namespace default.")),
    noExternalIps: flag().default(true).meta(effect("Services may not claim addresses by externalIPs.")),
    readOnlyRootFilesystem: flag()
        .default(false)
        .meta(effect("Containers must have a read-only root file system; many images do not work so.")),
    allowedImagesRegex: words("^crlzprodweu.azurecr.io/.+$")
        .optional()
        .meta(
            effect("Regular expression that whole image names must match.", inPlace, {
                defaultText: "any image",
            }),
        ),
    containerLimits: z
        .strictObject({
            cpu: quantity().meta(effect("Highest CPU limit.")),
            memory: quantity().meta(effect("Highest memory limit.")),
        })
        .optional()
        .meta(
            effect("Containers must set limits, at most these.", inPlace, { defaultText: "none required" }),
        ),
});

const budget = z.strictObject({
    amountPerMonth: amount(1, 10_000_000).meta(
        effect("Budget of the whole subscription for a month, in its currency."),
    ),
    startDate: text(/^\d{4}-(0[1-9]|1[0-2])-01$/, {
        allowed: 'the first day of a month in quotes, such as "2026-12-01"',
        example: "2026-12-01",
        fix: "Put it in quotes and let it end with -01.",
    }).meta(
        effect(
            "Month that the budget starts in; Azure refuses months before the current one.",
            replaces("the budget"),
        ),
    ),
    contactEmails: z.array(email()).min(1).meta(effect("Who is told.")),
    actualThresholds: z
        .array(integer(1, 1000))
        .default([80, 100])
        .meta(effect("Shares of the budget, in percent, at which spent money is reported.")),
    forecastThresholds: z
        .array(integer(1, 1000))
        .default([100])
        .meta(effect("Shares at which the month's forecast is reported.")),
});

export const governanceSchema = z.strictObject({
    policies: policies.prefault({}).meta(effect("Azure Policy for the cluster.")),
    budget: budget
        .optional()
        .meta(effect("Monthly budget with notifications.", inPlace, { defaultText: "none" })),
});
export const protectionSchema = z.strictObject({
    protect: flag()
        .default(true)
        .meta(
            effect(
                "Pulumi refuses to delete or replace what holds data or cannot be made again: resource groups, network, cluster and its identities, vault, registry, workspaces, tenant namespaces.",
            ),
        ),
    locks: flag()
        .default(true)
        .meta(
            effect(
                "Azure refuses to delete vault, registry and log workspace, whoever asks (CanNotDelete locks).",
            ),
        ),
});
