import { PolicyPack } from "@pulumi/policy";
import { policies } from "./pack/policies";
import { dayOf } from "./waiver";

// The engine starts this file by main.cjs; being constructed, the pack answers it.
new PolicyPack("aks-landing-zone", { policies: policies(() => dayOf(new Date())) });
