import { duplicates } from "./duplicates";
import { isEmail } from "./email";

/** Everything that decides a budget's notifications; defaults filled in. */
export interface BudgetSettings {
    amountPerMonth: number;
    startDate: string;
    contactEmails: readonly string[];
    actualThresholds: readonly number[];
    forecastThresholds: readonly number[];
}

/** One mail about a budget. */
export interface BudgetNotification {
    enabled: true;
    operator: "GreaterThanOrEqualTo";
    /** Percent of the amount. */
    threshold: number;
    thresholdType: "Actual" | "Forecasted";
    contactEmails: string[];
}

/** Azure's limits. */
const maxNotifications = 5;
const maxThreshold = 1000;
const firstPossibleStart = "2017-06-01";

const datePattern = /^\d{4}-(0[1-9]|1[0-2])-01$/;

/** The notifications by a key that says what each is for, such as `actual-80-percent`. */
export function budgetNotifications(settings: BudgetSettings): { [key: string]: BudgetNotification } {
    const notification =
        (thresholdType: BudgetNotification["thresholdType"]) =>
        (threshold: number): [string, BudgetNotification] => [
            `${thresholdType === "Actual" ? "actual" : "forecast"}-${threshold}-percent`,
            {
                enabled: true,
                operator: "GreaterThanOrEqualTo",
                threshold,
                thresholdType,
                contactEmails: [...settings.contactEmails],
            },
        ];
    return Object.fromEntries([
        ...settings.actualThresholds.map(notification("Actual")),
        ...settings.forecastThresholds.map(notification("Forecasted")),
    ]);
}

/** What is wrong with a budget, each with the remedy; empty when it is good. */
export function budgetProblems(settings: BudgetSettings): string[] {
    const {
        amountPerMonth: amount,
        startDate,
        contactEmails,
        actualThresholds,
        forecastThresholds,
    } = settings;
    const problems: string[] = [];
    if (!(amount > 0) || !Number.isFinite(amount)) {
        problems.push(
            `\`budget.amountPerMonth\` is ${amount}, a budget is an amount above 0. Give what a month may cost.`,
        );
    }
    if (!datePattern.test(startDate)) {
        problems.push(
            `\`budget.startDate\` is "${startDate}", Azure allows the first day of a month only. Write it like 2026-10-01.`,
        );
    } else if (startDate < firstPossibleStart) {
        problems.push(
            `\`budget.startDate\` is "${startDate}", Azure allows ${firstPossibleStart} and later. Use the first day of the current month.`,
        );
    }
    if (contactEmails.length === 0) {
        problems.push(
            "`budget.contactEmails` is empty: nobody would be told. Give at least one e-mail address.",
        );
    }
    problems.push(
        ...contactEmails
            .filter((email) => !isEmail(email))
            .map(
                (email) =>
                    `\`budget.contactEmails\` has "${email}", which is no e-mail address. Write it like name@example.com.`,
            ),
    );
    const count = actualThresholds.length + forecastThresholds.length;
    if (count === 0 || count > maxNotifications) {
        problems.push(
            `\`budget.actualThresholds\` and \`forecastThresholds\` have ${count} values together, Azure allows 1 to ${maxNotifications}. ` +
                "Keep those that somebody acts on.",
        );
    }
    for (const [list, thresholds] of Object.entries({ actualThresholds, forecastThresholds })) {
        problems.push(
            ...thresholds
                .filter((threshold) => !(threshold > 0 && threshold <= maxThreshold))
                .map(
                    (threshold) =>
                        `\`budget.${list}\` has ${threshold}, Azure allows percents above 0 up to ${maxThreshold}. 80 means 80 % of the amount.`,
                ),
            ...duplicates(thresholds.map(String)).map(
                (threshold) => `\`budget.${list}\` has ${threshold} twice. Remove one of them.`,
            ),
        );
    }
    return problems;
}
