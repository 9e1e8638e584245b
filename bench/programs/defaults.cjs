// Loads TypeScript as Pulumi's language host does by default, type-checking, see @pulumi/pulumi/cmd/run/run.js.
"use strict";

require("@pulumi/pulumi/vendor/ts-node@7.0.1").register({
    compiler: require.resolve("typescript"),
    project: "tsconfig.json",
});
