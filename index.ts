import { loadConfig } from "./config";
import { landingZone } from "./program";

/*
 * What `pulumi up` runs. Every output is documented in README.md ("Outputs"); renaming one breaks whoever reads it.
 */
module.exports = landingZone(loadConfig());
