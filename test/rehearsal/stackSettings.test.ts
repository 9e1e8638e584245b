import * as assert from "node:assert/strict";
import { readStackFile } from "../../plan/stackFile";
import { rehearsedSettings, withoutProtection } from "../../rehearsal/stackSettings";
import { projectFolder } from "../support/stacks";

type Values = Record<string, unknown>;

describe("rehearsal/stackSettings", () => {
    for (const stack of ["dev", "prod"]) {
        it(`fills ${stack}'s placeholders with the plan's stand-ins and takes charts from the folder`, () => {
            const { config, secrets, checked } = rehearsedSettings(
                readStackFile(projectFolder, stack),
                "/charts",
            );
            assert.doesNotMatch(JSON.stringify(config), /<[^>]+>/);
            assert.equal(config["aks-landing-zone:subscriptionId"], checked.subscriptionId);
            assert.match(checked.subscriptionId, /^00000000-0000-4000-8000-[0-9a-f]{12}$/);
            assert.deepEqual([checked.unset, secrets], [[], {}]);
            assert.equal((config["aks-landing-zone:kubernetes"] as Values)["chartMirror"], "/charts");
            assert.deepEqual(config["pulumi:disable-default-providers"], ["*"]);
        });
    }

    it("keeps what is secret out of the file", () => {
        const file = readStackFile(projectFolder, "dev");
        const key = "aks-landing-zone:kubernetes";
        const { config, secrets } = rehearsedSettings({ ...file, secretKeys: [key] }, "/charts");
        assert.equal(key in config, false);
        assert.match(secrets[key] ?? "", /^\{.*"chartMirror":"\/charts"/);
    });

    it("lifts protection and locks, and nothing else", () => {
        const settings = rehearsedSettings(readStackFile(projectFolder, "prod"), "/charts");
        const { "aks-landing-zone:protection": protection, ...rest } = withoutProtection(settings);
        assert.deepEqual(protection, { protect: false, locks: false });
        assert.deepEqual(rest, settings.config);
    });
});
