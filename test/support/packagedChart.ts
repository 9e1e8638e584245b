import { readFileSync } from "node:fs";
import * as path from "node:path";
import { gunzipSync } from "node:zlib";
import type { Context } from "mocha";
import type { ChartPin } from "../../components/internal/charts";
import { skipFor } from "./toolchain";

/**
 * A text file out of a packaged chart in the folder that LANDING_ZONE_CHARTS names; skips the test where there is none.
 */
export function readFromChart(test: Context, pin: ChartPin, file: string): string {
    const folder = process.env["LANDING_ZONE_CHARTS"];
    if (folder === undefined) {
        return skipFor(
            test,
            new Error("LANDING_ZONE_CHARTS is not set and LANDING_ZONE_REQUIRE_TOOLCHAIN is"),
        );
    }
    const archive = gunzipSync(readFileSync(path.join(folder, `${pin.name}-${pin.version}.tgz`)));
    const content = findInTar(archive, `${pin.name}/${file}`);
    if (content === undefined) {
        throw new Error(`${pin.name}-${pin.version}.tgz holds no ${file}`);
    }
    return content;
}

/** A tar archive is blocks of 512 bytes: a header with name and octal size, then the content, filled up to a block. */
function findInTar(archive: Buffer, name: string): string | undefined {
    const field = (offset: number, length: number) =>
        archive
            .toString("utf8", offset, offset + length)
            .split("\0")[0]
            ?.trim() ?? "";
    for (let header = 0; header + 512 <= archive.length;) {
        const size = parseInt(field(header + 124, 12) || "0", 8);
        if (field(header, 100) === name) {
            return archive.toString("utf8", header + 512, header + 512 + size);
        }
        header += 512 + Math.ceil(size / 512) * 512;
    }
    return undefined;
}
