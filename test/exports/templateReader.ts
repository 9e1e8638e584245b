import * as assert from "node:assert/strict";
import type { ArmTemplate } from "../../exports/arm/template";
import type { DeclaredStack } from "../../exports/declared";
import { isRecord } from "../../simulator/records";

/** A resource as Azure would see it: what a template declares, with every function worked out. */
export interface ReadResource {
    id: string;
    type: string;
    apiVersion: string;
    /** The body of the request. */
    body: Record<string, unknown>;
    /** Ids that the template lets it wait for, by its own `dependsOn` and that of the deployments around it. */
    waitsFor: readonly string[];
    /** Ids that it asks for properties of. */
    asks: readonly string[];
}

/** A nested deployment, or the template itself. */
interface Deployment {
    id: string;
    waitsFor: readonly string[];
    members: readonly string[];
}

/** Everything that a template declares, worked out as Azure does. */
export interface ReadTemplate {
    resources: ReadResource[];
    deployments: Deployment[];
}

interface Place {
    subscriptionId: string;
    resourceGroup?: string;
    parameters: Readonly<Record<string, unknown>>;
}

/** Works a template out against a stack's plan, whose state answers `reference`. Strict: what it does not know is an error. */
export function readTemplate(template: ArmTemplate, stack: DeclaredStack): ReadTemplate {
    const reader = new Reader(stack);
    reader.read(template, { subscriptionId: stack.subscriptionId, parameters: {} });
    return reader;
}

class Reader implements ReadTemplate {
    readonly resources: ReadResource[] = [];
    readonly deployments: Deployment[] = [];

    constructor(private readonly stack: DeclaredStack) {}

    read({ resources }: ArmTemplate, place: Place): void {
        for (const declaration of resources) {
            const properties = declaration["properties"];
            if (isRecord(properties) && isRecord(properties["template"]) && "resourceGroup" in declaration) {
                this.nested(declaration, properties, place);
            } else {
                this.resources.push(this.resource(declaration, place));
            }
        }
    }

    private nested(
        declaration: Record<string, unknown>,
        properties: Record<string, unknown>,
        outer: Place,
    ): void {
        assert.deepEqual(properties["expressionEvaluationOptions"], { scope: "inner" });
        const inner = {
            subscriptionId: outer.subscriptionId,
            resourceGroup: String(declaration["resourceGroup"]),
            parameters: {},
        };
        const start = this.resources.length;
        this.read(properties["template"] as ArmTemplate, inner);
        const { value } = this.worker(outer);
        this.deployments.push({
            id: `/subscriptions/${outer.subscriptionId}/resourceGroups/${inner.resourceGroup}/providers/Microsoft.Resources/deployments/${String(declaration["name"])}`,
            waitsFor: value(declaration["dependsOn"] ?? []) as string[],
            members: this.resources.slice(start).map(({ id }) => id),
        });
    }

    private resource(declaration: Record<string, unknown>, place: Place): ReadResource {
        const { value, asks } = this.worker(place);
        const { type, apiVersion, name, scope, comments, dependsOn = [], ...body } = declaration;
        assert.equal(typeof comments, "string");
        const names = String(name).split("/");
        const segments = String(type).split("/");
        assert.equal(names.length, segments.length - 1, `${String(type)} ${String(name)}`);
        const front = scope === undefined ? groupOrSubscription(place) : String(value(scope));
        return {
            id: resourceId(front, segments, names),
            type: String(type),
            apiVersion: String(apiVersion),
            body: value(body) as Record<string, unknown>,
            waitsFor: value(dependsOn) as string[],
            asks,
        };
    }

