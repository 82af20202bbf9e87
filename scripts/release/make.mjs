/** Makes the parts of a release. */
import { createHash } from "node:crypto";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../boot.mjs";
import { panelPackage } from "./panel.mjs";
import { responderZip } from "./responder.mjs";
import { writeTemplates } from "./templates.mjs";

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** What there is to make. */
export const PARTS = ["responder", "templates", "panel-x64", "panel-arm64"];

/** @param {{ bucket?: string, parts: ReadonlySet<string> }} options - the bucket of releases; which parts */
export async function makeRelease(out, { bucket, parts }) {
  const scratch = mkdtempSync(join(tmpdir(), "recsys-release-"));
  try {
    const responder = join(parts.has("responder") ? out : scratch, "recsys-responder.zip");
    const isNeeded = [...parts].some((part) => part !== "templates");
    if (isNeeded) await responderZip(responder, join(scratch, "responder"));
    if (parts.has("templates")) writeTemplates(join(out, "templates"), { version, bucket });
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
  const files = globSync(["*.zip", "*.tar.gz", "templates/*.json"], { cwd: out }).sort();
  const lines = files.map((file) => {
    const sha256 = createHash("sha256").update(readFileSync(join(out, file))).digest("hex");
    return `${sha256}  ${file}\n`;
  });
  writeFileSync(join(out, "SHA256SUMS"), lines.join(""));
}
