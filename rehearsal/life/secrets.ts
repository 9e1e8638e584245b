import { textsWithSecret } from "../secretSearch";
import type { Stage } from "../stage";
import type { Notes } from "./notes";

/** Searches all that was written for what must not be read. */
export function secrets({ workspace, secrets: planted }: Stage, notes: Notes): Promise<void> {
    const searched = [...new Set([...planted, ...notes.keysAndTokens, ...workspace.keysAndTokens()])];
    const texts = [
        ...workspace.writtenTexts(),
        { name: "the report", text: JSON.stringify([notes.checks(), notes.steps]) },
    ];
    const leaks = textsWithSecret(texts, searched).map((name) => `in plain in ${name}`);
    // Without the kubeconfig in the state there would be nothing to find, and nothing proven.
    const provider = notes.resources.find(({ type }) => type === "pulumi:providers:kubernetes");
    const isKept = JSON.stringify(provider?.inputs?.["kubeconfig"] ?? "").includes("ciphertext");
    const unproven = isKept ? [] : ["the state has no kubeconfig in ciphertext"];
    notes.record(
        "secrets",
        [...leaks, ...unproven],
        `none of ${searched.length} secrets in ${texts.length} files of state and logs, nor in the report`,
    );
    return Promise.resolve();
}
