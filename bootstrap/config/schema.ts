import * as z from "zod";
import { commonSettings } from "../../config/schema/common";
import {
    choice,
    dnsLabel,
    effect,
    flag,
    guid,
    integer,
    privateDnsZoneId,
    replaces,
    text,
} from "../../config/schema/values";
import { StateExposure } from "../internal/stateNetwork";
import { StateRedundancy } from "../components/stateStore";

const subnetId = text(
    /^\/subscriptions\/[^/]+\/resource[Gg]roups\/[^/]+\/providers\/Microsoft\.Network\/virtualNetworks\/[^/]+\/subnets\/[^/]+$/,
    {
        allowed:
            "the id of a subnet: /subscriptions/<id>/resourceGroups/<name>/providers/Microsoft.Network/virtualNetworks/<name>/subnets/<name>",
        example:
            "/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/resourceGroups/rg-runners/providers/Microsoft.Network/virtualNetworks/vnet-runners/subnets/snet-endpoints",
        fix: "Read it with `az network vnet subnet show --resource-group <group> --vnet-name <network> --name <name> --query id --output tsv`.",
        standIn: "subnetId",
    },
);

const privateEndpoints = z.strictObject({
    subnetId: subnetId.meta(
        effect(
            "Subnet of the endpoints, in the network of the runners and in `location`.",
            replaces("the endpoints"),
        ),
    ),
    blobZoneId: privateDnsZoneId("privatelink.blob.core.windows.net")
        .meta({ standIn: "blobZoneId" })
        .meta(effect("Private DNS zone of blobs, linked to that network.")),
    vaultZoneId: privateDnsZoneId("privatelink.vaultcore.azure.net")
        .meta({ standIn: "vaultZoneId" })
        .meta(effect("Private DNS zone of vaults, linked to that network.")),
});

const stateNetwork = z.strictObject({
    exposure: choice(StateExposure).meta(
        effect(
            "From where state and key are reached: `Public` from anywhere, `Restricted` from `allowedIpRanges`, `Private` from private endpoints. An Entra login is needed in any case.",
        ),
    ),
    allowedIpRanges: z
        .array(
            text(/^\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?$/, {
                allowed: "a public IPv4 address or range such as 203.0.113.7 or 203.0.113.0/24",
                example: "203.0.113.0/24",
                fix: "Write the address, or the network address, a slash and the prefix length.",
                standIn: "range",
            }),
        )
        .default([])
        .meta(
            effect(
                "Public addresses with `exposure: Restricted`. Storage does not see those of machines in its own region.",
            ),
        ),
    privateEndpoints: privateEndpoints.optional().meta(effect("Needed with `exposure: Private`.")),
});

const state = z.strictObject({
    redundancy: choice(StateRedundancy)
        .default(StateRedundancy.Zone)
        .meta(
            effect(
                "Copies of the state: in one data centre, in three zones, or in three zones and another region.",
            ),
        ),
    retentionInDays: integer(7, 365)
        .default(90)
        .meta(effect("Days that earlier versions of the state, and deleted ones, are kept.")),
});

const protection = z.strictObject({
    protect: flag()
        .default(true)
        .meta(effect("Pulumi refuses to delete or replace state, key and identities.")),
    locks: flag()
        .default(true)
        .meta(effect("Azure refuses to delete the storage account and the vault, whoever asks.")),
});

/** A number by which GitHub knows something of a repository; `query` finds it in the repository's description. */
const gitHubId = (example: string, query: string) =>
    text(/^[1-9]\d*$/, {
        allowed: "a number in quotes",
        example,
        fix: `Read it with \`gh api repos/<organization>/<repository> --jq ${query}\`.`,
        standIn: "numericId",
    });

const gitHubIds = z.strictObject({
    owner: gitHubId("123456", ".owner.id").meta(
        effect("Id of the organization.", replaces("the credentials")),
    ),
    repository: gitHubId("456789", ".id").meta(effect("Id of the repository.", replaces("the credentials"))),
});

const gitHub = z.strictObject({
    repository: text(/^[A-Za-z0-9](-?[A-Za-z0-9])*\/[A-Za-z0-9._-]+$/, {
        allowed: "organization/repository",
        example: "example/aks-landing-zone",
        fix: "Write both names as in the repository's address, with the same capitals.",
        standIn: "repository",
    }).meta(effect("Repository whose workflows deploy.")),
    ids: gitHubIds
        .optional()
        .meta(
            effect(
                "Ids in the tokens of repositories with immutable subjects: all that were created or renamed since 15 July 2026.",
            ),
        ),
    branch: text(/^[A-Za-z0-9._/-]+$/, {
        allowed: "the name of a branch",
        example: "main",
        fix: "Write it without refs/heads/.",
    })
        .default("main")
        .meta(effect("Branch whose workflows may look for drift, and preview what is then approved.")),
});

const connectionSubject = text(
    /^\/eid1\/c\/pub\/t\/[\w-]+\/a\/[\w-]+\/sc\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    {
        allowed:
            "the subject identifier of a service connection with the issuer of Entra: /eid1/c/pub/t/<...>/a/<...>/sc/<organization id>/<connection id>",
        example:
            "/eid1/c/pub/t/tenant/a/application/sc/0b1f6471-1bf0-4dda-aec3-cb9272f09590/2b0a4f4e-5f52-4c0c-8a8e-0d3d3a0f9a11",
        fix: "Copy it from the draft of the service connection (workload identity federation, manual).",
        standIn: "connectionSubject",
        explain: (value) =>
            value.startsWith("sc://")
                ? "It is of the old issuer, vstoken.dev.azure.com, which is retired on 1 July 2027: convert the service connection, and copy the new subject."
                : undefined,
    },
);

const azureDevOps = z.strictObject({
    deploySubject: connectionSubject.meta(effect("Service connection of the stages that deploy.")),
    previewSubject: connectionSubject.meta(effect("Service connection of the stages that preview.")),
    driftSubject: connectionSubject.meta(
        effect("Service connection of the stage that looks for drift; it reads everything in the cluster."),
    ),
});

const stack = z.strictObject({
    githubEnvironment: dnsLabel("prod")
        .optional()
        .meta(
            effect("Environment of GitHub whose jobs deploy the stack.", undefined, {
                defaultText: "the name of the stack",
            }),
        ),
    azureDevOps: azureDevOps
        .optional()
        .meta(effect("Service connections of Azure DevOps; none where it is left out.")),
});

/** The whole configuration of a bootstrap stack: one key of the stack file per property. */
export const bootstrapSchema = z.strictObject({
    ...commonSettings({
        environment: "Name of the subscription's environment",
        subscription: "Subscription of the landing zone.",
    }),
    protection: protection.prefault({}).meta(effect("Guards against deletion.")),
    stateNetwork: stateNetwork.meta(
        effect("From where state and key are reached: a choice without default."),
    ),
    state: state.prefault({}).meta(effect("How the state is kept.")),
    operators: z
        .strictObject({
            groupObjectId: guid(
                "Read it with `az ad group show --group <name> --query id --output tsv`.",
            ).meta(effect("Entra group.", replaces("its assignments"))),
        })
        .meta(
            effect("People who may read and write the state and use its key, to mend what a pipeline left."),
        ),
    github: gitHub.optional().meta(effect("GitHub Actions; not trusted where it is left out.")),
    stacks: z
        .record(dnsLabel("prod", 20), stack)
        .meta(effect("Stacks of the landing zone in this subscription, by name.")),
});

/** Settings as the program reads them: defaults filled in. */
export type BootstrapSettings = z.output<typeof bootstrapSchema>;
