import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { usableAddresses } from "../../components/internal/addressPlan";
import { cidrAt, overlaps, parseCidr } from "../../components/internal/cidr";
import {
    addressRangeProblems,
    apiServerZoneProblems,
    autoProvisioningProblems,
    environmentProblems,
    federatedCredentialProblems,
    groupKeyProblems,
    groupReferenceProblems,
    identityNameProblems,
    ingressProblems,
    keyProtectionProblems,
    kmsProblems,
    kubernetesVersionProblems,
    kubernetesVersions,
    mostNodes,
    nodePatchingProblems,
    nodeSubnetProblems,
    podRangeProblems,
    privateZoneProblems,
    publicIngressProblems,
    rebootProblems,
    regions,
    repeatedGroupProblems,
    reservedByAks,
    systemTaintProblems,
    tagProblems,
    teamProblems,
    tenantNamespaceProblems,
    windowProblems,
    windowsProblems,
    zoneProblems,
} from "../../components/internal/rules";
import type { AddressInput, PoolRoleInput } from "../../components/internal/rules";

const ranges: AddressInput = {
    addressSpace: "10.40.0.0/20",
    podCidr: "10.244.0.0/16",
    serviceCidr: "10.245.0.0/16",
    dnsServiceIp: "10.245.0.10",
    peers: ["10.200.0.0/16", "192.168.0.0/24"],
};
const pool: PoolRoleInput = {
    name: "apps",
    mode: "User",
    osType: "Linux",
    isSpot: false,
    autoscaling: true,
    taints: [],
};
const kuredWindow = { days: ["tu"], startTime: "01:00", endTime: "05:00", timeZone: "UTC" };

/** Any range of at least 16 addresses, at a place that fits its size. */
const anyCidr = fc
    .tuple(fc.integer({ min: 8, max: 28 }), fc.nat(2 ** 32 - 1))
    .map(([length, address]) => cidrAt(address - (address % 2 ** (32 - length)), length).text);

