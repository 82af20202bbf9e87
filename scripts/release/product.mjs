/** What the product is where it only runs: its sources and the libraries that they import. */
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, globSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../boot.mjs";

/** What only makes a release: sources of what is built here, pictures, this. */
const LEFT_OUT = [
  "docs/pictures",
  "scripts/image",
  "scripts/image.mjs",
  "scripts/release",
  "scripts/release.mjs",
  "src/cloud/stacks",
  "src/kernels/assembly",
  "src/panel/web",
];
/** Of the libraries: types, source maps, tests, and what comes with Node beside the program. */
const UNUSED = [
  "{,**/node_modules/}{*,@*/*}/{test,tests,bench,benchmark,benchmarks,example,examples,.github}",
  "**/*.map",
  "**/*.d.{ts,mts,cts}",
  "**/dist-types",
  "node-linux-*/{include,share,lib}",
  "node-linux-*/bin/{npm,npx,corepack}",
  "node-linux-*/{CHANGELOG,README}.md",
  "**/*.musl.node", // for another C library
  ".package-lock.json", // names the registry that was asked
];

/** Copies folders and files of the checkout, less what only makes a release. */
export function copyProduct(target, { folders, files }) {
  const leftOut = new Set(LEFT_OUT.map((path) => join(root, path)));
  for (const folder of folders) {
    cpSync(join(root, folder), join(target, folder), {
      recursive: true,
      filter: (source) => !leftOut.has(source) && !source.endsWith(".tsbuildinfo"),
    });
  }
  for (const name of files) {
    mkdirSync(dirname(join(target, name)), { recursive: true });
    copyFileSync(join(root, name), join(target, name));
  }
}

/**
 * Installs the production packages as the lock file in `folder` names them, for the processor (`x64` or `arm64`) of another
 * machine than this one; none runs a script.
 */
export function installLibraries(folder, cpu) {
  execFileSync(
    "npm",
    ["ci", "--omit=dev", "--ignore-scripts", "--os=linux", `--cpu=${cpu}`, "--libc=glibc"].concat([
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
    ]),
    { cwd: folder, stdio: ["ignore", 2, 2] },
  );
  const modules = join(folder, "node_modules");
  for (const path of globSync(UNUSED, { cwd: modules })) {
    rmSync(join(modules, path), { recursive: true, force: true });
  }
}
