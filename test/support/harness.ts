import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { capture } from "../../simulator/capture";
import type { Capture, CapturedResource, Phase } from "../../simulator/capture";
import type { SimulatedEnvironment } from "../../simulator";
import { withStackTraces } from "../../speed/stackTraces";
import { dropVersionAliases } from "../../speed/versionAliases";

export type { CapturedResource } from "../../simulator/capture";

/** Ids that every test shares; no GUID in a test is made up twice. */
export const testEnvironment: SimulatedEnvironment = {
    subscriptionId: "11111111-1111-4111-8111-111111111111",
    tenantId: "22222222-2222-4222-8222-222222222222",
    deployerObjectId: "33333333-3333-4333-8333-333333333333",
};

export interface DeployOptions {
    /** Leaves computed values unknown. Defaults to false. */
    preview?: boolean;
    /** Answers provider functions; without it the simulator answers those it knows and refuses the rest. */
    call?: (token: string, args: Record<string, unknown>) => Record<string, unknown> | undefined;
}

/** A finished test deployment with ways to find its resources. */
export class Deployment {
    constructor(readonly captured: Capture) {}

    get resources(): CapturedResource[] {
        return this.captured.resources;
    }

    get outputs(): Record<string, unknown> {
        return this.captured.outputs;
    }

    /** All resources of a type token. */
    ofType(type: string): CapturedResource[] {
        return this.resources.filter((resource) => resource.type === type);
    }

    /** The only resource of a type, or the one with that logical name; fails when there is none or more than one. */
    one(type: string, name?: string): CapturedResource {
        const found = this.ofType(type).filter((resource) => name === undefined || resource.name === name);
        const [only] = found;
        const wanted = name === undefined ? type : `${type} "${name}"`;
        assert.ok(
            only && found.length === 1,
            `expected one ${wanted}, found ${found.length}: ${found.map((resource) => resource.name).join(", ")}`,
        );
        return only;
    }

    /** Logical name of a resource's parent. */
    parentName(resource: CapturedResource): string | undefined {
        return this.resources.find((candidate) => candidate.urn === resource.parent)?.name;
    }

    /** Logical names of the protected resources, components left out. */
    protectedNames(): string[] {
        return this.resources
            .filter(({ custom, options }) => custom && options.protect)
            .map(({ name }) => name)
            .sort();
    }

    /** Logical names of the resources that this one waits for. */
    dependencyNames(resource: CapturedResource): string[] {
        return resource.options.dependsOn.map((urn) => urn.split("::")[3] ?? urn).sort();
    }
}

/**
 * Runs `program` against the simulator, as a stack, and returns what it registered. URNs must be unique, as the
 * engine demands and Pulumi's mocks do not check.
 */
export async function deploy(
    program: () => Record<string, unknown> | void | Promise<Record<string, unknown> | void>,
    options: DeployOptions = {},
): Promise<Deployment> {
    const phase: Phase = options.preview ? "preview" : "update";
    const declare = () => {
        dropVersionAliases();
        return program();
    };
    const captured = await withStackTraces(false, () =>
        capture(declare, {
            project: "aks-landing-zone",
            stack: "test",
            phase,
            environment: testEnvironment,
            call: options.call,
        }),
    );
    const seen = new Set<string>();
    for (const { urn } of captured.resources) {
        assert.ok(!seen.has(urn), `duplicate URN ${urn}`);
        seen.add(urn);
    }
    return new Deployment(captured);
}

/** Type and name of every resource, the stack left out, in alphabetical order. */
export function createdPairs(deployment: Deployment): [string, string][] {
    return deployment.resources
        .filter(({ type }) => type !== "pulumi:pulumi:Stack")
        .map(({ type, name }): [string, string] => [type, name])
        .sort();
}

/** The same as {@link createdPairs}, each as one text: `type name`. */
export function created(deployment: Deployment): string[] {
    return createdPairs(deployment)
        .map(([type, name]) => `${type} ${name}`)
        .sort();
}

/** Resources of a type by name: the order in which they were registered does not matter. */
export function sortedByName(deployment: Deployment, type: string): CapturedResource[] {
    return deployment.ofType(type).sort((left, right) => left.name.localeCompare(right.name));
}

/** The value of an output; rejects with its error, or when it does not resolve in time. Assert on what it returns. */
export async function valueOf<T>(
    output: pulumi.Input<T>,
    timeoutInMilliseconds = 5000,
): Promise<pulumi.Unwrap<T>> {
    const value = (pulumi.output(output) as unknown as { promise(): Promise<pulumi.Unwrap<T>> }).promise();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(new Error("output did not resolve")), timeoutInMilliseconds);
    });
    return Promise.race([value, late]).finally(() => clearTimeout(timer));
}

/** The error message that a program fails with; fails when it does not fail. */
export async function failureOf(program: () => Record<string, unknown> | void): Promise<string> {
    try {
        await deploy(program);
    } catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
    throw new assert.AssertionError({ message: "expected the program to fail, but it succeeded" });
}
