/** The stacks that are measured. */
export const stacks = ["dev", "prod"] as const;
