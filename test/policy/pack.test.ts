import * as assert from "node:assert/strict";
import type {
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
    ResourceValidationArgs,
} from "@pulumi/policy";
import type { CapturedResource } from "../../simulator/capture";
import { policies } from "../../policy/pack/policies";
import { rulesByTopic } from "../../policy/rules";
import { today } from "../support/today";
import { inside, remove, resource, setInput } from "../support/editing";
import { editable } from "./editableStack";
import type { EditableStack } from "./editableStack";

/** In a test: a value that nobody knows before the update. */
const unknown = Symbol("unknown");

/** Values as @pulumi/policy hands them out: reading an unknown one throws. */
function told(value: unknown): unknown {
    if (typeof value !== "object" || value === null) {
        return value;
    }
    return new Proxy(value, {
        get: (target, key) => {
            const inner = (target as Record<string | symbol, unknown>)[key];
            if (inner === unknown) {
                throw Object.assign(new Error(`${String(key)} can't be known`), { unknownTypeSentinel: "s" });
            }
            return told(inner);
        },
    });
}

const subscription = (stack: EditableStack) =>
    stack.update.resources.find(({ type }) => type === "pulumi:providers:azure-native")?.inputs ?? {};

/** What the engine says of a resource. */
function argsOf(stack: EditableStack, one: CapturedResource, props: object) {
    const { urn, type, name, options, parent, custom, provider } = one;
    const isProvider = type.startsWith("pulumi:providers:");
    return {
        urn,
        type,
        name,
        props: told(props),
        opts: { ...options, aliases: [], additionalSecretOutputs: [], parent },
        ...(custom && !isProvider
            ? { provider: { urn: provider.split("::").slice(0, 4).join("::"), props: subscription(stack) } }
            : {}),
    };
}

/** Asks every policy about a stack as the engine does, and returns what they report. */
async function reported(stack: EditableStack): Promise<string[]> {
    const said: string[] = [];
    const all = policies(() => stack.today) as Partial<ResourceValidationPolicy & StackValidationPolicy>[];
    const nameOf = (urn: string | undefined) => urn?.split("::").pop() ?? "stack";
    for (const one of stack.update.resources) {
        const args = argsOf(stack, one, one.inputs) as unknown as ResourceValidationArgs;
        for (const { name, validateResource } of all) {
            if (typeof validateResource === "function") {
                await validateResource(args, (message) =>
                    said.push(`${name ?? ""} ${one.name}: ${message.split(". To mend")[0] ?? ""}`),
                );
            }
        }
    }
    const resources = stack.update.resources.map((one) => ({
        ...argsOf(stack, one, one.state),
        ...(one.parent === undefined ? {} : { parent: { urn: one.parent } }),
        dependencies: one.options.dependsOn.map((urn) => ({ urn })),
    }));
    for (const { name, validateStack } of all) {
        await validateStack?.({ resources } as unknown as StackValidationArgs, (message, urn) =>
            said.push(`${name ?? ""} ${nameOf(urn)}: ${message.split(". To mend")[0] ?? ""}`),
        );
    }
    return said;
}

const cluster = "cluster-managed-cluster";

