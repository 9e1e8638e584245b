#!/usr/bin/env node
// What `npx aks-landing-zone` runs: the driver is TypeScript, transpiled as it is loaded.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
require("../speed/register.cjs");
require("./cli.ts");
