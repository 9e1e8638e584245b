/*
 * Lets Node load the TypeScript of this repository, and starts fast. esbuild strips the types of each file as it is
 * required; `--require ./speed/register.cjs` does this beside it, each of which LANDING_ZONE_SPEEDUPS_OFF turns off by
 * name:
 * - `transpile-cache`: what esbuild made of a file is kept in node_modules/.cache, by content.
 * - `compile-cache`: V8's code of each module is kept there too (Node 22.1 or later).
 * - `shared-exports`: modules hand each other their exports as they are, where esbuild has each importer copy them.
 * - `lazy-modules`: parts of libraries that this program does not need load on first use, see `late`.
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
/** What packages ask for when they are loaded, and need only for some of what they can do. */
const late = {
    "@pulumi/pulumi": [
        // Serialize functions, for dynamic providers.
        "typescript",
        "@npmcli/arborist",
        "normalize-package-data",
        "./dynamic",
        // For programs that drive the CLI, and for programs that are a provider.
        "./automation",
        "./provider",
        // Talk to an engine, which tests and plans do without, and tell a tracer of it.
        "@grpc/grpc-js",
        "../proto/engine_grpc_pb",
        "../proto/resource_grpc_pb",
        "../proto/callback_grpc_pb",
        "@opentelemetry/api",
        // Chooses between versions of a package.
        "semver",
    ],
    // Messages in other languages than English.
    zod: ["../locales/index.cjs"],
    // The landing zone has IPv4 only.
    "ip-address": ["./ipv6", "./v6/helpers"],
};
if (isOn("lazy-modules")) {
    loadLater(late);
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
    return isOn("shared-exports") ? withSharedExports(javaScript) : javaScript;
}

/**
 * Changes two of the helpers that esbuild puts before a module: what has `__esModule` was made for `import * as` and is
 * used as it is, as TypeScript does; and a module exports what it has, not a copy. A helper that is spelt otherwise stays.
 */
function withSharedExports(javaScript) {
    return javaScript
        .replace(
            "\nvar __toESM = (mod, isNodeMode, target) => (",
            "\nvar __toESM = (mod, isNodeMode, target) => mod?.__esModule && !isNodeMode ? mod : (",
        )
        .replace(
            '\nvar __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);',
            '\nvar __toCommonJS = (mod) => __defProp(mod, "__esModule", { value: true });',
        );
}

/** The same, which looks first at what it answered before. */
function kept(transpile) {
    const folder = join(cache, "transpiled");
    const variant = `${require("esbuild/package.json").version} ${isOn("shared-exports")}`;
    // The last line that esbuild writes: a file without it was cut off.
    const isWhole = (text) => text.includes("\n//# sourceMappingURL=") && text.endsWith("\n");
    return (code, file) => {
        const copy = join(folder, `${hash("sha256", `${variant}\n${file}\n${code}`)}.js`);
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

/** Has the packages' own requests for these modules answered by a stand-in that loads them when it is touched. */
function loadLater(requests) {
    const load = Module._load;
    const packageOf = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/;
    const asked = new Set(Object.values(requests).flat());
    const isLate = (request, by = "") => {
        const name = packageOf.exec(by)?.[1].replace("\\", "/");
        return requests[name]?.includes(request);
    };
    Module._load = function (request, parent, isMain) {
        if (!asked.has(request) || !isLate(request, parent?.filename)) {
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
