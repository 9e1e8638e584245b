/** A value in an export that is not what a deployment will have there. */
export interface StandInNote {
    /** Logical name of the resource. */
    resource: string;
    type: string;
    /** Where in the resource it stands. */
    at: string;
    why: string;
}

/** Something that an export does not hold, and why. */
export interface LeftOut {
    what: string;
    why: string;
}
