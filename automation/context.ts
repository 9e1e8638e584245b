import { createColors } from "picocolors";
import type { Colors } from "picocolors/types";
import type { OutputStream } from "../plan/command";
import type { AzureCli } from "./doctor/azureCli";
import type { Interruption } from "./interruption";
import type { StackOperations } from "./operations";

/** Where the driver reads from and writes to, and what it works with; a test gives its own. */
export interface DriverContext {
    /** The repository: directory of Pulumi.yaml and the stack files. */
    directory: string;
    stdout: OutputStream;
    stderr: OutputStream;
    environment: Readonly<Record<string, string | undefined>>;
    interruption: Interruption;
    /** Asks a person and waits for the answer. Undefined where nobody is there: the input is no terminal. */
    ask?: (question: string) => Promise<string>;
    /** Opens a stack. Defaults to the Automation API on the repository. */
    open?: (stack: string) => Promise<StackOperations>;
    /** Runs the Azure CLI. Defaults to `az` on the PATH. */
    azure?: AzureCli;
    /** Waits; ends early when the driver is interrupted. Defaults to the real clock. */
    sleep?: (milliseconds: number) => Promise<void>;
}

const longestLine = 100;
const shortestLine = 60;

/** How text is laid out on a stream. */
export interface TextOptions {
    colors: Colors;
    width: number;
}

/** Colour on a terminal only, and not where NO_COLOR is set (https://no-color.org). */
export function textOptions(stream: OutputStream, environment: DriverContext["environment"]): TextOptions {
    const isColoured = stream.isTTY === true && (environment["NO_COLOR"] ?? "") === "";
    const width = stream.isTTY ? (stream.columns ?? longestLine) : longestLine;
    return {
        colors: createColors(isColoured),
        width: Math.max(shortestLine, Math.min(longestLine, width)),
    };
}
