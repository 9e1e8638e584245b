/*
 * Lets Node load the TypeScript of this repository, and starts faster than esbuild-register by itself. What
 * `--require ./speed/register.cjs` does beside it, each of which LANDING_ZONE_SPEEDUPS_OFF turns off by name:
 * - `transpile-cache`: what esbuild made of a file is kept in node_modules/.cache, by content and options.
 * - `compile-cache`: V8's code of each module is kept there too (Node 22.1 or later).
 * - `lazy-sdk`: the two compilers in @pulumi/pulumi, which serialize functions for other programs than this one, load
 *   on first use.
 * - `stack-traces`: no source maps, which only a stack trace reads. With --debug they stay.
 * Where a cache cannot be written the program starts as it would without one.
 */
"use strict";

const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { join } = require("node:path");

const off = (process.env.LANDING_ZONE_SPEEDUPS_OFF ?? "").split(",").map((name) => name.trim());
const isOn = (name) => !off.includes("all") && !off.includes(name);

const cache = join(__dirname, "..", "node_modules", ".cache", "aks-landing-zone");

if (isOn("compile-cache") && !process.env.NODE_COMPILE_CACHE) {
    Module.enableCompileCache?.(join(cache, "compiled"));
}
if (isOn("lazy-sdk")) {
    loadLater(["typescript", "@npmcli/arborist"]);
}
if (isOn("transpile-cache")) {
    keepTranspiled();
}
require("esbuild-register");
if (isOn("stack-traces") && !process.argv.includes("--debug")) {
    process.setSourceMapsEnabled(false);
}

/** Has @pulumi/pulumi's own requests for these modules answered by a stand-in that loads them when it is touched. */
function loadLater(names) {
    const load = Module._load;
    const ofSdk = /[\\/]@pulumi[\\/]pulumi[\\/]/;
    Module._load = function (request, parent, isMain) {
        if (!names.includes(request) || !ofSdk.test(parent?.filename ?? "")) {
            return load.call(this, request, parent, isMain);
        }
        let loaded;
        const module = () => (loaded ??= load.call(this, request, parent, isMain));
        return new Proxy(function () {}, {
            apply: (_, self, args) => Reflect.apply(module(), self, args),
            construct: (_, args) => Reflect.construct(module(), args),
            // Asked by what TypeScript makes of `import * as`, which would copy every property otherwise.
            get: (_, key) => (key === "__esModule" ? true : module()[key]),
            has: (_, key) => key in module(),
        });
    };
}

/** Has esbuild's `transformSync`, which esbuild-register calls for each file, look first at what it answered before. */
function keepTranspiled() {
    const esbuild = require("esbuild");
    const { transformSync, version } = esbuild;
    const folder = join(cache, "transpiled");
    const withCache = (code, options) => {
        const key = createHash("sha256")
            .update(JSON.stringify([version, options, code]))
            .digest("hex");
        const file = join(folder, `${key}.json`);
        try {
            return JSON.parse(readFileSync(file, "utf8"));
        } catch {
            const result = transformSync(code, options);
            // Warnings are to be seen each time.
            if (result.warnings.length === 0) {
                keep(file, JSON.stringify(result));
            }
            return result;
        }
    };
    const ofEsbuild = require.resolve("esbuild");
    // Its exports cannot be written to.
    require.cache[ofEsbuild].exports = { ...esbuild, transformSync: withCache };
}

/** Written beside and renamed, so that nobody reads half a file. */
function keep(file, text) {
    const beside = `${file}.${process.pid}`;
    try {
        mkdirSync(join(file, ".."), { recursive: true });
        writeFileSync(beside, text);
        renameSync(beside, file);
    } catch {
        // A folder that cannot be written, or a full disk: the next start transpiles again.
    }
}
