/** Parts of a life, in order; each is a file in `life/`. */
export const chapterNames = [
    "creation",
    "noChange",
    "people",
    "drift",
    "changes",
    "protection",
    "destruction",
    "secrets",
] as const;

/** Name of a part of a life. */
export type ChapterName = (typeof chapterNames)[number];

/** The same for people. */
export const chapterWords: Readonly<Record<ChapterName, string>> = {
    creation: "creation",
    noChange: "no change",
    people: "people",
    drift: "drift",
    changes: "changes",
    protection: "protection",
    destruction: "destruction",
    secrets: "secrets",
};

/** A statement that a life is held to. */
export interface LifeCheck {
    id: string;
    title: string;
    /** The part of the life that finds out. */
    chapter: ChapterName;
    /** What comes after cannot be run where this fails. */
    vital?: true;
    /** Only for stacks whose protection is on. */
    onlyProtected?: true;
}

/** The checks of a life, in its order; docs/rehearsal.md describes them. */
export const lifeChecks = [
    {
        id: "preview-names-all",
        title: "A preview before the first up names what the up then makes",
        chapter: "creation",
    },
    {
        id: "policy",
        title: "The policy pack, run by the engine, refuses nothing in that preview",
        chapter: "creation",
    },
    { id: "first-up", title: "The first up succeeds", chapter: "creation", vital: true },
    {
        id: "workloads-ready",
        title: "Every pod of ingress and kured is Ready, the ingress has an address",
        chapter: "creation",
    },
    {
        id: "placement",
        title: "The ingress is spread over nodes and zones, kured runs on every node",
        chapter: "creation",
    },
    { id: "second-up", title: "A second up changes nothing", chapter: "noChange" },
    { id: "refresh", title: "Neither a refresh nor the up after it changes anything", chapter: "noChange" },
    {
        id: "developer",
        title: "A developer deploys in the team's own namespace and nowhere else",
        chapter: "people",
    },
    { id: "reader", title: "A reader sees the own namespace and changes nothing", chapter: "people" },
    { id: "other-secrets", title: "Nobody but the admins reads the secrets of others", chapter: "people" },
    { id: "stranger", title: "Somebody without a group sees nothing", chapter: "people" },
    {
        id: "quota",
        title: "The last pod of the quota is admitted, one more is refused",
        chapter: "people",
    },
    { id: "pod-security", title: "A privileged pod and a root pod are refused", chapter: "people" },
    {
        id: "container-limits",
        title: "Requests and limits that a container leaves out are filled in",
        chapter: "people",
    },
    {
        id: "load-balancer",
        title: "Tenants get no service with a load balancer or a node port",
        chapter: "people",
    },
    { id: "default-deny", title: "Every tenant namespace denies all traffic by default", chapter: "people" },
    {
        id: "kured-privileges",
        title: "kured's privileged pods are admitted in its namespace and not in others",
        chapter: "people",
    },
    {
        id: "drift-found",
        title: "The drift check names what was changed behind the back, and nothing else",
        chapter: "drift",
    },
    {
        id: "drift-repaired",
        title: "The up after it repairs exactly that, and leaves the autoscaler its nodes",
        chapter: "drift",
    },
    {
        id: "change-version",
        title: "A new Kubernetes minor updates the cluster in place",
        chapter: "changes",
    },
    { id: "change-tenant", title: "A new team adds its own resources alone", chapter: "changes" },
    {
        id: "change-vm-size",
        title: "Another VM size brings the new pool before the old one goes",
        chapter: "changes",
    },
    { id: "change-chart", title: "A chart value updates its Helm release alone", chapter: "changes" },
    { id: "cluster-kept", title: "No change replaced the cluster", chapter: "changes" },
    {
        id: "protected-destroy",
        title: "Destroy is refused while protection is on",
        chapter: "protection",
        onlyProtected: true,
    },
    {
        id: "protection-lifted",
        title: "Lifting protection deletes the locks alone",
        chapter: "protection",
        onlyProtected: true,
    },
    {
        id: "destroy-calls",
        title: "Destroy asks a cluster that is gone for no object",
        chapter: "destruction",
    },
    { id: "destroy", title: "Destroy leaves nothing behind", chapter: "destruction" },
    { id: "secrets", title: "No secret stands in plain in state, outputs or logs", chapter: "secrets" },
] as const satisfies readonly LifeCheck[];

/** Names of the checks. */
export type CheckId = (typeof lifeChecks)[number]["id"];

/** The checks that apply to a stack, in order. */
export function checksOf(stack: { isProtected: boolean }): (LifeCheck & { id: CheckId })[] {
    return lifeChecks.filter((check: LifeCheck) => !check.onlyProtected || stack.isProtected);
}
