/** The package that the panel's instance installs: the product with its own Node, libraries and pages, ready to start. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  cpSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { root } from "../boot.mjs";
import { tarball } from "./tarball.mjs";

const FOLDERS = ["bin", "docs", "scripts", "src", "build/panel"];
const FILES = [
  ".npmrc",
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "package.json",
  "package-lock.json",
  "build/kernels.wasm",
  "build/kernels.sha256",
];
/** What only makes a release: sources of what is built here, pictures, this. */
const LEFT_OUT = [
  "docs/pictures",
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
  ".package-lock.json", // names the registry that was asked
];

/**
 * Makes the package for a processor.
 *
 * @param {{ file: string, scratch: string, cpu: "x64" | "arm64", responder: string }} options - where to; the zip of the
 *   function is in it too, for the panel to deploy
 */
export function panelPackage({ file, scratch, cpu, responder }) {
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  const leftOut = new Set(LEFT_OUT.map((path) => join(root, path)));
  for (const folder of FOLDERS) {
    cpSync(join(root, folder), join(scratch, folder), {
      recursive: true,
      filter: (source) => !leftOut.has(source) && !source.endsWith(".tsbuildinfo"),
    });
  }
  for (const name of FILES) copyFileSync(join(root, name), join(scratch, name));
  copyFileSync(responder, join(scratch, "build", "recsys-responder.zip"));
  installLibraries(scratch, cpu);
  tarball(file, scratch);
}

/** Production packages as the lock file names them, for another machine than this one; none runs a script. */
function installLibraries(folder, cpu) {
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
  // `bin/recsys` looks for it, and then installs nothing.
  const lock = readFileSync(join(folder, "package-lock.json"));
  const stamp = createHash("sha256").update(lock).digest("hex");
  writeFileSync(join(modules, ".recsys-installed"), stamp);
}
