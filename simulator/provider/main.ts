import { readFileSync } from "node:fs";
import { main } from "@pulumi/pulumi/provider";
import { EntityStore } from "./entityStore";
import type { ProviderSettings } from "./settings";
import { SimulatedProvider } from "./simulatedProvider";

/*
 * The simulator's process: prints the port that it listens on, serves azure-native and azuread, and ends with whoever
 * started it, by whatever means that one ends: the pipe to its standard input is closed then.
 */
process.stdin.on("end", () => process.exit(0)).resume();

const [, , settingsFile = ""] = process.argv;
const settings = JSON.parse(readFileSync(settingsFile, "utf8")) as ProviderSettings;
const store = new EntityStore(settings.stateFile);

main(new SimulatedProvider(store, settings.environment, settings.cluster), []).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
});
