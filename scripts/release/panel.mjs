/** The package that the panel's instance installs: the product with its own Node, libraries and pages, ready to start. */
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyProduct, installLibraries } from "./product.mjs";
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

/**
 * Makes the package for a processor.
 *
 * @param {{ file: string, scratch: string, cpu: "x64" | "arm64", responder: string }} options - where to; the zip of the
 *   function is in it too, for the panel to deploy
 */
export function panelPackage({ file, scratch, cpu, responder }) {
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  copyProduct(scratch, { folders: FOLDERS, files: FILES });
  copyFileSync(responder, join(scratch, "build", "recsys-responder.zip"));
  installLibraries(scratch, cpu);
  // `bin/recsys` looks for it, and then installs nothing.
  const lock = readFileSync(join(scratch, "package-lock.json"));
  const stamp = createHash("sha256").update(lock).digest("hex");
  writeFileSync(join(scratch, "node_modules", ".recsys-installed"), stamp);
  tarball(file, scratch);
}
