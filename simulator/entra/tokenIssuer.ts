import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Person } from "../people";
import { SimulatorError } from "../simulatorError";

/** A token that Entra ID gave somebody for the API servers of AKS. */
export interface IssuedToken {
    token: string;
    /** Name of whom it stands for. */
    person: Person["name"];
    /** Milliseconds since 1970. */
    expiresAt: number;
}

/** What kubelogin gets: the `status` of an ExecCredential. */
export type SignInAnswer = TokenAnswer | CertificateAnswer;

/** A certificate in place of a token; both are PEM. */
export interface CertificateAnswer {
    clientCertificateData: string;
    clientKeyData: string;
}

/** A token, and how long it is good for. */
export interface TokenAnswer {
    token: string;
    /** RFC 3339; absent where it is not known. */
    expirationTimestamp?: string;
}

const lifetimeInMilliseconds = 5 * 60_000;

/**
 * Gives people tokens and knows them again. Every token is kept in a file, also after it has expired: whoever looks for
 * leaked secrets looks for these, and a simulator that was killed still knows whom it let in.
 */
export class TokenIssuer {
    readonly #path: string;
    readonly #people: readonly Person[];
    readonly #issued: IssuedToken[];

    constructor(path: string, people: readonly Person[]) {
        this.#path = path;
        this.#people = people;
        this.#issued = readTokens(path);
    }

    issue(name: string, now = Date.now()): TokenAnswer {
        const person = this.#people.find((each) => each.name === name);
        if (!person) {
            const known = this.#people.map((each) => each.name).join(", ");
            throw new SimulatorError(`there is no person "${name}" to sign in as; there are ${known}`);
        }
        const part = () => randomBytes(24).toString("base64url");
        // Three parts, as a token of Entra ID has; what they say is nobody's business but the issuer's.
        const token = `canary-token-${part()}.${part()}.${part()}`;
        const expiresAt = now + lifetimeInMilliseconds;
        this.#issued.push({ token, person: person.name, expiresAt });
        this.#write();
        return { token, expirationTimestamp: new Date(expiresAt).toISOString() };
    }

    /** Whom a token stands for; nobody where it is unknown or has expired. */
    holder(token: string, now = Date.now()): Person | undefined {
        const found = this.#issued.find((each) => each.token === token && each.expiresAt > now);
        return found && this.#people.find(({ name }) => name === found.person);
    }

    #write(): void {
        const next = `${this.#path}.next`;
        writeFileSync(next, JSON.stringify(this.#issued), { mode: 0o600 });
        renameSync(next, this.#path);
    }
}

/** Every token that was ever issued into this file; none where there is no file. */
export function readTokens(path: string): IssuedToken[] {
    return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as IssuedToken[]) : [];
}
