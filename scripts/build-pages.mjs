/** Builds the panel's pages, src/panel/web, to build/panel when a source has changed; nothing while there are none. */
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { install, node, root, run } from "./boot.mjs";

const web = join(root, "src", "panel", "web");
const pages = join(root, "build", "panel");
const stamp = join(root, "build", "panel.sha256");

install();
if (existsSync(join(web, "index.html"))) buildPages();

function buildPages() {
  const wanted = hashOfSources();
  if (existsSync(pages) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.error("Building the panel's pages (once for each version, some seconds) …");
  // Built aside and renamed: a server may be handing out the old ones.
  const fresh = `${pages}.${process.pid}`;
  const config = join(web, "vite.config.ts");
  run(node(), [
    join(root, "node_modules", "vite", "bin", "vite.js"),
    "build",
    ...(existsSync(config) ? ["--config", config] : [web]),
    "--outDir",
    fresh,
    "--emptyOutDir",
    "--logLevel",
    "warn",
  ]);
  for (const file of globSync("**/*.{js,css,html,svg,json}", { cwd: fresh })) {
    compress(join(fresh, file));
  }
  rmSync(pages, { recursive: true, force: true });
  renameSync(fresh, pages);
  writeFileSync(stamp, wanted);
}

/** The pages' sources, the schema that they import, and the versions of what they are built with. */
function hashOfSources() {
  const files = globSync(["src/panel/web/**/*", "src/schema/**/*.ts"], {
    cwd: root,
    withFileTypes: true,
  })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash("sha256");
  for (const file of [
    join(root, "scripts", "build-pages.mjs"),
    join(root, "package-lock.json"),
    ...files,
  ]) {
    hash.update(file.slice(root.length)).update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** The server hands these out instead, to those who take them. */
function compress(file) {
  const bytes = readFileSync(file);
  if (bytes.length < 1024) return;
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }));
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
}
