import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { configurationReference } from "./configurationReference";
import { policyPage } from "./ruleTable";
import { stackFileSchema } from "./stackSchema";

/** Files that are made from config/schema and from policy/, by path. A test compares them with what is in the repository. */
export function generatedFiles(): Record<string, string> {
    return {
        "schema/pulumi-stack.schema.json": `${JSON.stringify(stackFileSchema(), undefined, 2)}\n`,
        "docs/configuration.md": configurationReference(),
        "docs/policy.md": policyPage(),
    };
}

if (require.main === module) {
    for (const [path, text] of Object.entries(generatedFiles())) {
        writeFileSync(join(__dirname, "..", path), text);
        console.log(`wrote ${path}`);
    }
}
