const email = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** True for what has the form of an e-mail address; whether somebody reads it cannot be known. */
export function isEmail(text: string): boolean {
    return email.test(text);
}
