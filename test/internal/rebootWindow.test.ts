import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import {
    overlaps,
    rebootDays,
    rebootWindowLength,
    rebootWindowMinutes,
    rebootWindowProblems,
    utcOffsetsInMinutes,
} from "../../components/internal/rebootWindow";

const weekend = { days: ["sa", "su"], startTime: "01:00", endTime: "05:00", timeZone: "Europe/Amsterdam" };
const sunday = { dayOfWeek: "Sunday", startTime: "01:00", durationInHours: 4, utcOffset: "+00:00" };

describe("rebootWindowProblems", () => {
    it("accepts a window within a day, and a zone that is an alias", () => {
        assert.deepEqual(rebootWindowProblems(weekend), []);
        assert.deepEqual(rebootWindowProblems({ ...weekend, timeZone: "Asia/Kolkata" }), []);
        assert.deepEqual(rebootWindowProblems({ ...weekend, timeZone: "UTC" }), []);
        assert.deepEqual(rebootWindowProblems({ ...weekend, startTime: "00:00", endTime: "23:59" }), []);
    });

    const refused: [string, Partial<typeof weekend>, string][] = [
        ["no day", { days: [] }, "`days` is empty: name one or more of mo, tu, we, th, fr, sa, su"],
        [
            "unknown days",
            { days: ["mo", "Sunday", "xx"] },
            '`days` is "Sunday", "xx": name one or more of mo, tu, we, th, fr, sa, su',
        ],
        [
            "a malformed start",
            { startTime: "1:00" },
            '`startTime` is "1:00": write a time of day as HH:MM, from 00:00 to 23:59',
        ],
        [
            "an impossible end",
            { endTime: "24:00" },
            '`endTime` is "24:00": write a time of day as HH:MM, from 00:00 to 23:59',
        ],
        [
            "a window across midnight",
            { startTime: "22:00", endTime: "04:00" },
            "`endTime` 04:00 is not after `startTime` 22:00: kured goes by the weekday of the current minute, so a window cannot cross midnight. " +
                "End it at 23:59 at the latest, or start it at 00:00 and name the following day",
        ],
        [
            "an empty window",
            { endTime: "01:00" },
            "`endTime` 01:00 is not after `startTime` 01:00: kured goes by the weekday of the current minute, so a window cannot cross midnight. " +
                "End it at 23:59 at the latest, or start it at 00:00 and name the following day",
        ],
        [
            "an unknown zone",
            { timeZone: "Europe/Nowhere" },
            '`timeZone` is "Europe/Nowhere": write an IANA name such as UTC or Europe/Amsterdam',
        ],
        [
            "a bare offset",
            { timeZone: "+01:00" },
            '`timeZone` is "+01:00": write an IANA name such as UTC or Europe/Amsterdam',
        ],
        [
            "wrong capitals",
            { timeZone: "europe/amsterdam" },
            '`timeZone` is "europe/amsterdam": kured heeds capitals, write Europe/Amsterdam',
        ],
    ];
    for (const [what, change, expected] of refused) {
        it(`refuses ${what}`, () => {
            assert.deepEqual(rebootWindowProblems({ ...weekend, ...change }), [expected]);
        });
    }

    it("reports all problems at once", () => {
        assert.equal(
            rebootWindowProblems({ days: [], startTime: "x", endTime: "y", timeZone: "z" }).length,
            4,
        );
    });
});

describe("rebootWindowMinutes", () => {
    it("counts minutes of the week from Monday 00:00, the end not included", () => {
        const minutes = rebootWindowMinutes({
            days: ["mo", "su"],
            startTime: "00:10",
            endTime: "00:12",
            timeZone: "UTC",
        });
        assert.deepEqual([...minutes], [10, 11, 8650, 8651]);
    });

    it("has as many minutes as its days times its length", () => {
        assert.equal(rebootWindowLength(weekend), 240);
        assert.equal(rebootWindowMinutes(weekend).size, 480);
    });
});

