/** The responder's function as one file with all that it uses, and the zip that AWS Lambda takes. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../boot.mjs";
import { zip } from "./zip.mjs";

/** AWS reads the code anew at every cold start. */
const MOST_BYTES = 5e6;

/** Of the libraries that are bundled; their terms ask that they go with each copy. */
const LICENCES = "THIRD-PARTY-LICENCES.md";

/** Bundles src/responder/lambda to `folder`/index.mjs: what its imports do not reach is left out. */
async function bundleResponder(folder) {
  const { build } = await import("vite");
  await build({
    root,
    configFile: false,
    logLevel: "warn",
    ssr: { noExternal: true, target: "node" },
    build: {
      ssr: join(root, "src", "responder", "lambda", "main.ts"),
      outDir: folder,
      emptyOutDir: true,
      target: "node24",
      minify: true,
      license: { fileName: LICENCES },
      rolldownOptions: { output: { entryFileNames: "index.mjs", codeSplitting: false } },
    },
  });
}

/** Writes the zip; from the same commit the same bytes. */
export async function responderZip(file, scratch) {
  await bundleResponder(scratch);
  const bytes = readFileSync(join(scratch, "index.mjs"));
  if (bytes.length > MOST_BYTES) {
    throw new Error(
      `the function has ${bytes.length} bytes; what does it import? At most ${MOST_BYTES} are meant`,
    );
  }
  const files = [
    { name: "index.mjs", bytes },
    { name: "LICENSE", bytes: readFileSync(join(root, "LICENSE")) },
    { name: LICENCES, bytes: readFileSync(join(scratch, LICENCES)) },
  ];
  writeFileSync(file, zip(files));
}
