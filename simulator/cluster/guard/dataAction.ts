/** What an API server asks an authorization webhook (`authorization.k8s.io/v1`), as far as the answer depends on it. */
export interface AccessReviewSpec {
    user?: string;
    groups?: readonly string[];
    extra?: Readonly<Record<string, readonly string[]>>;
    resourceAttributes?: {
        namespace?: string;
        verb?: string;
        group?: string;
        resource?: string;
        subresource?: string;
        name?: string;
    };
    nonResourceAttributes?: { path?: string; verb?: string };
}

const actionOfVerb: Readonly<Record<string, string>> = {
    get: "read",
    list: "read",
    watch: "read",
    create: "write",
    patch: "write",
    update: "write",
    delete: "delete",
    deletecollection: "delete",
    bind: "bind/action",
    escalate: "escalate/action",
    use: "use/action",
    impersonate: "impersonate/action",
};

/**
 * The action on data that a request is for Azure, after `Microsoft.ContainerService/managedClusters/`: group, resource and
 * what is done to it. Subresources count as their resource, but for `pods/exec`; other verbs as the resource alone, which
 * only a role for everything allows. As AKS does it: kubeguard/guard, authz/providers/azure/rbac/checkaccessreqhelper.go.
 */
export function dataActionOf({ resourceAttributes, nonResourceAttributes }: AccessReviewSpec): string {
    if (resourceAttributes) {
        const { group = "", resource = "", subresource, verb = "" } = resourceAttributes;
        const action =
            resource === "pods" && subresource === "exec" ? "exec/action" : (actionOfVerb[verb] ?? "");
        return joined(group, resource, action);
    }
    const { path = "", verb = "" } = nonResourceAttributes ?? {};
    return joined(path.replace(/^\/+|\/+$/g, ""), actionOfVerb[verb] ?? "");
}

function joined(...parts: string[]): string {
    return parts.filter((part) => part !== "").join("/");
}
