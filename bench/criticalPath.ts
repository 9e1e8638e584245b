import type { Group } from "./measurement";

export const criticalPath: Group = {
    name: "path",
    title: "criticalPath",
    measure: () => Promise.resolve([]),
};
