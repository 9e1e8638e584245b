import type { SettingChanges } from "../../support/fixtures";

/**
 * A configuration that is refused: what is wrong, how it differs from the valid one, and every line of the message,
 * without the project's name before the key.
 */
export type BadConfiguration = readonly [
    title: string,
    changes: SettingChanges,
    problems: string | readonly string[],
];

/** Settings of kured that are good by themselves. */
export const kured = { window: { days: ["mo"], startTime: "01:00", endTime: "05:00", timeZone: "UTC" } };

/** Id of a private DNS zone. */
export const zone = (name: string): string =>
    `/subscriptions/x/resourceGroups/rg/providers/Microsoft.Network/privateDnsZones/${name}`;