describe("rules", () => {
    it("find nothing wrong with good input", () => {
        const everything = [
            addressRangeProblems(ranges),
            apiServerZoneProblems({ exposure: "Private", ownDnsZone: true }),
            autoProvisioningProblems(true, [{ ...pool, autoscaling: false }]),
            autoProvisioningProblems(false, [pool]),
            environmentProblems(["dev", "stage"]),
            federatedCredentialProblems("api", 20),
            groupKeyProblems(["one"], ["two"]),
            groupReferenceProblems(["one"], [{ argument: "adminGroups[0]", key: "one" }]),
            ingressProblems({
                controller: "Traefik",
                exposure: "Public",
                allowedSourceRanges: ["203.0.113.0/24"],
            }),
            keyProtectionProblems("kms", true, true),
            keyProtectionProblems("kms", false, false),
            kmsProblems({ kms: true, vnetIntegration: true, vaultIsPublic: false }),
            kmsProblems({ kms: false, vnetIntegration: false, vaultIsPublic: true }),
            nodePatchingProblems("Kured", true),
            nodePatchingProblems("NodeImage", false),
            privateZoneProblems({ isPrivate: true, ownsZone: true, zoneSetting: "zone" }),
            privateZoneProblems({
                isPrivate: true,
                ownsZone: false,
                zoneSetting: "zone",
                privateDnsZoneId: "id",
            }),
            privateZoneProblems({ isPrivate: false, ownsZone: false, zoneSetting: "zone" }),
            publicIngressProblems("Public", "NatGateway"),
            publicIngressProblems("Internal", "Firewall"),
            repeatedGroupProblems("developers", ["one", "two"]),
            systemTaintProblems(true, false, [{ ...pool, isSpot: true }, pool]),
            systemTaintProblems(true, true, []),
            systemTaintProblems(false, false, []),
            systemTaintProblems(true, false, [{ ...pool, taints: ["soft:PreferNoSchedule"] }]),
            tagProblems({ "cost-center": "4711" }, 3),
            tenantNamespaceProblems([{ namespace: "payments-dev", team: "payments" }], ["kured"]),
            windowsProblems("Azure", [{ ...pool, osType: "Windows" }]),
            windowsProblems("Cilium", [pool]),
            zoneProblems("westeurope", ["1"]),
            zoneProblems("westus", []),
        ];
        assert.deepEqual(everything.flat(), []);
    });

    describe("about addresses", () => {
        it("hold for any pair of ranges: it is refused exactly when they overlap", () => {
            fc.assert(
                fc.property(anyCidr, anyCidr, (addressSpace, peer) => {
                    const sentences = addressRangeProblems({ ...ranges, addressSpace, peers: [peer] });
                    const overlap = sentences.some((sentence) =>
                        sentence.startsWith(
                            `\`addressSpace\` ${addressSpace} overlaps \`peers[0]\` ${peer}:`,
                        ),
                    );
                    assert.equal(overlap, overlaps(parseCidr(addressSpace), parseCidr(peer)));
                }),
            );
        });

        it("hold for any range: it is refused exactly when AKS keeps a part of it", () => {
            fc.assert(
                fc.property(anyCidr, (podCidr) => {
                    const reserved = addressRangeProblems({ ...ranges, podCidr }).some((sentence) =>
                        sentence.includes("AKS keeps for itself"),
                    );
                    assert.equal(
                        reserved,
                        reservedByAks.some((range) => overlaps(parseCidr(range), parseCidr(podCidr))),
                    );
                }),
            );
        });

        it("hold for any DNS address: it is accepted exactly when it is inside and not one of the first two", () => {
            fc.assert(
                fc.property(fc.integer({ min: -20, max: 300 }), (offset) => {
                    const services = parseCidr("10.245.0.0/24");
                    const dnsServiceIp = cidrAt(services.first + offset, 32).text.replace("/32", "");
                    const found = addressRangeProblems({
                        ...ranges,
                        serviceCidr: services.text,
                        dnsServiceIp,
                    }).length;
                    assert.equal(found, offset >= 2 && offset < 256 ? 0 : 1);
                }),
            );
        });
    });

    describe("about capacity", () => {
        const pools = fc.array(
            fc.record({
                name: fc.constant("pool"),
                maxCount: fc.integer({ min: 1, max: 400 }),
                maxSurge: fc.oneof(
                    fc.integer({ min: 0, max: 50 }).map(String),
                    fc.integer({ min: 1, max: 100 }).map((share) => `${share}%`),
                ),
            }),
            { minLength: 1, maxLength: 5 },
        );

        it("count the surge: a share is rounded up, a number is taken as it is", () => {
            const table: [number, string, number][] = [
                [3, "33%", 4],
                [10, "33%", 14],
                [1, "1%", 2],
                [10, "100%", 20],
                [10, "2", 12],
                [10, "0", 10],
            ];
            for (const [maxCount, maxSurge, expected] of table) {
                assert.equal(
                    mostNodes({ name: "pool", maxCount, maxSurge }),
                    expected,
                    `${maxCount} with ${maxSurge}`,
                );
            }
        });

        it("suggest a pod range that is large enough, and the smallest such", () => {
            fc.assert(
                fc.property(pools, (some) => {
                    const [sentence = ""] = podRangeProblems("10.0.0.0/25", some);
                    const suggested = Number(/Use a \/(\d+) or larger/.exec(sentence)?.[1]);
                    assert.deepEqual(podRangeProblems(cidrAt(0, suggested).text, some), []);
                    assert.equal(podRangeProblems(cidrAt(0, suggested + 1).text, some).length, 1);
                }),
            );
        });

        it("take a node subnet with an address for every node, and not with one too few", () => {
            const subnet = (usable: number) => ({
                role: "userNodes",
                cidr: "10.0.0.0/24",
                usableAddresses: usable,
                pools: [{ name: "apps", maxCount: 10, maxSurge: "33%" }],
            });
            assert.deepEqual(nodeSubnetProblems(subnet(14)), []);
            assert.deepEqual(nodeSubnetProblems(subnet(13)), [
                "`subnetPrefixLengths.userNodes` gives 10.0.0.0/24 with 13 usable addresses, but its pools can have 14 nodes " +
                    "(maximum + surge: apps 10 + 4). Use 27 or less, or lower `maxCount` of the pools.",
            ]);
        });

        it("suggest a node subnet that is large enough, and the smallest such", () => {
            const subnet = (length: number) => ({
                role: "userNodes",
                cidr: cidrAt(0, length).text,
                usableAddresses: usableAddresses(length),
            });
            fc.assert(
                fc.property(pools, (some) => {
                    const [sentence] = nodeSubnetProblems({ ...subnet(31), pools: some });
                    const suggested = Number(/Use (\d+) or less/.exec(sentence ?? "")?.[1]);
                    assert.deepEqual(nodeSubnetProblems({ ...subnet(suggested), pools: some }), []);
                    assert.equal(nodeSubnetProblems({ ...subnet(suggested + 1), pools: some }).length, 1);
                }),
            );
        });
    });

    describe("about Kubernetes versions", () => {
        it("accept what is supported, and the rest with long-term support only", () => {
            const accepted = (longTerm: boolean) =>
                Object.keys(kubernetesVersions).filter(
                    (minor) => kubernetesVersionProblems(minor, longTerm).length === 0,
                );
            assert.deepEqual(accepted(false), ["1.34", "1.35", "1.36"]);
            assert.deepEqual(accepted(true), ["1.33", "1.34", "1.35", "1.36"]);
            assert.equal(kubernetesVersionProblems("1.37", true).length, 1);
        });
    });

    describe("about regions", () => {
        it("give every region an abbreviation of its own", () => {
            const short = Object.values(regions).map(({ abbreviation }) => abbreviation);
            assert.equal(new Set(short).size, short.length);
            assert.ok(short.every((abbreviation) => /^[a-z]{2,4}\d?$/.test(abbreviation)));
        });
    });

    describe("about tenants", () => {
        const name = (namespace: string) =>
            tenantNamespaceProblems([{ namespace, team: "team" }], ["ingress", "kured"]);

        it("refuse namespaces that others own", () => {
            for (const namespace of [
                "kube-system",
                "aks-istio-system",
                "azure-arc",
                "default",
                "gatekeeper-system",
                "flux-system",
                "kured",
                "ingress",
            ]) {
                assert.equal(name(namespace).length, 1, namespace);
            }
        });

        it("refuse namespaces that are too long", () => {
            assert.deepEqual(name("a".repeat(64)), [
                `\`teams.team\` makes the namespace "${"a".repeat(64)}", which has 64 characters: Kubernetes allows 63. Shorten the name of team or environment.`,
            ]);
            assert.deepEqual(name("a".repeat(63)), []);
        });

        it("refuse service accounts that Kubernetes does not take", () => {
            const team = {
                team: "a",
                size: "small",
                priorityClassName: "p",
                environmentSizes: {},
                serviceAccounts: ["Bad"],
                workloadAccounts: { api: "bad_" },
            };
            assert.deepEqual(
                teamProblems(team, { environments: ["dev"], sizes: ["small"], priorityClasses: ["p"] }),
                [
                    '`serviceAccounts` has "Bad": use lower-case letters, digits and hyphens, other than "default".',
                    '`workloads.api.serviceAccount` is "bad_": use lower-case letters, digits and hyphens, other than "default".',
                ],
            );
        });

        it("count sizes that do not exist where there is none", () => {
            const team = {
                team: "a",
                size: "small",
                priorityClassName: "p",
                environmentSizes: {},
                serviceAccounts: [],
                workloadAccounts: {},
            };
            assert.deepEqual(
                teamProblems(team, { environments: ["dev"], sizes: [], priorityClasses: ["p"] }),
                ['`size` is "small", but tenants.sizes has no size. Use one of them, or add it there.'],
            );
        });
    });

    describe("about workloads", () => {
        it("take an identity's name of 60 characters, and no longer one", () => {
            assert.deepEqual(identityNameProblems("t".repeat(20), "w".repeat(39)), []);
            assert.equal(identityNameProblems("t".repeat(20), "w".repeat(40)).length, 1);
        });
    });

    describe("about tags", () => {
        it("refuse more than Azure takes, those of the program counted", () => {
            const tags = Object.fromEntries(Array.from({ length: 48 }, (_, index) => [`tag${index}`, "x"]));
            assert.deepEqual(tagProblems(tags, 2), []);
            assert.deepEqual(tagProblems(tags, 3), [
                "`tags` has 48 entries, and the program adds 3: Azure allows 50 on a resource. Remove some.",
            ]);
        });

        it("refuse values that are too long", () => {
            assert.deepEqual(tagProblems({ note: "x".repeat(257) }, 0), [
                '`tags` gives "note" a value of 257 characters, Azure allows 256. Shorten it.',
            ]);
        });
    });

    describe("about windows", () => {
        const clusterWindow = {
            dayOfWeek: "Tuesday",
            startTime: "05:00",
            durationInHours: 4,
            utcOffset: "+00:00",
        };
        const input = { channel: "patch", nodePatching: "Kured", clusterWindow, rebootWindow: kuredWindow };

        it("allow windows that touch, and refuse those that share a minute", () => {
            assert.deepEqual(windowProblems(input), []);
            assert.equal(
                windowProblems({ ...input, clusterWindow: { ...clusterWindow, startTime: "04:59" } }).length,
                1,
            );
        });

        it("leave a reboot window that is wrong in itself to its own rule", () => {
            const rebootWindow = { ...kuredWindow, timeZone: "Nowhere" };
            assert.deepEqual(windowProblems({ ...input, rebootWindow }), []);
        });

        it("compare with kured only where kured runs", () => {
            const overlapping = { ...clusterWindow, startTime: "02:00" };
            assert.deepEqual(
                windowProblems({ ...input, clusterWindow: overlapping, nodePatching: "NodeImage" }),
                [],
            );
        });
    });

    describe("about reboots", () => {
        const settings = {
            window: kuredWindow,
            checkIntervalInMinutes: 15,
            drainTimeoutInMinutes: 15,
            lockTtlInMinutes: 60,
            lockReleaseDelayInMinutes: 2,
        };

        it("accept a lock that outlives the drain, and one that never expires", () => {
            assert.deepEqual(rebootProblems(settings), []);
            assert.deepEqual(rebootProblems({ ...settings, lockTtlInMinutes: 18 }), []);
            assert.deepEqual(rebootProblems({ ...settings, lockTtlInMinutes: 0 }), []);
            assert.equal(rebootProblems({ ...settings, lockTtlInMinutes: 17 }).length, 1);
        });

        it("report a wrong window and a short lock together", () => {
            const wrong = { ...settings, window: { ...kuredWindow, days: [] }, lockTtlInMinutes: 1 };
            assert.deepEqual(
                rebootProblems(wrong).map((sentence) => sentence.split(" ")[0]),
                ["`window.days`", "`lockTtlInMinutes`"],
            );
        });
    });
});
