// The engine's launcher has registered ts-node by now, which would check the types of every file and of all that it
// imports, on every preview. `npm run typecheck` does that; here esbuild transpiles each file as it is loaded.
delete require.extensions[".ts"];
require("../speed/register.cjs");
require("./index.ts");
