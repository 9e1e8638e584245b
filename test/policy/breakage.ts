import { remove, setInput } from "../support/editing";
import type { EditableStack } from "./editableStack";

/** One thing that is broken in a passing stack, and what exactly its rule then says. */
export interface Breakage {
    rule: string;
    breaks: string;
    change: (stack: EditableStack) => void;
    /** `resource: message` of each finding; the message alone where no resource is named. */
    expect: string[];
    /** Further rules that cannot but fail with it; one breakage at least of each rule has none. */
    also?: string[];
    /** The stack that is broken. Defaults to prod. */
    on?: "dev" | "prod";
}

/** Sets an input. */
export const set = (name: string, path: string, value: unknown) => (stack: EditableStack) =>
    setInput(stack, name, path, value);

/** Removes an input, as if nobody had written it. */
export const without = (name: string, path: string) => set(name, path, undefined);

/** Removes a resource. */
export const removed = (name: string) => (stack: EditableStack) => remove(stack, name);

/** Takes the waivers of a rule away, so that its findings stand. */
export const unwaived = (rule: string) => (stack: EditableStack) => {
    stack.waivers = stack.waivers.filter((waiver) => waiver.rule !== rule);
};
