/** Somebody who asks the cluster's API server for something, as Entra ID knows them. */
export interface Person {
    name: "deployer" | "developer" | "reader" | "stranger" | "admin";
    /** Object id in Entra ID, a GUID. */
    objectId: string;
    /** Object ids of the groups that they are in. */
    groups: string[];
}
