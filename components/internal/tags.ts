/** Tags of the user, as written in the stack file. */
export interface TagMap {
    [key: string]: string;
}

/**
 * The tags of every resource: what the program knows, and the user's own, which win. Written in one place so that cost
 * reports and policies can rely on them.
 */
export function landingZoneTags(workload: string, environment: string, own: TagMap): TagMap {
    return { environment, "managed-by": "pulumi", workload, ...own };
}
