/** Makes the parts of a release. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../boot.mjs";
import { responderZip } from "./responder.mjs";

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

export async function makeRelease(out, { parts }) {
  if (parts.has("responder")) {
    await responderZip(join(out, `recsys-responder-${version}.zip`), join(out, "responder"));
  }
}
