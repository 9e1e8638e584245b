import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { isNamespaceName, isServiceAccountName } from "../../components/internal/kubernetesNames";
import {
    federatedCredentialName,
    qualifiedRoleDefinitionId,
    tokenSubject,
} from "../../components/internal/workloadIdentityRules";

const label = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,30}[a-z0-9])?$/);
const subdomain = fc
    .array(label, { minLength: 1, maxLength: 8 })
    .map((labels) => labels.join("."))
    .filter((name) => name.length <= 253);
const subject = fc.record({ namespace: label, serviceAccount: subdomain });

describe("federatedCredentialName", () => {
    it("is namespace and service account where Azure allows that", () => {
        assert.equal(
            federatedCredentialName({ namespace: "shop-dev", serviceAccount: "api" }),
            "shop-dev_api",
        );
    });

    it("is shortened and made unique where Azure does not", () => {
        const name = federatedCredentialName({ namespace: "shop", serviceAccount: "api.v1" });
        assert.match(name, /^shop_api-v1_[0-9a-f]{16}$/);
        assert.notEqual(name, federatedCredentialName({ namespace: "shop", serviceAccount: "api-v1" }));
        const long = federatedCredentialName({ namespace: "n".repeat(63), serviceAccount: "s".repeat(253) });
        assert.equal(long.length, 117);
    });

    it("is always a name that Azure allows", () => {
        fc.assert(
            fc.property(subject, (one) =>
                /^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/.test(federatedCredentialName(one)),
            ),
        );
    });

    it("is never the same for two service accounts", () => {
        fc.assert(
            fc.property(
                subject,
                subject,
                (one, other) =>
                    tokenSubject(one) === tokenSubject(other) ||
                    federatedCredentialName(one) !== federatedCredentialName(other),
            ),
        );
    });
});

describe("tokenSubject", () => {
    it("is what Kubernetes writes into the token", () => {
        assert.equal(
            tokenSubject({ namespace: "shop-dev", serviceAccount: "api" }),
            "system:serviceaccount:shop-dev:api",
        );
    });
});

describe("qualifiedRoleDefinitionId", () => {
    const full = "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/r";

    it("completes the GUID of a built-in role and keeps a full id", () => {
        assert.equal(qualifiedRoleDefinitionId("s", "r"), full);
        assert.equal(qualifiedRoleDefinitionId("other", full), full);
    });
});

describe("Kubernetes names", () => {
    it("are DNS labels for namespaces", () => {
        for (const name of ["a", "shop-dev", "0a", "n".repeat(63)]) {
            assert.equal(isNamespaceName(name), true, name);
        }
        for (const name of ["", "-a", "a-", "Shop", "shop.dev", "shop_dev", "n".repeat(64)]) {
            assert.equal(isNamespaceName(name), false, name);
        }
    });

    it("are DNS subdomains for service accounts", () => {
        for (const name of ["a", "api", "api.v1", "s".repeat(253)]) {
            assert.equal(isServiceAccountName(name), true, name);
        }
        for (const name of ["", ".a", "a.", "a..b", "api_v1", "API", "s".repeat(254)]) {
            assert.equal(isServiceAccountName(name), false, name);
        }
    });
});
