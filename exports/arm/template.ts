import { modelOfType } from "../../simulator/azure/models/modelOf";
import { types } from "../../stack/resourceTypes";
import { isAzure } from "../../stack/stackView";
import { groupBy } from "../../stack/values";
import { textsOf, unknownInputs } from "../declared";
import type { DeclaredStack } from "../declared";
import { homeOf } from "./armAddress";
import type { ArmAddress } from "./armAddress";
import { armResource } from "./armResource";
import type { ArmResource } from "./armResource";
import { idCall } from "./expression";
import type { TemplateScope } from "./expression";
import { KnownValues } from "./knownValues";
import type { TemplateParameter } from "./knownValues";
import { staged } from "./stages";
import type { StagedResource } from "./stages";

/** A template of Azure Resource Manager, as far as the export writes one. */
export interface ArmTemplate {
    $schema: string;
    contentVersion: string;
    parameters: Record<string, { type: string; metadata: { description: string } }>;
    resources: Record<string, unknown>[];
}

const schemas = {
    subscription:
        "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#",
    group: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
} as const;

const deploymentType = "Microsoft.Resources/deployments";
// Azure keeps the names of deployments to 64 characters.
const longestGroupInName = 60;

/**
 * The Azure half of a stack as one template for `az deployment sub create`: resource groups and what belongs to the
 * subscription directly, and nested deployments into the groups, in stages where groups need each other in turns.
 * @param known What the template can ask Azure for. Defaults to all that the stack tells.
 */
export function armTemplate(stack: DeclaredStack, known = new KnownValues(stack)): ArmTemplate {
    const declared = stack.resources.filter(isAzure);
    const byUrn = new Map(declared.map((resource) => [resource.urn, resource]));
    const resources = declared.map((resource) => {
        const unknown = unknownInputs(stack, resource).flatMap(({ value }) => textsOf(value));
        return armResource(resource, known, new Set(unknown));
    });
    const urnOfId = new Map(declared.map(({ id = "", urn }) => [id.toLowerCase(), urn]));
    const all = staged(resources, ({ urn, address, mentions }) => [
        ...(byUrn.get(urn)?.options.dependsOn ?? []),
        ...mentions,
        ...above(address).flatMap((id) => urnOfId.get(id.toLowerCase()) ?? []),
    ]);
    return new TemplateWriter(stack.subscriptionId, all).template();
}

/** The ids of what an address is in or extends: its group, its parents, the resource that it belongs to. */
function above({ place, type, names }: ArmAddress): string[] {
    const [namespace, ...segments] = type.split("/");
    const front = place.kind === "extension" ? idOf(place.of) : placeId(place);
    const parents = segments.slice(0, -1).map((_, count) => {
        const path = segments.slice(0, count + 1).map((segment, index) => `${segment}/${names[index]}`);
        return `${front}/providers/${namespace}/${path.join("/")}`;
    });
    return [...parents, front, ...(place.kind === "extension" ? above(place.of) : [])];
}

function idOf({ place, type, names }: ArmAddress): string {
    const front = place.kind === "extension" ? idOf(place.of) : placeId(place);
    if (type === "Microsoft.Resources/resourceGroups") {
        return `${front}/resourceGroups/${names[0]}`;
    }
    const [namespace, ...segments] = type.split("/");
    return `${front}/providers/${namespace}/${segments.map((segment, index) => `${segment}/${names[index]}`).join("/")}`;
}

function placeId(place: TemplateScope): string {
    const subscription = `/subscriptions/${place.subscriptionId}`;
    return place.kind === "group" ? `${subscription}/resourceGroups/${place.resourceGroup}` : subscription;
}

/** One nested deployment: the resources of one group at one stage. */
interface Nested {
    name: string;
    scope: TemplateScope & { kind: "group" };
    members: readonly StagedResource[];
}

class TemplateWriter {
    private readonly nested: readonly Nested[];
    private readonly nestedOf: ReadonlyMap<string, Nested>;
    private readonly byUrn: ReadonlyMap<string, StagedResource>;
    private readonly scope: TemplateScope;