    private worker(place: Place): { value: (given: unknown) => unknown; asks: string[] } {
        const asks: string[] = [];
        const functions: Record<string, (...given: unknown[]) => unknown> = {
            concat: (...texts) => texts.map(String).join(""),
            subscription: () => ({
                id: `/subscriptions/${place.subscriptionId}`,
                subscriptionId: place.subscriptionId,
                tenantId: this.stack.tenantId,
            }),
            parameters: (name) => `parameter ${String(name)}`,
            resourceId: (...given) => {
                const at = given.findIndex((each) => /^[\w.]+\.[\w.]+\//.test(String(each)));
                const [group = place.resourceGroup, subscription = place.subscriptionId] = given
                    .slice(0, at)
                    .reverse()
                    .map(String);
                const front = groupOrSubscription({ subscriptionId: subscription, resourceGroup: group });
                return resourceId(front, String(given[at]).split("/"), given.slice(at + 1).map(String));
            },
            subscriptionResourceId: (type, ...names) =>
                type === "Microsoft.Resources/resourceGroups"
                    ? `/subscriptions/${place.subscriptionId}/resourceGroups/${String(names[0])}`
                    : resourceId(
                          `/subscriptions/${place.subscriptionId}`,
                          String(type).split("/"),
                          names.map(String),
                      ),
            extensionResourceId: (of, type, ...names) =>
                resourceId(String(of), String(type).split("/"), names.map(String)),
            reference: (id, apiVersion, full) => {
                const resource = this.stack.resources.find((each) => each.id === id);
                assert.ok(resource, `reference to ${String(id)}`);
                assert.equal(typeof apiVersion, "string");
                asks.push(String(id));
                const { properties, ...flat } = resource.state;
                return full === "Full"
                    ? resource.state
                    : { ...flat, ...(isRecord(properties) ? properties : {}) };
            },
        };
        const value = (given: unknown): unknown => {
            if (typeof given === "string") {
                return given.startsWith("[[")
                    ? given.slice(1)
                    : given.startsWith("[")
                      ? new Expression(given.slice(1, -1), functions).value()
                      : given;
            }
            if (Array.isArray(given)) {
                return given.map(value);
            }
            // Templates inside are worked out where they are deployed, not here.
            return isRecord(given)
                ? Object.fromEntries(
                      Object.entries(given).map(([key, item]) => [
                          String(value(key)),
                          key === "template" ? item : value(item),
                      ]),
                  )
                : given;
        };
        return { value, asks };
    }
}

function groupOrSubscription({ subscriptionId, resourceGroup }: Omit<Place, "parameters">): string {
    const front = `/subscriptions/${subscriptionId}`;
    return resourceGroup === undefined ? front : `${front}/resourceGroups/${resourceGroup}`;
}

function resourceId(front: string, [namespace = "", ...types]: string[], names: readonly string[]): string {
    if (`${namespace}/${types.join("/")}` === "Microsoft.Resources/resourceGroups") {
        return `${front}/resourceGroups/${names[0]}`;
    }
    return [`${front}/providers/${namespace}`, ...types.map((type, index) => `${type}/${names[index]}`)].join(
        "/",
    );
}

/** `name(arguments).property[0]`, with texts in single quotes. */
class Expression {
    private at = 0;

    constructor(
        private readonly text: string,
        private readonly functions: Readonly<Record<string, (...given: unknown[]) => unknown>>,
    ) {}

    value(): unknown {
        const result = this.term();
        assert.equal(this.at, this.text.length, `the rest of ${this.text}`);
        return result;
    }

    private term(): unknown {
        const quoted = this.take(/'((?:[^']|'')*)'/y);
        if (quoted) {
            return quoted[1]?.replaceAll("''", "'");
        }
        const [, name = ""] = this.take(/(\w+)\(/y) ?? assert.fail(`${this.text} at ${this.at}`);
        const given: unknown[] = [];
        while (!this.take(/\)/y)) {
            given.push(this.term());
            this.take(/, /y);
        }
        let result = (this.functions[name] ?? assert.fail(`the function ${name}`))(...given);
        for (let step = this.step(); step; step = this.step()) {
            result = isRecord(result) ? result[step[1] ?? ""] : (result as unknown[])[Number(step[1])];
            assert.notEqual(result, undefined, this.text);
        }
        return result;
    }

    private step(): RegExpExecArray | undefined {
        return this.take(/\.(\w+)/y) ?? this.take(/\[(\d+)\]/y);
    }

    private take(pattern: RegExp): RegExpExecArray | undefined {
        pattern.lastIndex = this.at;
        const found = pattern.exec(this.text) ?? undefined;
        this.at += found?.[0].length ?? 0;
        return found;
    }
}
