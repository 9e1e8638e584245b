import * as pulumi from "@pulumi/pulumi";
import { teamPlatform } from "./teamPlatform";

const config = new pulumi.Config();
module.exports = teamPlatform({
    subscriptionId: config.require("subscriptionId"),
    tenantId: config.require("tenantId"),
    issuerUrl: config.require("issuerUrl"),
});
