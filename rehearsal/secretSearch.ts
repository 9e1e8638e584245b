import type { Credential } from "../simulator/cluster/kubernetesApi";

/** Names of the texts in which a secret stands in plain, or in base64. */
export function textsWithSecret(
    texts: readonly { name: string; text: string }[],
    secrets: readonly string[],
): string[] {
    const forms = secrets.flatMap((secret) => [secret, ...base64Forms(secret)]);
    return texts.filter(({ text }) => forms.some((form) => text.includes(form))).map(({ name }) => name);
}

/** How the secret looks inside a longer text in base64: that depends on where, modulo three bytes, it begins. */
function base64Forms(secret: string): string[] {
    return [0, 1, 2].map((offset) => {
        const encoded = Buffer.from("\0".repeat(offset) + secret).toString("base64");
        // What the bytes before and after have a part in.
        const head = offset === 0 ? 0 : offset + 1;
        return encoded.replace(/=+$/, "").slice(head, -1);
    });
}

/** The lines of a key in PEM: they stay what they are where the key is written into JSON or YAML. */
export function pemLines(pem: string): string[] {
    return pem.split("\n").filter((line) => /^[A-Za-z0-9+/=]{32,}$/.test(line));
}

/** The tokens in the simulator's list of those that it has given out. */
export function issuedTokens(list: string): string[] {
    return list === "" ? [] : (JSON.parse(list) as { token: string }[]).map(({ token }) => token);
}

/** What of a credential nobody may read: a certificate is no secret, its key is. */
export function credentialSecrets(credential: Credential): string[] {
    return "token" in credential ? [credential.token] : pemLines(credential.key);
}
