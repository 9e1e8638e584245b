import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Writes a stand-in for kubelogin that signs in as the deployer, without Entra ID; returns the folder to put on the PATH.
 * It knows `get-token` for the server of AKS alone, so that the program's own rewriting of credentials is exercised.
 */
export function writeKubelogin(directory: string, token: string): string {
    const folder = join(directory, "bin");
    mkdirSync(folder, { recursive: true });
    const answer = JSON.stringify({
        apiVersion: "client.authentication.k8s.io/v1beta1",
        kind: "ExecCredential",
        status: { token },
    });
    const script = [
        "#!/bin/sh",
        'if [ "$1" != get-token ]; then echo "kubelogin: unknown command $1" >&2; exit 1; fi',
        'case " $* " in',
        '*" --login devicecode "*) echo "kubelogin: nobody is there to enter a device code" >&2; exit 1 ;;',
        '*" --server-id 6dae42f8-4368-4678-94ff-3960e28e3630 "*) ;;',
        '*) echo "kubelogin: --server-id is not that of AKS: $*" >&2; exit 1 ;;',
        "esac",
        `echo '${answer}'`,
        "",
    ].join("\n");
    const path = join(folder, "kubelogin");
    writeFileSync(path, script, { mode: 0o700 });
    chmodSync(path, 0o700);
    return folder;
}
