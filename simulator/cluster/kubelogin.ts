import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { aksServerApplicationId } from "../../components/internal/kubeconfig";

/** Where the stand-in gets its tokens from: the simulator's control server. */
export interface TokenSource {
    controlPort: number;
    controlToken: string;
}

/** Environment variable that names the person who signs in; the deployer where it is not set. */
export const personVariable = "LANDING_ZONE_REHEARSAL_PERSON";

/**
 * Writes a stand-in for kubelogin that signs in without Entra ID, as whom the environment says; returns the folder to put
 * on the PATH. It knows `get-token` for the server of AKS alone, so that the program's own rewriting of credentials is
 * exercised. The file holds the control token: nobody else may read it.
 */
export function writeKubelogin(directory: string, source: TokenSource): string {
    const folder = join(directory, "bin");
    mkdirSync(folder, { recursive: true });
    const path = join(folder, "kubelogin");
    // Node is named here, because whoever calls it may have no PATH to speak of.
    const text = [
        "#!/bin/sh",
        `exec ${quoted(process.execPath)} - "$@" <<'END_OF_SCRIPT'`,
        script(source),
        "END_OF_SCRIPT",
        "",
    ].join("\n");
    writeFileSync(path, text, { mode: 0o700 });
    chmodSync(path, 0o700);
    return folder;
}

function script({ controlPort, controlToken }: TokenSource): string {
    return `
const args = process.argv.slice(2);
const has = (name, value) => args.some((each, index) => each === name && args[index + 1] === value);

async function main() {
    if (args[0] !== "get-token") {
        throw new Error("unknown command " + args[0]);
    }
    if (has("--login", "devicecode") || !args.includes("--login")) {
        throw new Error("nobody is there to enter a device code");
    }
    if (!has("--server-id", ${JSON.stringify(aksServerApplicationId)})) {
        throw new Error("--server-id is not that of AKS: " + args.join(" "));
    }
    const response = await fetch("http://127.0.0.1:${controlPort}/tokens", {
        method: "POST",
        headers: { Authorization: ${JSON.stringify(`Bearer ${controlToken}`)}, "Content-Type": "application/json" },
        body: JSON.stringify({ person: process.env.${personVariable} || "deployer" }),
    });
    const status = await response.json();
    if (!response.ok) {
        throw new Error(status.error);
    }
    console.log(JSON.stringify({ apiVersion: "client.authentication.k8s.io/v1beta1", kind: "ExecCredential", status }));
}

main().catch((error) => {
    console.error("kubelogin: " + error.message);
    process.exit(1);
});
`.trim();
}

function quoted(text: string): string {
    return `'${text.replaceAll("'", `'\\''`)}'`;
}
