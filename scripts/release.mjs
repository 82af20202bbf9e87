/**
 * `npm run release`: what a release consists of, in `release/` (or `--out`):
 *
 * - `templates/*.template.json` of this version, with `--bucket` as the bucket that they take the rest from;
 * - `recsys-responder-<version>.zip`, the function behind the REST API;
 * - `recsys-panel-linux-x64.tar.gz` and `-arm64`, which the panel's instance installs;
 * - `SHA256SUMS` of all of them.
 *
 * `--only responder,templates,panel-x64,panel-arm64` makes a part of it.
 */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { build, buildPages, install, root } from "./boot.mjs";

const { values } = parseArgs({
  options: {
    out: { type: "string", default: join(root, "release") },
    bucket: { type: "string" },
    only: { type: "string", default: "responder,templates,panel-x64,panel-arm64" },
  },
});
const parts = new Set(values.only.split(","));
install();
build();
if ([...parts].some((part) => part.startsWith("panel"))) buildPages();
const { makeRelease } = await import("./release/make.mjs");
const out = resolve(values.out);
mkdirSync(out, { recursive: true });
await makeRelease(out, { bucket: values.bucket, parts });
