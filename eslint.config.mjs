import js from "@eslint/js";
import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";

export default tseslint.config(
    { ignores: ["node_modules/", "**/node_modules/", "out/", "schema/", "test/golden/"] },
    js.configs.recommended,
    ...tseslint.configs.recommendedTypeChecked,
    {
        files: ["**/*.ts"],
        languageOptions: {
            // One strict project for all files: components/tsconfig.json says how others compile the package.
            parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname },
        },
        plugins: { "@pulumi": pulumi },
        rules: {
            "@pulumi/no-output-in-template-literal": "error",
            "@pulumi/no-output-instance-in-template-literal": "off",
            "@typescript-eslint/no-floating-promises": "error",
            "@typescript-eslint/no-explicit-any": "error",
            "@typescript-eslint/no-non-null-assertion": "error",
            "@typescript-eslint/switch-exhaustiveness-check": "error",
            "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
            // `new Resource(...)` registers by being constructed; Pulumi programs rely on it.
            "no-new": "off",
            eqeqeq: ["error", "always"],
        },
    },
    {
        // Only the configuration may read pulumi.Config: data flows one way from there.
        files: ["**/*.ts"],
        ignores: ["config.ts", "examples/**"],
        rules: {
            "no-restricted-syntax": [
                "error",
                {
                    selector: "NewExpression[callee.object.name='pulumi'][callee.property.name='Config']",
                    message: "config.ts is the only reader of pulumi.Config.",
                },
                {
                    // Only index files that load every other one; `.` stands for a slash, which ends a pattern here.
                    selector:
                        "ImportDeclaration[source.value=/^@pulumi.(azure-native|azuread|kubernetes(.apiextensions|.helm.v3)?)$/][importKind!='type']",
                    message:
                        "Import a submodule (@pulumi/azure-native/containerservice, @pulumi/kubernetes/core/v1): this index loads all there is.",
                },
            ],
        },
    },
    {
        files: ["test/**/*.ts"],
        rules: {
            // Assertions inside apply() run after the test has passed; see test/support/harness.ts valueOf.
            "no-restricted-syntax": [
                "error",
                {
                    selector:
                        "CallExpression[callee.property.name='apply'] CallExpression[callee.name='assert']",
                    message: "Never assert inside apply(): use valueOf(output) and assert outside.",
                },
                {
                    selector:
                        "CallExpression[callee.property.name='apply'] CallExpression[callee.object.name='assert']",
                    message: "Never assert inside apply(): use valueOf(output) and assert outside.",
                },
            ],
        },
    },
    {
        files: ["**/*.mjs", "**/*.cjs"],
        ...tseslint.configs.disableTypeChecked,
    },
    {
        // What Node loads before it can read TypeScript.
        files: ["**/*.cjs"],
        languageOptions: {
            globals: {
                __dirname: "readonly",
                performance: "readonly",
                process: "readonly",
                require: "readonly",
            },
        },
        rules: { "@typescript-eslint/no-require-imports": "off" },
    },
);
