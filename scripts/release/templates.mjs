/** The templates of this version, as they are handed out. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../boot.mjs";

const TEMPLATES = join(root, "src", "cloud", "templates");
/** CloudFormation takes no more with the request; a larger one would need a bucket to be created from. */
const MOST_BYTES = 51_200;

/**
 * Writes the templates to `folder`. Each says its version; where the release's bucket is known, it is where panel and
 * function come from unless somebody says otherwise.
 */
export function writeTemplates(folder, { version, bucket }) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(TEMPLATES).filter((file) => file.endsWith(".template.json"))) {
    const template = JSON.parse(readFileSync(join(TEMPLATES, name), "utf8"));
    const { Parameters } = template;
    template.Metadata = { ...template.Metadata, "RecSys.Version": version };
    if (Parameters.CodeKey) Parameters.CodeKey.Default = `recsys/${version}/recsys-responder.zip`;
    if (bucket !== undefined) {
      for (const parameter of ["ReleaseBucket", "CodeBucket"]) {
        if (Parameters[parameter]) Parameters[parameter].Default = bucket;
      }
    }
    const text = `${JSON.stringify(template, null, 1)}\n`;
    if (Buffer.byteLength(text) > MOST_BYTES) {
      throw new Error(`${name} has ${Buffer.byteLength(text)} bytes, CloudFormation takes ${MOST_BYTES}`);
    }
    writeFileSync(join(folder, name), text);
  }
}
