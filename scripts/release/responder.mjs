/** The responder's function as one file with all that it uses, and the zip that AWS Lambda takes. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../boot.mjs";
import { zip } from "./zip.mjs";

/** AWS reads the code anew at every cold start. */
const MOST_BYTES = 5e6;

/**
 * Bundles src/responder/lambda to `folder`/index.mjs: what its imports do not reach is left out.
 *
 * @returns the file
 */
export async function bundleResponder(folder) {
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
      rolldownOptions: { output: { entryFileNames: "index.mjs", codeSplitting: false } },
    },
  });
  return join(folder, "index.mjs");
}

/** Writes the zip; from the same commit the same bytes. */
export async function responderZip(file, scratch) {
  const bytes = readFileSync(await bundleResponder(scratch));
  if (bytes.length > MOST_BYTES) {
    throw new Error(
      `the function has ${bytes.length} bytes; what does it import? At most ${MOST_BYTES} are meant`,
    );
  }
  writeFileSync(file, zip([{ name: "index.mjs", bytes }]));
}
