import type { CommandContext } from "../terminal/context";
import type { AzureCli } from "./doctor/azureCli";
import type { Interruption } from "./interruption";
import type { StackOperations } from "./operations";

/** Where the driver reads from and writes to, and what it works with; a test gives its own. */
export interface DriverContext extends CommandContext {
    interruption: Interruption;
    /** Shows stack traces. Defaults to false. */
    debug?: boolean;
    /** Asks a person and waits for the answer. Undefined where nobody is there: the input is no terminal. */
    ask?: (question: string) => Promise<string>;
    /** Opens a stack. Defaults to the Automation API on the repository. */
    open?: (stack: string) => Promise<StackOperations>;
    /** Runs the Azure CLI. Defaults to `az` on the PATH. */
    azure?: AzureCli;
    /** Waits; ends early when the driver is interrupted. Defaults to the real clock. */
    sleep?: (milliseconds: number) => Promise<void>;
}
