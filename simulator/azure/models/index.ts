import type { Rule } from "../subscription";
import { propertyProblems } from "./armBody";

export { armBody, propertyProblems } from "./armBody";

/** Refuses to create or change a resource with properties that Azure does not know, misses or does not allow. */
export const propertiesMustFit: Rule = ({ kind, type, inputs }) =>
    kind !== "delete" && type.startsWith("azure-native:") ? propertyProblems(type, inputs)[0] : undefined;
