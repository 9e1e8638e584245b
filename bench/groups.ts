import { criticalPath } from "./criticalPath";
import { engine } from "./engine";
import type { Group } from "./measurement";
import { scale } from "./scale";
import { start } from "./start";
import { tools } from "./tools";

/** Everything that can be measured, quick groups first. */
export const groups: readonly Group[] = [start, scale, tools, engine, criticalPath];