describe("utcOffsetsInMinutes", () => {
    const cases: [string, number[]][] = [
        ["UTC", [0]],
        ["Europe/Amsterdam", [60, 120]],
        ["Asia/Kolkata", [330]],
        ["America/St_Johns", [-210, -150]],
        ["Australia/Sydney", [660, 600]],
    ];
    for (const [timeZone, expected] of cases) {
        it(`knows standard and daylight-saving time of ${timeZone}`, () => {
            assert.deepEqual(utcOffsetsInMinutes(timeZone), expected);
        });
    }
});

describe("overlaps", () => {
    const cases: [string, object, object, boolean][] = [
        ["the same hours", { timeZone: "UTC" }, {}, true],
        ["another day", { timeZone: "UTC", days: ["sa"] }, {}, false],
        [
            "windows that touch: maintenance first",
            { timeZone: "UTC", startTime: "05:00", endTime: "08:00" },
            {},
            false,
        ],
        [
            "windows that touch: reboots first",
            { timeZone: "UTC", startTime: "00:00", endTime: "01:00" },
            {},
            false,
        ],
        ["one minute in common", { timeZone: "UTC", startTime: "04:59", endTime: "08:00" }, {}, true],
        // 06:00 in Amsterdam is 05:00 UTC in winter, which is free, and 04:00 UTC in summer, which is not.
        ["hours that meet in summer only", { startTime: "06:00", endTime: "07:00" }, {}, true],
        [
            "hours that meet in winter only",
            { startTime: "02:00", endTime: "03:00" },
            { durationInHours: 1 },
            true,
        ],
        ["hours that are apart all year", { startTime: "07:00", endTime: "09:00" }, {}, false],
        [
            "maintenance that runs past Sunday into Monday",
            { timeZone: "UTC", days: ["mo"], startTime: "00:00", endTime: "02:00" },
            { startTime: "22:00" },
            true,
        ],
        [
            "an offset that moves maintenance to the day before",
            { timeZone: "UTC", days: ["sa"], startTime: "22:00", endTime: "23:00" },
            { utcOffset: "+03:00" },
            true,
        ],
        [
            "a negative offset",
            { timeZone: "UTC", startTime: "06:00", endTime: "07:00" },
            { utcOffset: "-05:00" },
            true,
        ],
        [
            "a zone east of the date line's day",
            { timeZone: "Pacific/Auckland", days: ["mo"], startTime: "00:00", endTime: "02:00" },
            { startTime: "11:00" },
            true,
        ],
        [
            "the last minute in the zone that is furthest east",
            { timeZone: "Pacific/Kiritimati", startTime: "18:59", endTime: "19:00" },
            {},
            true,
        ],
        [
            "the first minute in the zone that is furthest west",
            { timeZone: "Etc/GMT+12", days: ["sa"], startTime: "13:00", endTime: "13:01" },
            {},
            true,
        ],
    ];
    for (const [what, reboot, maintenance, expected] of cases) {
        it(`${expected ? "sees" : "does not see"} an overlap: ${what}`, () => {
            assert.equal(
                overlaps({ ...weekend, days: ["su"], ...reboot }, { ...sunday, ...maintenance }),
                expected,
            );
        });
    }

    it("agrees with asking minute by minute, in a zone without daylight-saving time", () => {
        const clock = (minute: number) =>
            `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
        const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        fc.assert(
            fc.property(
                fc.nat(6),
                fc.nat(1438),
                fc.nat(6),
                fc.nat(1439),
                fc.integer({ min: 4, max: 24 }),
                (day, start, other, begin, hours) => {
                    const reboot = {
                        days: [rebootDays[day] ?? ""],
                        startTime: clock(start),
                        endTime: clock(start + 1),
                        timeZone: "UTC",
                    };
                    const maintenance = {
                        dayOfWeek: days[other] ?? "",
                        startTime: clock(begin),
                        durationInHours: hours,
                        utcOffset: "+00:00",
                    };
                    const week = 7 * 24 * 60;
                    const sinceMaintenance = (day * 1440 + start - (other * 1440 + begin) + week) % week;
                    assert.equal(overlaps(reboot, maintenance), sinceMaintenance < hours * 60);
                },
            ),
            { numRuns: 50 },
        );
    });
});
