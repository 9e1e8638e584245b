/* eslint-disable no-undef, @typescript-eslint/no-require-imports -- the engine requires this file, before any TypeScript can be read. */

// The engine's launcher has registered ts-node by now, which would check the types of every file and of all that it
// imports, on every preview. `npm run typecheck` does that; here esbuild transpiles each file as it is loaded.
delete require.extensions[".ts"];
require("esbuild-register");
require("./index.ts");
