import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { synthesise } from "./synthesise.ts";

/*
 * `main.ts <folder> <scratch folder>` writes the templates that are shipped. Run at release time by scripts/synth.mjs;
 * whoever uses RecSys needs no CDK.
 */
const [folder, scratch] = process.argv.slice(2) as [string, string];
mkdirSync(folder, { recursive: true });
for (const [name, template] of synthesise(scratch)) {
  writeFileSync(join(folder, `${name}.template.json`), `${JSON.stringify(template, null, 1)}\n`);
}