describe("policy pack", () => {
    it("has a policy for every rule that the engine tells enough for", () => {
        const ofPlan = Object.values(rulesByTopic)
            .flatMap((rules): readonly { id: string; judgedBy?: "plan" }[] => rules)
            .filter(({ judgedBy }) => judgedBy === "plan")
            .map(({ id }) => id);
        const names = policies(() => today).map(({ name }) => name);
        assert.equal(new Set(names).size, names.length);
        assert.deepEqual(
            ofPlan.filter((id) => names.includes(id)),
            [],
        );
        assert.ok(names.length >= 130, String(names.length));
        assert.deepEqual(ofPlan, [
            "same-resources-in-preview-and-update",
            "unique-urns",
            "kubeconfig-is-secret",
            "no-secret-in-plain-inputs",
            "no-unset-placeholders",
        ]);
    });

    for (const name of ["dev", "prod"]) {
        it(`has nothing to say about ${name}, with its waivers`, async () => {
            assert.deepEqual(await reported(await editable(name)), []);
        });
    }

    it("refuses a resource for what it shows by itself, once", async () => {
        const stack = await editable("prod");
        setInput(stack, cluster, "disableLocalAccounts", undefined);
        assert.deepEqual(await reported(stack), [
            `cluster-without-local-accounts ${cluster}: \`disableLocalAccounts\` is not set to true`,
        ]);
    });

    it("refuses a stack for what is missing in it", async () => {
        const stack = await editable("prod");
        remove(stack, "tenant-payments-prod-default-deny");
        remove(stack, "vault-audit-logs");
        assert.deepEqual(await reported(stack), [
            "cluster-vault-and-registry-are-logged vault-vault: no diagnostic setting sends its logs to a workspace",
            "vault-audit-is-logged vault-vault: its audit log is not recorded",
            "tenant-namespace-is-fenced tenant-payments-prod-namespace: lacks default deny of ingress and default deny of egress",
        ]);
    });

    it("reports waivers that are unused or have expired", async () => {
        const stack = await editable("prod");
        setInput(stack, cluster, "autoUpgradeProfile.nodeOSUpgradeChannel", "NodeImage");
        for (const phase of [stack.preview, stack.update]) {
            phase.resources = phase.resources.filter(
                ({ name, type }) => name !== "kured-release" && !type.endsWith(":Kured"),
            );
        }
        assert.deepEqual(await reported(stack), [
            `waivers-are-used stack: the waiver of node-images-come-from-aks for ${cluster} covers nothing`,
        ]);
        stack.today = "2027-07-01";
        const late = await reported(stack);
        assert.ok(late.some((text) => text.startsWith("waivers-are-current stack: the waiver of ")));
    });

    it("judges a stack anew each time that it is asked", async () => {
        const all = policies(() => today) as Partial<StackValidationPolicy>[];
        const stack = await editable("prod");
        const ask = async () => {
            let said = 0;
            const resources = stack.update.resources.map((one) => ({
                ...argsOf(stack, one, one.state),
                dependencies: [],
            }));
            for (const { validateStack, name } of all) {
                if (name === "private-endpoint-registers-its-name") {
                    await validateStack?.({ resources } as unknown as StackValidationArgs, () => (said += 1));
                }
            }
            return said;
        };
        assert.equal(await ask(), 0);
        remove(stack, "vault-private-link-dns");
        assert.equal(await ask(), 1);
    });

    it("judges a resource by the rules for its project", async () => {
        const all = policies(() => today) as Partial<ResourceValidationPolicy>[];
        const type = "azure-native:storage:StorageAccount";
        const refusing = async (project: string) => {
            const urn = `urn:pulumi:shared::${project}::${type}::state`;
            const props = { allowSharedKeyAccess: true, allowBlobPublicAccess: false };
            const args = { urn, type, name: "state", props, opts: { aliases: [] } };
            const names: (string | undefined)[] = [];
            for (const { name, validateResource } of all) {
                if (typeof validateResource === "function") {
                    await validateResource(args as unknown as ResourceValidationArgs, () => names.push(name));
                }
            }
            return names;
        };
        assert.deepEqual(await refusing("aks-landing-zone-bootstrap"), [
            "state-takes-no-keys",
            "state-denies-unknown-networks",
        ]);
        assert.deepEqual(await refusing("aks-landing-zone"), []);
    });

    describe("where values are not known yet", () => {
        it("withholds what it would conclude from them", async () => {
            const stack = await editable("prod");
            setInput(stack, cluster, "disableLocalAccounts", unknown);
            setInput(stack, "network-user-nodes-subnet", "networkSecurityGroup.id", unknown);
            for (const one of stack.update.resources) {
                if (one.type.startsWith("azure-native:")) {
                    one.state = { ...one.state, name: unknown };
                }
                if ("resourceGroupName" in one.inputs) {
                    one.inputs["resourceGroupName"] = unknown;
                }
            }
            assert.deepEqual(await reported(stack), []);
        });

        it("still refuses what is certain", async () => {
            const stack = await editable("prod");
            setInput(stack, cluster, "networkProfile.podCidr", unknown);
            setInput(stack, cluster, "aadProfile.enableAzureRBAC", false);
            inside(stack, "network-ingress-nsg", "securityRules", "1")["access"] = "Allow";
            assert.deepEqual(await reported(stack), [
                "network-security-group-denies-the-rest network-ingress-nsg: no inbound rule denies what the others do not allow",
                'internet-reaches-no-management-port network-ingress-nsg: rule "DenyAllInbound" lets the Internet reach port *',
                `cluster-uses-entra-and-azure-rbac ${cluster}: \`aadProfile.enableAzureRBAC\` is not set to true`,
            ]);
        });

        it("does not call a waiver unused whose finding is withheld", async () => {
            const stack = await editable("prod");
            setInput(stack, cluster, "autoUpgradeProfile.nodeOSUpgradeChannel", unknown);
            resource(stack, cluster).state = {};
            assert.deepEqual(
                (await reported(stack)).filter((text) => text.startsWith("waivers")),
                [],
            );
        });
    });
});
