const replacements =
    "Use `Traefik` (the default; its kubernetesIngressNGINX provider reads most ingress-nginx annotations), `Custom` with a maintained chart " +
    "such as Envoy Gateway (`oci://docker.io/envoyproxy/gateway-helm`) or F5's NGINX (`oci://ghcr.io/nginx/charts/nginx-ingress`), " +
    "or `None` beside a managed one: the Gateway API implementation of application routing, or Application Gateway for Containers.";

const communityController =
    "The community ingress-nginx controller is retired: since March 2026 it gets no releases and no security fixes " +
    "(https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement).";

const managedAddOn =
    "The managed NGINX of the AKS application routing add-on is retired: it gets security fixes until November 2026 only " +
    "(https://github.com/Azure/AKS/issues/5516).";

/** Controllers that are refused, by their names without case and punctuation. */
const refused: Readonly<Record<string, string>> = {
    ingressnginx: communityController,
    kubernetesingressnginx: communityController,
    nginxingresscontroller: communityController,
    nginx: `${communityController} ${managedAddOn}`,
    webapprouting: managedAddOn,
    webapproutingnginx: managedAddOn,
    approuting: managedAddOn,
    approutingnginx: managedAddOn,
    applicationrouting: managedAddOn,
    managednginx: managedAddOn,
};

/**
 * Why an ingress controller of that name is refused and what replaced it; undefined for any other name. Takes the name
 * of a controller, of an add-on or of a chart, in any spelling.
 */
export function explainRefusedController(name: string): string | undefined {
    const explanation = refused[name.toLowerCase().replace(/[^a-z0-9]/g, "")];
    return explanation === undefined ? undefined : `${explanation} ${replacements}`;
}
