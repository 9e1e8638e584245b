/**
 * Resource option for children of a protected component that hold nothing: they must come and go while the component
 * stays protected, above all access, which has to be revocable at any time.
 */
export const recreatable = { protect: false };
