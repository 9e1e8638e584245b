import * as z from "zod";
import { effect, guid, region, replaces, text, words } from "./values";

/** Text for the reference: a change of the setting replaces all that the stack has. */
const everything = replaces("everything");

/** What two of the settings below mean, which is not the same in every program. */
export interface CommonWords {
    /** Of `environment`: the beginning of "...; part of every name.". */
    environment: string;
    /** Of `subscriptionId`. */
    subscription: string;
}

/** The settings that a stack of every program here begins with: what its names, region, tenant and tags are. */
export function commonSettings({ environment, subscription }: CommonWords) {
    return {
        workload: text(/^[a-z][a-z0-9]{1,9}$/, {
            allowed: "2 to 10 lower-case letters and digits, starting with a letter",
            example: "lz",
            fix: "Rename it.",
        })
            .default("lz")
            .meta(effect("Short name of the landing zone; part of every name.", everything)),
        environment: text(/^[a-z][a-z0-9]{1,7}$/, {
            allowed: "2 to 8 lower-case letters and digits, starting with a letter",
            example: "dev",
            fix: "Rename it.",
        }).meta(effect(`${environment}; part of every name.`, everything)),
        location: region().default("westeurope").meta(effect("Azure region.", everything)),
        subscriptionId: guid("Read it with `az account show --query id --output tsv`.").meta(
            effect(subscription, everything),
        ),
        tenantId: guid("Read it with `az account show --query tenantId --output tsv`.").meta(
            effect("Entra tenant of the subscription.", everything),
        ),
        tags: z
            .record(words("cost-center"), z.string().max(256))
            .default({})
            .meta(effect("Tags of every resource, beside those that the program sets.")),
    };
}