    constructor(
        subscriptionId: string,
        private readonly all: readonly StagedResource[],
    ) {
        this.scope = { kind: "subscription", subscriptionId };
        this.byUrn = new Map(all.map((each) => [each.resource.urn, each]));
        this.nested = nestedDeployments(all);
        this.nestedOf = new Map(
            this.nested.flatMap((each) => each.members.map(({ resource }) => [resource.urn, each] as const)),
        );
    }

    template(): ArmTemplate {
        const direct = this.all.filter(({ home }) => home === "");
        return {
            $schema: schemas.subscription,
            contentVersion: "1.0.0.0",
            parameters: parametersOf(this.all),
            resources: [
                ...direct.map((each) => this.declaration(each, this.scope)),
                ...this.nested.map((each) => this.deployment(each)),
            ],
        };
    }

    private deployment({ name, scope, members }: Nested): Record<string, unknown> {
        const parameters = parametersOf(members);
        const group = members.flatMap(({ dependsOn }) => dependsOn);
        return {
            type: deploymentType,
            apiVersion: modelOfType(types.deployment).apiVersion,
            name,
            ...(scope.subscriptionId === this.scope.subscriptionId
                ? {}
                : { subscriptionId: scope.subscriptionId }),
            resourceGroup: scope.resourceGroup,
            properties: {
                mode: "Incremental",
                expressionEvaluationOptions: { scope: "inner" },
                parameters: Object.fromEntries(
                    Object.keys(parameters).map((each) => [each, { value: `[parameters('${each}')]` }]),
                ),
                template: {
                    $schema: schemas.group,
                    contentVersion: "1.0.0.0",
                    parameters,
                    resources: members.map((each) => this.declaration(each, scope)),
                },
            },
            dependsOn: this.targets(group, (urn) => this.nestedOf.get(urn)?.members !== members, this.scope),
        };
    }

    private declaration(each: StagedResource, scope: TemplateScope): Record<string, unknown> {
        // Inside a nested deployment only what is in it can be waited for; the deployment itself waits for the rest.
        const home = this.nestedOf.get(each.resource.urn);
        const dependsOn = this.targets(
            each.dependsOn,
            (urn) => home === undefined || this.nestedOf.get(urn) === home,
            scope,
        );
        return { ...each.resource.declaration, ...(dependsOn.length > 0 ? { dependsOn } : {}) };
    }

    private targets(
        urns: readonly string[],
        counts: (urn: string) => boolean,
        scope: TemplateScope,
    ): string[] {
        const targets = urns.filter(counts).flatMap((urn) => this.target(urn, scope) ?? []);
        return [...new Set(targets)].sort();
    }

    private target(urn: string, scope: TemplateScope): string | undefined {
        const nested = this.nestedOf.get(urn);
        if (nested && scope.kind === "subscription") {
            return `[${idCall({ type: deploymentType, names: [nested.name], place: nested.scope }, scope)}]`;
        }
        const address = this.byUrn.get(urn)?.resource.address;
        return address && `[${idCall(address, scope)}]`;
    }
}

function nestedDeployments(all: readonly StagedResource[]): Nested[] {
    const inGroups = all.filter(({ home }) => home !== "");
    const homes = groupBy(inGroups, ({ home }) => home);
    return [...homes.values()]
        .flatMap((members) => {
            const stages = [...groupBy(members, ({ stage }) => String(stage)).values()].sort(
                (one, other) => (one[0]?.stage ?? 0) - (other[0]?.stage ?? 0),
            );
            return stages.flatMap((stage, index) => {
                const scope = stage[0] && homeOf(stage[0].resource.address);
                return scope?.kind === "group"
                    ? [
                          {
                              name: `${scope.resourceGroup.slice(0, longestGroupInName)}-${index + 1}`,
                              scope,
                              members: stage,
                          },
                      ]
                    : [];
            });
        })
        .sort((one, other) => (one.members[0]?.stage ?? 0) - (other.members[0]?.stage ?? 0));
}

function parametersOf(members: readonly { resource: ArmResource }[]): ArmTemplate["parameters"] {
    const parameters = new Map<string, TemplateParameter>();
    members.forEach(({ resource }) => resource.parameters.forEach((each) => parameters.set(each.name, each)));
    return Object.fromEntries(
        [...parameters.values()]
            .sort((one, other) => (one.name < other.name ? -1 : 1))
            .map(({ name, type, description }) => [name, { type, metadata: { description } }]),
    );
}
