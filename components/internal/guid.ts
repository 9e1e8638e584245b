const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** True for the textual form of a GUID, as Entra writes object ids: 8-4-4-4-12 hexadecimal digits. */
export function isGuid(value: string): boolean {
    return guid.test(value);
}
