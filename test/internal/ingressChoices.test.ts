import * as assert from "node:assert/strict";
import { explainRefusedController } from "../../components/internal/ingressChoices";

const community =
    "The community ingress-nginx controller is retired: since March 2026 it gets no releases and no security fixes " +
    "(https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement).";
const managed =
    "The managed NGINX of the AKS application routing add-on is retired: it gets security fixes until November 2026 only " +
    "(https://github.com/Azure/AKS/issues/5516).";
const instead =
    "Use `Traefik` (the default; its kubernetesIngressNGINX provider reads most ingress-nginx annotations), `Custom` with a maintained chart " +
    "such as Envoy Gateway (`oci://docker.io/envoyproxy/gateway-helm`) or F5's NGINX (`oci://ghcr.io/nginx/charts/nginx-ingress`), " +
    "or `None` beside a managed one: the Gateway API implementation of application routing, or Application Gateway for Containers.";

describe("explainRefusedController", () => {
    const refused: [string, string][] = [
        ["ingress-nginx", `${community} ${instead}`],
        ["Ingress NGINX", `${community} ${instead}`],
        ["nginx", `${community} ${managed} ${instead}`],
        ["webAppRouting", `${managed} ${instead}`],
        ["web_app_routing", `${managed} ${instead}`],
        ["app-routing-nginx", `${managed} ${instead}`],
    ];
    for (const [name, expected] of refused) {
        it(`refuses ${name} and says what replaced it`, () => {
            assert.equal(explainRefusedController(name), expected);
        });
    }

    for (const name of ["Traefik", "Custom", "None", "nginx-ingress", "gateway-helm", "envoy-gateway", ""]) {
        it(`has nothing against "${name}"`, () => {
            assert.equal(explainRefusedController(name), undefined);
        });
    }
});
