import { loadConfig } from "./config";
import { bootstrap } from "./program";

/*
 * What `pulumi up` runs in this folder. docs/bootstrap.md documents every output; renaming one breaks the pipelines.
 */
module.exports = bootstrap(loadConfig());
