import { readFileSync } from "node:fs";
import { bareProgramFile } from "../../engine/bareProgram";
import type { BareProgram } from "../../engine/bareProgram";
import { declare } from "./declare";

/*
 * What the landing zone is measured against: as many resources of the same types, and nothing else. A stage of the
 * benchmark runs it in place of the repository's index.ts.
 */
declare(JSON.parse(readFileSync(bareProgramFile, "utf8")) as BareProgram);
