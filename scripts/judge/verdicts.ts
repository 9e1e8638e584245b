/** Something that a judge has against an export. */
export interface Finding {
    judge: string;
    /** The judge's own id of the rule. */
    check: string;
    title: string;
    stack: string;
    /** What it is about, in the judge's words: `Deployment.ingress.traefik`. */
    subject: string;
}

/** What becomes of the findings of one rule about one kind of subject. */
export interface Verdict {
    check: string;
    /** Subjects that it is about: those that begin so. */
    subject: string;
    /** Stacks that it is about; all where absent. */
    stacks?: readonly string[];
    /** `waived`: true, and left so. `false`: the judge is wrong here. */
    verdict: "waived" | "false";
    reason: string;
}

/** A finding that was mended: nothing of it may be found any more. */
export interface Mended {
    judge: string;
    finding: string;
    mend: string;
}

const cluster = "Microsoft.ContainerService/managedClusters";
const registry = "Microsoft.ContainerRegistry/registries.";
const kured = "DaemonSet.kured.kured";
const kuredReason =
    "kured reboots nodes with a command in the host's namespaces, which takes a privileged container with the host's processes, " +
    "run as root; its namespace alone allows that (docs/node-patching.md). The chart can signal the host's first process instead, " +
    "with CAP_KILL and without privileges. That is the mend to try on real nodes of AKS first.";
const devRegistry =
    "dev takes the cheaper Standard tier, whose registry has neither private links nor zones; prod has Premium with both.";

/** All verdicts. A finding without a row fails `npm run judge`, and so does a row without a finding. */
export const verdicts: readonly Verdict[] = [
    { check: "CKV_AZURE_139", subject: registry, stacks: ["dev"], verdict: "waived", reason: devRegistry },
    { check: "CKV_AZURE_233", subject: registry, stacks: ["dev"], verdict: "waived", reason: devRegistry },
    {
        check: "CKV_AZURE_166",
        subject: registry,
        verdict: "waived",
        reason: "Quarantine needs a scanner that releases each image; without one nothing could be pulled. Teams that have one set it themselves.",
    },
    {
        check: "CKV_AZURE_172",
        subject: `${cluster}.`,
        verdict: "false",
        reason: 'Rotation is on: settings of AKS add-ons are texts, so the body has "true", and checkov asks for the boolean.',
    },
    {
        check: "CKV_AZURE_227",
        subject: cluster,
        verdict: "waived",
        reason: "Encryption at host is refused until the feature is registered in the subscription, which the program cannot do; `encryptionAtHost` turns it on.",
    },
    {
        check: "CKV_AZURE_6",
        subject: `${cluster}.`,
        stacks: ["prod"],
        verdict: "false",
        reason: "The API server of prod is private, with no public address that ranges could be set for.",
    },
    {
        check: "CKV_AZURE_8",
        subject: `${cluster}.`,
        verdict: "false",
        reason: "The dashboard add-on is off where it is not named, and Kubernetes 1.19 and later cannot have it at all.",
    },
    {
        check: "CKV_K8S_15",
        subject: "",
        verdict: "waived",
        reason: "The charts pin the versions of their images, and published versions are not moved; pulling at each start would make restarts depend on the registry.",
    },
    {
        check: "CKV_K8S_43",
        subject: "",
        verdict: "waived",
        reason: "The charts name images by version, and a chart's version is pinned with its images. A digest would have to be set by hand at each update of a chart.",
    },
    {
        check: "CKV_K8S_38",
        subject: "",
        verdict: "false",
        reason: "Both talk to the API server, one to read routes, the other to drain nodes: that is what the token is for.",
    },
    ...["16", "17", "20", "23", "28", "29", "31", "37", "40"].map((number): Verdict => ({
        check: `CKV_K8S_${number}`,
        subject: kured,
        verdict: "waived",
        reason: kuredReason,
    })),
];

/** Findings that led to a change. */
export const mended: readonly Mended[] = [
    {
        judge: "kubernetes-validate",
        finding:
            "the rendered chart of Traefik had a PodDisruptionBudget of policy/v1beta1, which Kubernetes 1.36 does not serve",
        mend: "exports/kubernetes/helm.ts tells helm which kind the cluster has, as a cluster itself would",
    },
];

/** Kinds for which kubernetes-validate has no schema, because they are defined by what brings them. */
export const customKinds: readonly string[] = ["azmonitoring.coreos.com/", "traefik.io/"];

/** What the verdicts leave open. */
export interface Judgement {
    /** Findings with their verdicts. */
    settled: { verdict: Verdict; findings: Finding[] }[];
    /** Findings that no verdict is about. */
    open: Finding[];
    /** Verdicts that no finding needs. */
    unused: Verdict[];
}

/** Lays the verdicts over the findings. */
export function judged(findings: readonly Finding[], table: readonly Verdict[] = verdicts): Judgement {
    const isAbout = (verdict: Verdict, { check, subject, stack }: Finding) =>
        verdict.check === check &&
        subject.startsWith(verdict.subject) &&
        (verdict.stacks ?? [stack]).includes(stack);
    const settled = table.map((verdict) => ({
        verdict,
        findings: findings.filter((finding) => isAbout(verdict, finding)),
    }));
    return {
        settled: settled.filter((each) => each.findings.length > 0),
        open: findings.filter((finding) => !table.some((verdict) => isAbout(verdict, finding))),
        unused: settled.filter((each) => each.findings.length === 0).map(({ verdict }) => verdict),
    };
}
