import * as assert from "node:assert/strict";
import { hasGpu, isArm64, lacksLocalDisk, parseVmSize } from "../../components/internal/vmSize";

// Names from https://learn.microsoft.com/azure/virtual-machines/sizes; what each is, in the order of the columns.
const sizes: [string, { cores: number; arm64: boolean; gpu: boolean; noLocalDisk: boolean }][] = [
    ["Standard_D4ds_v5", { cores: 4, arm64: false, gpu: false, noLocalDisk: false }],
    ["Standard_D4s_v5", { cores: 4, arm64: false, gpu: false, noLocalDisk: true }],
    ["Standard_D4pds_v5", { cores: 4, arm64: true, gpu: false, noLocalDisk: false }],
    ["Standard_D2pls_v5", { cores: 2, arm64: true, gpu: false, noLocalDisk: true }],
    ["Standard_E16-8ds_v5", { cores: 16, arm64: false, gpu: false, noLocalDisk: false }],
    ["Standard_F8as_v6", { cores: 8, arm64: false, gpu: false, noLocalDisk: true }],
    ["Standard_DC4as_cc_v5", { cores: 4, arm64: false, gpu: false, noLocalDisk: true }],
    // Before version 4 every D, E and F size has a local disk.
    ["Standard_DS2_v2", { cores: 2, arm64: false, gpu: false, noLocalDisk: false }],
    ["Standard_D4s_v3", { cores: 4, arm64: false, gpu: false, noLocalDisk: false }],
    ["Standard_F4s_v2", { cores: 4, arm64: false, gpu: false, noLocalDisk: false }],
    // Series with a local disk although their names have no "d", and such that are not uniform.
    ["Standard_HB176rs_v4", { cores: 176, arm64: false, gpu: false, noLocalDisk: false }],
    ["Standard_L8s_v3", { cores: 8, arm64: false, gpu: false, noLocalDisk: false }],
    ["Standard_B4ms", { cores: 4, arm64: false, gpu: false, noLocalDisk: false }],
    ["Standard_M48ds_1_v3", { cores: 48, arm64: false, gpu: false, noLocalDisk: false }],
    ["Standard_NC24ads_A100_v4", { cores: 24, arm64: false, gpu: true, noLocalDisk: false }],
    ["Standard_NC4as_T4_v3", { cores: 4, arm64: false, gpu: true, noLocalDisk: false }],
    ["Standard_ND96isr_H100_v5", { cores: 96, arm64: false, gpu: true, noLocalDisk: false }],
];

describe("vmSize", () => {
    for (const [name, expected] of sizes) {
        it(`knows ${name}`, () => {
            const size = parseVmSize(name);
            assert.ok(size);
            assert.deepEqual(
                {
                    cores: size.vCpus,
                    arm64: isArm64(size),
                    gpu: hasGpu(size),
                    noLocalDisk: lacksLocalDisk(size),
                },
                expected,
            );
        });
    }

    it("reads family, features and version apart", () => {
        assert.deepEqual(parseVmSize("Standard_D4pds_v5"), {
            family: "D",
            vCpus: 4,
            features: "pds",
            version: 5,
        });
        assert.deepEqual(parseVmSize("Standard_NC24ads_A100_v4"), {
            family: "NC",
            vCpus: 24,
            features: "ads",
            version: 4,
        });
        assert.deepEqual(parseVmSize("Standard_B4ms"), { family: "B", vCpus: 4, features: "ms", version: 1 });
    });

    for (const name of [
        "",
        "D4ds_v5",
        "standard_d4ds_v5",
        "Standard_D",
        "Standard_D4ds v5",
        "Standard_D4ds_v",
        "Premium_D4",
    ]) {
        it(`refuses ${JSON.stringify(name)}`, () => {
            assert.equal(parseVmSize(name), undefined);
        });
    }
});
