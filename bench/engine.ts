import type { Group } from "./measurement";

export const engine: Group = { name: "engine", title: "engine", measure: () => Promise.resolve([]) };
