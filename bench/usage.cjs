// Preloaded into each Node process that the benchmark starts: says at its end what it used.
"use strict";

const { writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { performance } = require("node:perf_hooks");

process.once("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const usage = {
        argv: process.argv,
        started: performance.timeOrigin,
        wallSeconds: performance.now() / 1000,
        cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
        peakMebibytes: maxRSS / 1024,
    };
    writeFileSync(join(process.env.LANDING_ZONE_BENCH_USAGE, `${process.pid}.json`), JSON.stringify(usage));
});
