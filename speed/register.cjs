/*
 * Lets Node load the TypeScript of this repository, and starts fast. esbuild strips the types of each file as it is
 * required; `--require ./speed/register.cjs` does this beside it, each of which LANDING_ZONE_SPEEDUPS_OFF turns off by
 * name:
 * - `transpile-cache`: what esbuild made of a file is kept in node_modules/.cache, by content.
 * - `compile-cache`: V8's code of each module is kept there too (Node 22.1 or later).
 * - `lazy-sdk`: parts of @pulumi/pulumi that this program does not need, above all two compilers which serialize
 *   functions for other programs than this one, load on first use.
 * - `stack-traces`: no source maps, which only a stack trace reads. With --debug they stay.
 * Where a cache cannot be written the program starts as it would without one.
 */
"use strict";

const { hash } = require("node:crypto");
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
    // `./automation` is the Automation API, `normalize-package-data` comes with the compilers.
    loadLater(["typescript", "@npmcli/arborist", "normalize-package-data", "./automation"]);
}
const transpiled = isOn("transpile-cache") ? kept(transpile) : transpile;
Module._extensions[".ts"] = (module, file) =>
    module._compile(transpiled(readFileSync(file, "utf8"), file), file);
process.setSourceMapsEnabled(!isOn("stack-traces") || process.argv.includes("--debug"));

/** JavaScript of one file of TypeScript. Types are checked by `npm run typecheck`. */
function transpile(code, file) {
    // Loaded here, since a start that finds everything in the cache needs it for nothing.
    const { formatMessagesSync, transformSync } = require("esbuild");
    const { code: javaScript, warnings } = transformSync(code, {
        loader: "ts",
        format: "cjs",
        target: "node22",
        sourcefile: file,
        sourcemap: "inline",
        sourcesContent: false,
    });
    formatMessagesSync(warnings, { kind: "warning" }).forEach((text) => process.stderr.write(text));
    return javaScript;
}

/** The same, which looks first at what it answered before. */
function kept(transpile) {
    const folder = join(cache, "transpiled");
    const version = require("esbuild/package.json").version;
    // The last line that esbuild writes: a file without it was cut off.
    const isWhole = (text) => text.includes("\n//# sourceMappingURL=") && text.endsWith("\n");
    return (code, file) => {
        const copy = join(folder, `${hash("sha256", `${version}\n${file}\n${code}`)}.js`);
        try {
            const text = readFileSync(copy, "utf8");
            if (isWhole(text)) {
                return text;
            }
        } catch {
            // Not there yet.
        }
        const javaScript = transpile(code, file);
        keep(copy, javaScript);
        return javaScript;
    };
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
