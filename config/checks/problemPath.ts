import { pathText } from "../errors";
import type { Problem } from "../errors";
import type { Path } from "../schemaTree";

const firstArgument = /^`([^`]+)`/;

/** `pools[0].name` as a path. */
function argumentPath(argument: string): Path {
    return argument.split(/[.[]/).map((part) => (part.endsWith("]") ? Number(part.slice(0, -1)) : part));
}

/** The path as a sentence names it that is about `base`: without what both have in common. */
function nameBelow(base: Path, path: Path): string {
    return base.every((key, index) => path[index] === key) && path.length > base.length
        ? pathText(path.slice(base.length))
        : pathText(path);
}

/**
 * Problems from sentences of rules. Each begins with the argument that it is about; the setting has the same name below
 * `base`. Arguments that are called otherwise in the stack file are in `elsewhere`, and the sentences are put so.
 */
export function at(
    base: Path,
    sentences: readonly string[],
    elsewhere: Readonly<Record<string, Path>> = {},
): Problem[] {
    return sentences.map((sentence) => {
        const argument = firstArgument.exec(sentence)?.[1];
        const path =
            argument === undefined ? base : (elsewhere[argument] ?? [...base, ...argumentPath(argument)]);
        const text = Object.entries(elsewhere).reduce(
            (words, [name, place]) => words.replaceAll(`\`${name}\``, `\`${nameBelow(base, place)}\``),
            sentence,
        );
        return { path, text: text.endsWith(".") ? text : `${text}.` };
    });
}
