import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const RELEASE = fileURLToPath(new URL("../../scripts/release.mjs", import.meta.url));

/** `recsys-responder.zip` as `npm run release` makes it. */
export function releasedFunction(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "release-"));
  execFileSync(process.execPath, [RELEASE, "--only", "responder", "--out", folder], {
    stdio: "pipe",
  });
  const zip = readFileSync(join(folder, "recsys-responder.zip"));
  rmSync(folder, { recursive: true });
  return zip;
}
