import * as assert from "node:assert/strict";
import { customRoleId } from "../../bootstrap/internal/customRoles";
import { guidFrom, isGuid } from "../../components/internal/guid";
import { subscriptionId } from "../bootstrap/bootstrapStacks";

describe("guidFrom", () => {
    it("gives the same seed the same GUID for ever, of the version that is asked for", () => {
        assert.equal(guidFrom("principal /x", 5), "8096b963-4c38-51d1-883c-da6f2ba15ff5");
        assert.equal(guidFrom("principal /x", 8), "8096b963-4c38-51d1-883c-da6f2ba15ff5".replace("-5", "-8"));
        assert.ok(isGuid(guidFrom("", 8)));
    });

    // Azure knows the roles of a subscription by these: another id would be another role.
    it("keeps the ids of the roles of our own", () => {
        assert.equal(customRoleId(subscriptionId, "policyAssigner"), "7c51ef9c-2514-88bf-886c-2a0ed5f49722");
        assert.equal(customRoleId(subscriptionId, "keyDecrypter"), "89d50ffa-d586-8735-875f-96ab0593f248");
    });
});
