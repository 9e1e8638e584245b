const label = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const labelPattern = new RegExp(`^${label}$`);
const subdomainPattern = new RegExp(`^${label}(\\.${label})*$`);

/** True for a DNS label (RFC 1123), which is what a namespace may be called. */
export function isNamespaceName(name: string): boolean {
    return name.length <= 63 && labelPattern.test(name);
}

/** True for a DNS subdomain (RFC 1123), which is what a service account may be called. */
export function isServiceAccountName(name: string): boolean {
    return name.length <= 253 && subdomainPattern.test(name);
}
