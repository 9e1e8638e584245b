import * as assert from "node:assert/strict";
import type { MaintenanceWindowArgs } from "../../components/clusterArgs";
import {
    maintenanceConfigNames,
    maintenanceWindow,
    maintenanceWindowProblems,
} from "../../components/internal/maintenance";

const window: MaintenanceWindowArgs = { dayOfWeek: "Sunday", startTime: "02:00", durationInHours: 4 };

describe("maintenance windows", () => {
    it("have the names that AKS gives a meaning", () => {
        assert.deepEqual(maintenanceConfigNames, {
            clusterUpgrades: "aksManagedAutoUpgradeSchedule",
            nodeUpgrades: "aksManagedNodeOSUpgradeSchedule",
        });
    });

    it("are weekly and in UTC unless told otherwise, without a start date", () => {
        assert.deepEqual(maintenanceWindow(window), {
            durationHours: 4,
            startTime: "02:00",
            utcOffset: "+00:00",
            schedule: { weekly: { dayOfWeek: "Sunday", intervalWeeks: 1 } },
        });
        assert.deepEqual(maintenanceWindow({ ...window, utcOffset: "-05:30", intervalInWeeks: 2 }), {
            durationHours: 4,
            startTime: "02:00",
            utcOffset: "-05:30",
            schedule: { weekly: { dayOfWeek: "Sunday", intervalWeeks: 2 } },
        });
    });

    for (const good of [
        {},
        { durationInHours: 24 },
        { startTime: "23:59" },
        { startTime: "00:00" },
        { utcOffset: "+14:00" },
        { intervalInWeeks: 4 },
    ]) {
        it(`may have ${JSON.stringify(good)}`, () => {
            assert.deepEqual(maintenanceWindowProblems("w", { ...window, ...good }), []);
        });
    }

    const hours =
        "AKS allows whole hours from 4 to 24, an upgrade takes that long. Choose a longer or shorter window.";
    const time = "write a time of day as HH:MM, from 00:00 to 23:59.";
    const offset = "write an offset as +HH:MM or -HH:MM, such as +01:00.";
    for (const [bad, problem] of [
        [{ durationInHours: 3 }, `\`w.durationInHours\` is 3: ${hours}`],
        [{ durationInHours: 25 }, `\`w.durationInHours\` is 25: ${hours}`],
        [{ durationInHours: 4.5 }, `\`w.durationInHours\` is 4.5: ${hours}`],
        [{ startTime: "2:00" }, `\`w.startTime\` is "2:00": ${time}`],
        [{ startTime: "24:00" }, `\`w.startTime\` is "24:00": ${time}`],
        [{ startTime: "02:60" }, `\`w.startTime\` is "02:60": ${time}`],
        [{ utcOffset: "CET" }, `\`w.utcOffset\` is "CET": ${offset}`],
        [{ utcOffset: "+1:00" }, `\`w.utcOffset\` is "+1:00": ${offset}`],
        [{ intervalInWeeks: 0 }, "`w.intervalInWeeks` is 0: AKS allows whole weeks from 1 to 4."],
        [{ intervalInWeeks: 5 }, "`w.intervalInWeeks` is 5: AKS allows whole weeks from 1 to 4."],
    ] satisfies [Partial<MaintenanceWindowArgs>, string][]) {
        it(`may not have ${JSON.stringify(bad)}`, () => {
            assert.deepEqual(maintenanceWindowProblems("w", { ...window, ...bad }), [problem]);
        });
    }

    it("tell all faults at once", () => {
        const problems = maintenanceWindowProblems("w", {
            dayOfWeek: "Sunday",
            startTime: "",
            durationInHours: 0,
        });
        assert.equal(problems.length, 2);
    });
});
