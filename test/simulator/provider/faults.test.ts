import * as assert from "node:assert/strict";
import { Faults } from "../../../simulator/provider/faults";
import type { Fault } from "../../../simulator/provider/faults";

const target = { kind: "create", type: "azure-native:network:Subnet", name: "nodes" } as const;
const fault = (given: Partial<Fault>): Fault => ({ operation: "any", times: 1, effect: "refuse", ...given });

describe("simulator/provider/faults", () => {
    /** Which of so many like operations go wrong, from 1. */
    const hits = (given: Partial<Fault>, count = 6): number[] => {
        const faults = new Faults();
        faults.replaceAll([fault(given)]);
        const numbers = Array.from({ length: count }, (_, index) => index + 1);
        return numbers.filter(() => faults.take(target) !== undefined);
    };

    for (const [title, given, expected] of [
        ["the first, where nothing is said", {}, [1]],
        ["the n-th", { nth: 3 }, [3]],
        ["as many as it says", { times: 2 }, [1, 2]],
        ["as many as it says, from the n-th on", { nth: 3, times: 2 }, [3, 4]],
        ["all from the n-th on", { nth: 4, times: "always" }, [4, 5, 6]],
        ["none of another kind", { operation: "delete", times: "always" }, []],
        ["none of another type", { type: "azure-native:network:VirtualNetwork", times: "always" }, []],
        ["none of another name", { name: "node", times: "always" }, []],
        ["those that match in everything", { operation: "create", type: target.type, name: "nodes" }, [1]],
    ] as const) {
        it(`hits ${title}`, () => assert.deepEqual(hits(given), expected));
    }

    it("counts only operations that match the rest", () => {
        const faults = new Faults();
        faults.replaceAll([fault({ name: "nodes", nth: 2 })]);
        const taken = ["nodes", "pods", "pods", "nodes", "nodes"].map((name) =>
            faults.take({ ...target, name }),
        );
        assert.deepEqual(
            taken.map((found) => found !== undefined),
            [false, false, false, true, false],
        );
    });

    it("takes the first of several, and forgets all when it is given others", () => {
        const faults = new Faults();
        faults.replaceAll([fault({ effect: "throttle" }), fault({ times: 2 })]);
        assert.deepEqual(
            [1, 2, 3].map(() => faults.take(target)?.effect),
            ["throttle", "refuse", undefined],
        );
        faults.replaceAll([]);
        assert.equal(faults.take(target), undefined);
    });
});
