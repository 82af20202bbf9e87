/** Makes the parts of a release. */
import { createHash } from "node:crypto";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../boot.mjs";
import { writeListing } from "./listing.mjs";
import { panelPackage } from "./panel.mjs";
import { responderZip } from "./responder.mjs";
import { writeTemplates } from "./templates.mjs";

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** What there is to make. */
export const PARTS = ["responder", "templates", "listing", "panel-x64", "panel-arm64"];

/**
 * @param {{ bucket?: string, region: string, parts: ReadonlySet<string> }} options - the bucket of releases, without
 *   which there is no listing; its region; which parts
 */
export async function makeRelease(out, { bucket, region, parts }) {
  const scratch = mkdtempSync(join(tmpdir(), "recsys-release-"));
  try {
    const responder = join(parts.has("responder") ? out : scratch, "recsys-responder.zip");
    const isPackaged = [...parts].some((part) => part.startsWith("panel"));
    if (isPackaged || parts.has("responder"))
      await responderZip(responder, join(scratch, "responder"));
    if (parts.has("templates")) writeTemplates(join(out, "templates"), { version, bucket });
    if (parts.has("listing") && bucket !== undefined) {
      writeListing(join(out, "listing.json"), { version, bucket, region });
    }
    for (const cpu of ["x64", "arm64"]) {
      if (!parts.has(`panel-${cpu}`)) continue;
      const file = join(out, `recsys-panel-linux-${cpu}.tar.gz`);
      console.error(`${file} …`);
      panelPackage({ file, scratch: join(scratch, cpu), cpu, responder });
    }
    writeSums(out);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** `SHA256SUMS` of all that is there, as `sha256sum --check` takes it. */
function writeSums(out) {
  const files = globSync(["*.zip", "*.tar.gz", "templates/*.json", "listing.json"], { cwd: out }).sort();
  const lines = files.map((file) => {
    const sha256 = createHash("sha256").update(readFileSync(join(out, file))).digest("hex");
    return `${sha256}  ${file}\n`;
  });
  writeFileSync(join(out, "SHA256SUMS"), lines.join(""));
}
