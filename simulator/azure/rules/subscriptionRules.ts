import { purgeProtectionIsNeverFalse, unchangeableProperties } from "../changes";
import type { Rule } from "../subscription";
import { quotaMustSuffice, zonesMustBeOffered } from "./capacity";
import { clusterNeedsItsIdentity } from "./clusterDeletion";
import { oneClusterOperationAtATime, oneCredentialAtATime, oneNetworkWriteAtATime } from "./concurrency";
import { assignmentMustBeNew, lockForbidsDeletion, parentMustExist, placeMustExist } from "./existence";
import { deletedVaultKeepsItsName, nameMustBeFree } from "./globalNames";
import { groupMustNotBeInUse, mustNotBeInUse, prefixInUseMustStay } from "./inUse";
import { wayOutMustBeThere } from "./outbound";
import { clusterIdentityMustBeAllowed } from "./permissions";
import { principalMustBeKnown } from "./principals";
import { referencesMustExist } from "./references";

/** What Azure refuses because of what is there, and what is going on there, in the order in which it finds fault. */
export const subscriptionRules: readonly Rule[] = [
    placeMustExist,
    parentMustExist,
    assignmentMustBeNew,
    nameMustBeFree,
    deletedVaultKeepsItsName,
    purgeProtectionIsNeverFalse,
    unchangeableProperties,
    prefixInUseMustStay,
    referencesMustExist,
    principalMustBeKnown,
    oneCredentialAtATime,
    oneClusterOperationAtATime,
    oneNetworkWriteAtATime,
    clusterIdentityMustBeAllowed,
    wayOutMustBeThere,
    zonesMustBeOffered,
    quotaMustSuffice,
    lockForbidsDeletion,
    mustNotBeInUse,
    groupMustNotBeInUse,
    clusterNeedsItsIdentity,
];
