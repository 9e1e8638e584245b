import * as assert from "node:assert/strict";
import { refusal } from "../../../simulator/azure/rules";
import { isWithin } from "../../../simulator/azure/rules/ids";
import { lockType } from "../../../simulator/azure/typeTokens";
import type { CapturedResource, Deployment } from "../../support/harness";
import { deployStack } from "../../support/stacks";
import { TestSubscription } from "../../support/subscription";

// Longer than a role assignment takes to work.
const secondsBetween = 100;

const simulated = ({ resources }: Deployment) =>
    resources.filter(({ custom, type }) => custom && /^(azure-native|azuread):/.test(type));

/** The resources as operations in that order, each finished before the next begins; answers with what was refused. */
function replay(azure: TestSubscription, kind: "create" | "delete", resources: CapturedResource[]): string[] {
    const refused: string[] = [];
    for (const { name, type, inputs, id = "", state } of resources) {
        azure.now += secondsBetween;
        const error = refusal({ kind, id, type, inputs }, azure);
        if (error) {
            refused.push(`${name}: ${error.message}`);
        } else if (kind === "create") {
            azure.hold({ id, type, inputs, state, createdAt: azure.now });
        } else {
            for (const gone of azure.all().filter((resource) => isWithin(resource.id, id))) {
                azure.remove(gone.id);
            }
        }
    }
    return refused;
}

describe("rules, the stacks", () => {
    for (const stack of ["dev", "prod"]) {
        it(`have no objection to ${stack}, neither on the way up nor on the way down`, async () => {
            const deployment = await deployStack(stack);
            const resources = simulated(deployment);
            const azure = new TestSubscription();
            assert.deepEqual(replay(azure, "create", resources), []);
            assert.equal(azure.all().length, resources.length);

            // The engine leaves some to what takes them along; locks go first, when the protection is lifted.
            const deleted = resources.filter(({ options }) => options.deletedWith === undefined).reverse();
            const isLock = ({ type }: CapturedResource) => type === lockType;
            const order = [...deleted.filter(isLock), ...deleted.filter((each) => !isLock(each))];
            assert.deepEqual(replay(azure, "delete", order), []);
            assert.deepEqual(
                azure.all().map(({ id }) => id),
                [],
            );
        });

        it(`object to ${stack} where the cluster comes right after its roles`, async () => {
            const resources = simulated(await deployStack(stack));
            const azure = new TestSubscription();
            for (const { id = "", type, inputs, state } of resources) {
                azure.hold({ id, type, inputs, state, createdAt: azure.now });
            }
            const cluster = resources.filter(({ type }) => type.endsWith(":ManagedCluster"));
            azure.remove(cluster[0]?.id ?? "");
            azure.now -= secondsBetween - 1;
            const [refused] = replay(azure, "create", cluster);
            assert.match(refused ?? "", /MissingPermission|LinkedAuthorizationFailed/);
        });
    }
});
