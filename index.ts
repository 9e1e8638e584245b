import { loadConfig } from "./config";
import { landingZone } from "./program";
import { dropStackTraces, mapStackTraces } from "./speed/stackTraces";
import { dropVersionAliases } from "./speed/versionAliases";

/*
 * What `pulumi up` runs. Every output is documented in README.md ("Outputs"); renaming one breaks whoever reads it.
 */
mapStackTraces();
const config = loadConfig();
dropStackTraces();
dropVersionAliases();
module.exports = () => landingZone(config);
