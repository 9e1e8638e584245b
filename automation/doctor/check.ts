import type { LandingZoneConfig } from "../../config";
import type { AzureCli } from "./azureCli";

/** What a check found. */
export type Finding =
    | { outcome: "ok"; detail: string }
    /** `mend` is the exact command, or the place to change. */
    | { outcome: "problem"; detail: string; mend: string }
    /** The check could not be made; that is no pass. `mend` makes it possible. */
    | { outcome: "unknown"; detail: string; mend: string };

/** One thing that has to be right before a stack is deployed. */
export interface Check {
    /** Kebab case; stable, for the JSON document. */
    id: string;
    /** What holds when it is right. */
    title: string;
    /** May throw: then the check could not be made. */
    run(subject: Subject): Finding[] | Promise<Finding[]>;
}

/** Runs a program; its standard output. Rejects with an error whose code is ENOENT where there is no such program. */
export type Tool = (program: string, args: readonly string[]) => Promise<string>;

/** Whether a {@link Tool} could not be run because there is no such program. */
export function isMissing(error: unknown): boolean {
    return (error as NodeJS.ErrnoException).code === "ENOENT";
}

/** What is checked, and with what. */
export interface Subject {
    /** The repository. */
    directory: string;
    stack: string;
    environment: Readonly<Record<string, string | undefined>>;
    /** Version of Node.js that runs. */
    nodeVersion: string;
    azure: AzureCli;
    tool: Tool;
    /** Opens a connection and closes it again. Rejects where nobody listens or the name is unknown. */
    connect: (host: string, port: number) => Promise<void>;
    /** The stack's configuration, placeholders replaced by stand-ins. Throws where the stack file is wrong. */
    config: () => LandingZoneConfig;
}

/** Nothing to mend. */
export const ok = (detail: string): Finding => ({ outcome: "ok", detail });
/** Something to mend. */
export const problem = (detail: string, mend: string): Finding => ({ outcome: "problem", detail, mend });
/** Something that could not be found out. */
export const unknown = (detail: string, mend: string): Finding => ({ outcome: "unknown", detail, mend });

/** A check that asks Azure. */
export interface AzureCheck extends Pick<Check, "id" | "title"> {
    /** May throw: then the check could not be made. */
    judge: (config: LandingZoneConfig, subject: Subject) => Promise<Finding[]>;
}

/** A check that could not be made before the stack file says which subscription is asked. */
export function azureCheck({ id, title, judge }: AzureCheck): Check {
    return {
        id,
        title,
        run: (subject) => {
            const found = azureSubject(subject);
            return "finding" in found ? [found.finding] : judge(found.config, subject);
        },
    };
}

/** What Azure is asked about, once the stack file says it; otherwise why it cannot be asked. */
function azureSubject(subject: Subject): { config: LandingZoneConfig } | { finding: Finding } {
    let config: LandingZoneConfig;
    try {
        config = subject.config();
    } catch {
        return { finding: unknown("the stack file has faults", "see the check stack-file") };
    }
    const unset = config.unset.find(({ path }) => path === "subscriptionId" || path === "tenantId");
    return unset === undefined
        ? { config }
        : { finding: unknown(`\`${unset.path}\` is not set in the stack file`, unset.find) };
}
