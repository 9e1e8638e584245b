import { dropStackTraces, mapStackTraces } from "../speed/stackTraces";
import { dropVersionAliases } from "../speed/versionAliases";
import { loadConfig } from "./config";
import { bootstrap } from "./program";

/*
 * What `pulumi up` runs in this folder. docs/bootstrap.md documents every output; renaming one breaks the pipelines.
 */
mapStackTraces();
const config = loadConfig();
dropStackTraces();
dropVersionAliases();
module.exports = bootstrap(config);
