import { duplicates } from "./duplicates";
import { isEmail } from "./email";
import { nameProblem } from "./naming";

/** The parts of the monitoring arguments that the checks look at. */
export interface MonitoringSettings {
    alertEmails: readonly string[];
    activityAlertScopes?: readonly unknown[];
    logAnalytics?: {
        retentionInDays?: number;
        dailyQuotaInGb?: number;
        basicPlanTables?: readonly string[];
    };
    grafana?: {
        name?: string;
        adminGroups: readonly { key: string }[];
        viewerGroups?: readonly { key: string }[];
        readScopes?: readonly { key: string }[];
    };
}

const tablePattern = /^[A-Za-z][A-Za-z0-9_]*$/;

/** Azure's smallest daily cap of a Log Analytics workspace. */
const minDailyQuotaInGb = 0.023;

/** What is wrong with monitoring arguments, each with the remedy; empty when they are good. */
export function monitoringProblems(settings: MonitoringSettings): string[] {
    return [...alertProblems(settings), ...logAnalyticsProblems(settings), ...grafanaProblems(settings)];
}

function alertProblems({ alertEmails, activityAlertScopes }: MonitoringSettings): string[] {
    const problems: string[] = [];
    if (alertEmails.length === 0) {
        problems.push("`alertEmails` is empty: alerts would reach nobody. Give at least one e-mail address.");
    }
    problems.push(
        ...alertEmails
            .filter((email) => !isEmail(email))
            .map(
                (email) =>
                    `\`alertEmails\` has "${email}", which is no e-mail address. Write it like name@example.com.`,
            ),
        ...duplicates(alertEmails.map((email) => email.toLowerCase())).map(
            (email) => `\`alertEmails\` has "${email}" twice. Remove one of them.`,
        ),
    );
    if (activityAlertScopes?.length === 0) {
        problems.push(
            "`activityAlertScopes` is empty: no event would match. Give at least one id, or leave it out for the whole subscription.",
        );
    }
    return problems;
}

function logAnalyticsProblems({ logAnalytics = {} }: MonitoringSettings): string[] {
    const { retentionInDays: days, dailyQuotaInGb: quota, basicPlanTables: tables = [] } = logAnalytics;
    const problems: string[] = [];
    if (days !== undefined && (!Number.isInteger(days) || days < 30 || days > 730)) {
        problems.push(
            `\`logAnalytics.retentionInDays\` is ${days}, Azure allows whole days from 30 to 730. Use 30, which the price of ingestion includes.`,
        );
    }
    if (quota !== undefined && !(quota >= minDailyQuotaInGb)) {
        problems.push(
            `\`logAnalytics.dailyQuotaInGb\` is ${quota}, Azure allows ${minDailyQuotaInGb} and more. Leave it out for no cap.`,
        );
    }
    return [
        ...problems,
        ...tables
            .filter((table) => !tablePattern.test(table))
            .map(
                (table) =>
                    `\`logAnalytics.basicPlanTables\` has "${table}", which is no table name. Use letters, digits and underscores, starting with a letter.`,
            ),
        ...duplicates(tables).map(
            (table) => `\`logAnalytics.basicPlanTables\` has "${table}" twice. Remove one of them.`,
        ),
    ];
}

function grafanaProblems({ grafana }: MonitoringSettings): string[] {
    if (!grafana) {
        return [];
    }
    const problems: string[] = [];
    const badName = grafana.name === undefined ? undefined : nameProblem("grafana", grafana.name);
    if (badName) {
        problems.push(`\`grafana.name\` is "${grafana.name}": ${badName}. Choose another name.`);
    }
    if (grafana.adminGroups.length === 0) {
        problems.push(
            "`grafana.adminGroups` is empty: nobody could administer Grafana, not even who deploys it. Give at least one group.",
        );
    }
    for (const list of ["adminGroups", "viewerGroups", "readScopes"] as const) {
        const keys = (grafana[list] ?? []).map(({ key }) => key);
        problems.push(
            ...duplicates(keys).map(
                (key) => `\`grafana.${list}\` has the key "${key}" twice. Give each its own key.`,
            ),
        );
    }
    return problems;
}
