import * as assert from "node:assert/strict";
import { parseFault } from "../../rehearsal/conditions/fault";
import { parseQuota, parseZones } from "../../rehearsal/conditions/limits";
import { run } from "../../rehearsal/command";
import { runHere } from "../support/commandRun";

describe("rehearsal/conditions", () => {
    it("reads a fault with what is not said filled in", () => {
        assert.deepEqual(parseFault("type=ManagedCluster,effect=timeOut"), {
            operation: "create",
            type: "azure-native:containerservice:ManagedCluster",
            times: 1,
            effect: "timeOut",
        });
        assert.deepEqual(
            parseFault("operation=any, nth=3, times=always, effect=throttle, retryAfterSeconds=20"),
            {
                operation: "any",
                nth: 3,
                times: "always",
                effect: "throttle",
                retryAfterSeconds: 20,
            },
        );
        assert.deepEqual(
            parseFault("type=azuread:index/group:Group,name=a=b,times=2,effect=refuse,code=QuotaExceeded"),
            {
                operation: "create",
                type: "azuread:index/group:Group",
                name: "a=b",
                times: 2,
                effect: "refuse",
                code: "QuotaExceeded",
            },
        );
    });

    it("says what is wrong with a fault, and what is allowed", () => {
        const cases: Record<string, RegExp> = {
            "effect=explode": /^effect: .*A fault is operation=create,/,
            "type=ManagedCluster": /^effect: .*A fault is /,
            "efect=refuse": /^"efect=refuse" is no part of a fault\. Did you mean "effect"\? A fault is /,
            refuse: /^"refuse" is no part of a fault/,
            "type=ManagedClutser,effect=refuse":
                /^type: the simulated Azure has no "ManagedClutser"\. Did you mean "ManagedCluster"\?/,
            "effect=refuse,times=0": /^times: /,
            "effect=refuse,nth=x": /^nth: /,
        };
        for (const [text, message] of Object.entries(cases)) {
            assert.throws(() => parseFault(text), { message });
        }
    });

    it("adds up quotas and zones", () => {
        assert.deepEqual(parseQuota("cores=0", parseQuota("standardDDSv5Family=100")), {
            standardDDSv5Family: 100,
            cores: 0,
        });
        assert.deepEqual(parseZones("Standard_D8ds_v5=", parseZones("Standard_D4ds_v5=1,2")), {
            Standard_D4ds_v5: ["1", "2"],
            Standard_D8ds_v5: [],
        });
    });

    it("says what is wrong with a quota or a zone", () => {
        assert.throws(() => parseQuota("cores"), {
            message: /^--quota cores: it takes a name, an equals sign/,
        });
        assert.throws(() => parseQuota("cores=-1"), { message: /"-1" is no number of vCPUs/ });
        assert.throws(() => parseQuota("cores=many"), { message: /"many" is no number of vCPUs/ });
        assert.throws(() => parseZones("Standard_D4ds_v5=1,4"), { message: /there is no zone "4"/ });
    });

    it("are refused by the command beside their option, before anything starts", async () => {
        for (const [option, value, message] of [
            ["--inject", "effect=explode", /--inject .*effect: /],
            ["--quota", "cores", /--quota .*as in standardDDSv5Family=100/],
            ["--zones", "x=9", /--zones .*there is no zone "9"/],
        ] as const) {
            const { code, stderr } = await runHere(run, ["dev", option, value]);
            assert.equal(code, 1);
            assert.match(stderr, message);
        }
    });
});
