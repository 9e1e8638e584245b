import * as pulumi from "@pulumi/pulumi";
import { isSpedUp } from "./switches";

/**
 * azure-native gives every resource an alias for each API version that its type was once named by, up to a hundred, and
 * working them out takes a third of the program's time. Only a state that has such types, `azure-native:network/v20230201:…`,
 * needs them, and this program never made one. A stack that took over resources from a program with versioned types
 * turns this off until its first `up` is done. Aliases of any other kind stay.
 *
 * Call it before the first resource is declared.
 */
export function dropVersionAliases(): void {
    if (isSpedUp("version-aliases")) {
        pulumi.runtime.registerStackTransformation(withoutVersionAliases);
    }
}

const withoutVersionAliases: pulumi.ResourceTransformation = ({ props, opts }) => ({
    props,
    opts: { ...opts, aliases: opts.aliases?.filter((alias) => !isVersioned(alias)) },
});

function isVersioned(alias: pulumi.Input<pulumi.URN | pulumi.Alias>): boolean {
    const type = typeof alias === "object" && "type" in alias ? alias.type : undefined;
    return typeof type === "string" && /^azure-native:\w+\/v\d{8}/.test(type);
}
