/**
 * `npm run release`: what a release consists of, in `release/` (or `--out DIR`), to be copied as it is to
 * `s3://<bucket of releases>/recsys/<version>/`:
 *
 * - `templates/*.template.json`, the CloudFormation templates of this version; with `--bucket NAME` they take the rest
 *   from that bucket unless somebody says otherwise;
 * - `recsys-responder.zip`, the function behind the REST API;
 * - `recsys-panel-linux-x64.tar.gz` and `recsys-panel-linux-arm64.tar.gz`, which the panel's instance installs;
 * - with `--bucket` and its `--region` (us-east-1), `listing.json`, what a marketplace is told;
 * - `SHA256SUMS` of all of them.
 *
 * `--only responder,templates,listing,panel-x64,panel-arm64` makes some of them.
 */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build, buildPages, install, node, root, run } from "./boot.mjs";

const { values } = parseArgs({
  options: {
    out: { type: "string", default: join(root, "release") },
    bucket: { type: "string" },
    region: { type: "string", default: "us-east-1" },
    only: { type: "string" },
  },
});
install();
// The packaged Node, whichever has started this: it decides the bytes that packing gives.
if (process.execPath !== node() && process.env.RECSYS_RELEASE === undefined) {
  run(node(), [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    env: { ...process.env, RECSYS_RELEASE: "1" },
  });
  process.exit(0);
}
// Only now: it needs what has been installed.
const { makeRelease, PARTS } = await import("./release/make.mjs");
const parts = new Set(values.only?.split(",") ?? PARTS);
const unknown = [...parts].find((part) => !PARTS.includes(part));
if (unknown !== undefined) {
  console.error(`--only takes ${PARTS.join(", ")}, got "${unknown}"`);
  process.exit(2);
}
if ([...parts].some((part) => part.startsWith("panel"))) {
  build();
  buildPages();
}
const out = resolve(values.out);
mkdirSync(out, { recursive: true });
await makeRelease(out, { bucket: values.bucket, region: values.region, parts });
