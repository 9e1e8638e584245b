import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { bootstrapProject, parseBootstrapConfig } from "../../bootstrap/config";
import { bootstrapSchema } from "../../bootstrap/config/schema";
import { ConfigurationError } from "../../config";
import { metaOf } from "../../config/schemaTree";
import { readStackFile } from "../../plan/stackFile";
import { baseline, bootstrapFolder, configOf, connection, endpoints, subjects } from "./bootstrapStacks";
import type { Sections } from "./bootstrapStacks";

/** What is wrong with the baseline after a change, without the project's name. `undefined` takes a section out. */
function problemsOf(changes: Sections): string[] {
    try {
        configOf({ ...baseline(), ...changes });
    } catch (error) {
        assert.ok(error instanceof ConfigurationError);
        return error.problems.map((problem) => problem.replace(`${bootstrapProject}:`, ""));
    }
    return [];
}

const stackOf = (azureDevOps: object, more: object = {}) => ({ azureDevOps, ...more });

describe("bootstrap configuration", () => {
    it("has secure defaults, and is frozen", () => {
        const config = configOf(baseline());
        assert.deepEqual(
            [config.protection, config.state, config.stateNetwork, config.baseName, config.unset],
            [
                { protect: true, locks: true },
                { redundancy: "Standard_ZRS", retentionInDays: 90 },
                { exposure: "Public", allowedIpRanges: [] },
                "lz-prod-weu-ops",
                [],
            ],
        );
        assert.ok(Object.isFrozen(config.stacks["prod"]));
    });

    it("names what it makes unlike the landing zone, and unlike that of another subscription", () => {
        const { names } = configOf(baseline());
        const others = configOf({
            ...baseline(),
            subscriptionId: "99999999-9999-4999-8999-999999999999",
        }).names;
        assert.notEqual(names.storageAccount, others.storageAccount);
        assert.notEqual(names.keyVault, others.keyVault);
    });

    const refused: readonly (readonly [what: string, changes: Sections, problems: readonly string[]])[] = [
        [
            "no choice of network",
            { stateNetwork: {} },
            [
                "stateNetwork.exposure: found nothing, allowed is one of Public, Restricted, Private. Add it to the stack file.",
            ],
        ],
        [
            "private without endpoints",
            { stateNetwork: { exposure: "Private" } },
            [
                "stateNetwork.privateEndpoints: `exposure` is Private but there are no `privateEndpoints`: nothing could reach the state. Name their subnet and zones.",
            ],
        ],
        [
            "public with endpoints",
            { stateNetwork: { exposure: "Public", privateEndpoints: endpoints } },
            [
                "stateNetwork.privateEndpoints: `exposure` is Public, with which there are no private endpoints. Remove them, or set `exposure: Private`.",
            ],
        ],
        [
            "restricted to nothing",
            { stateNetwork: { exposure: "Restricted" } },
            [
                "stateNetwork.allowedIpRanges: `exposure` is Restricted but no range is listed: nothing could reach the state. List the public addresses of the runners.",
            ],
        ],
        [
            "public with ranges",
            { stateNetwork: { exposure: "Public", allowedIpRanges: ["203.0.113.7"] } },
            [
                "stateNetwork.allowedIpRanges: `exposure` is Public, with which the ranges would have no effect. Remove them, or set `exposure: Restricted`.",
            ],
        ],
        [
            "ranges that storage does not take",
            { stateNetwork: { exposure: "Restricted", allowedIpRanges: ["203.0.113.6/31", "10.0.0.0/8"] } },
            [
                'stateNetwork.allowedIpRanges: "203.0.113.6/31": storage takes no ranges of two. List both addresses.',
                'stateNetwork.allowedIpRanges: `allowedIpRanges` has "10.0.0.0/8", which holds private addresses: Azure refuses them. Remove it and connect through the private endpoint.',
            ],
        ],
        [
            "the zone of another service",
            {
                stateNetwork: {
                    exposure: "Private",
                    privateEndpoints: { ...endpoints, blobZoneId: endpoints.vaultZoneId },
                },
            },
            [
                `stateNetwork.privateEndpoints.blobZoneId: found ${JSON.stringify(endpoints.vaultZoneId).slice(0, 80)}..., allowed is the id of the private DNS zone: /subscriptions/<id>/resourceGroups/<name>/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net. Read it with \`az network private-dns zone show --resource-group <group> --name privatelink.blob.core.windows.net --query id --output tsv\`.`,
            ],
        ],
        [
            "an address for a repository",
            { github: { repository: "https://github.com/example/landing-zone" } },
            [
                'github.repository: found "https://github.com/example/landing-zone", allowed is organization/repository. Write both names as in the repository\'s address, with the same capitals.',
            ],
        ],
        [
            "one id of a repository without the other",
            { github: { repository: "example/landing-zone", ids: { owner: "1" } } },
            [
                "github.ids.repository: found nothing, allowed is a number in quotes. Add it to the stack file. Read it with `gh api repos/<organization>/<repository> --jq .id`.",
            ],
        ],
        [
            "a subject of the issuer that is retired",
            { stacks: { prod: stackOf({ ...subjects(1, 2, 3), deploySubject: "sc://org/project/prod" }) } },
            [
                'stacks.prod.azureDevOps.deploySubject: found "sc://org/project/prod", allowed is the subject identifier of a service connection with the issuer of Entra: /eid1/c/pub/t/<...>/a/<...>/sc/<organization id>/<connection id>. It is of the old issuer, vstoken.dev.azure.com, which is retired on 1 July 2027: convert the service connection, and copy the new subject.',
            ],
        ],
        [
            "one service connection to preview and to deploy",
            { stacks: { prod: stackOf(subjects(1, 1, 2)) } },
            [
                `stacks: the subject "${connection(1)}" stands there twice: one service connection would have two identities. Use one for each purpose.`,
            ],
        ],
        [
            "one service connection to preview and to look for drift",
            { stacks: { prod: stackOf(subjects(1, 2, 2)) } },
            [
                `stacks: the subject "${connection(2)}" stands there twice: one service connection would have two identities. Use one for each purpose.`,
            ],
        ],
        [
            "no service connection to look for drift",
            {
                stacks: {
                    prod: stackOf({ deploySubject: connection(1), previewSubject: connection(2) }),
                },
            },
            [
                "stacks.prod.azureDevOps.driftSubject: found nothing, allowed is the subject identifier of a service connection with the issuer of Entra: /eid1/c/pub/t/<...>/a/<...>/sc/<organization id>/<connection id>. Add it to the stack file. Copy it from the draft of the service connection (workload identity federation, manual).",
            ],
        ],
        [
            "one GitHub environment for two stacks",
            {
                stacks: {
                    dev: stackOf(subjects(1, 2, 3), { githubEnvironment: "prod" }),
                    prod: stackOf(subjects(4, 5, 6)),
                },
            },
            [
                'stacks: two stacks have the GitHub environment "prod": its jobs could deploy both. Give each stack its own.',
            ],
        ],
        [
            "no stack",
            { stacks: {} },
            [
                "stacks: found no stack, allowed is at least one. Name the stack of the landing zone, such as dev.",
            ],
        ],
        [
            "a stack that nothing can sign in to",
            { github: undefined, stacks: { prod: {} } },
            [
                "stacks.prod: nothing could sign in as its identities. Add `github` to the stack file, or `azureDevOps` here.",
            ],
        ],
        [
            "a misspelt key",
            { operatorz: {} },
            ["operatorz: found a key that does not exist. Did you mean operators?"],
        ],
        [
            "a state that is kept too shortly",
            { state: { retentionInDays: 1 } },
            [
                "state.retentionInDays: found 1, allowed is a whole number from 7 to 365. Write a number in that range, without quotes.",
            ],
        ],
    ];
    for (const [what, changes, problems] of refused) {
        it(`refuses ${what}`, () => {
            assert.deepEqual(problemsOf(changes), problems);
        });
    }

    for (const stack of ["dev", "prod"]) {
        const file = readStackFile(bootstrapFolder, stack);

        it(`of ${stack} is good but for its placeholders, which a deployment refuses`, () => {
            const { unset } = parseBootstrapConfig(file.values, { placeholders: "standIn" });
            const text = readFileSync(path.join(bootstrapFolder, `Pulumi.${stack}.yaml`), "utf8");
            const written = text.split("\n").filter((line) => /: <[^<>]+>$/.test(line));
            assert.equal(unset.length, written.length);
            assert.throws(
                () => parseBootstrapConfig(file.values),
                (error) => error instanceof ConfigurationError && error.problems.length === written.length,
            );
        });

        it(`of ${stack} is for the landing zone's stack of that name`, () => {
            const { stacks, environment } = parseBootstrapConfig(file.values, { placeholders: "standIn" });
            assert.deepEqual([Object.keys(stacks), environment], [[stack], stack]);
        });
    }

    it("has a description for every key, and Pulumi.yaml names the project", () => {
        const nameless = Object.entries(bootstrapSchema.shape).filter(
            ([, schema]) => !metaOf(schema).description,
        );
        assert.deepEqual(nameless, []);
        const project = parse(readFileSync(path.join(bootstrapFolder, "Pulumi.yaml"), "utf8")) as {
            name: string;
        };
        assert.equal(project.name, bootstrapProject);
    });
});
