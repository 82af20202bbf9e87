import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Kept between runs and ignored by git. */
const FOLDER = fileURLToPath(new URL("../../build/python", import.meta.url));
export const PYTHON = join(FOLDER, "bin", "python");

/**
 * Installs packages from PyPI into an environment of their own, unless they are there.
 *
 * @returns why they cannot be had, `undefined` if they can
 */
export function missingPython(packages: readonly string[]): string | undefined {
  if (!existsSync(PYTHON)) {
    const made = spawnSync("python3", ["-m", "venv", FOLDER], { encoding: "utf8" });
    if (made.status !== 0) return `python3 -m venv: ${made.error?.message ?? made.stderr}`;
  }
  const show = spawnSync(PYTHON, ["-m", "pip", "show", ...packages.map(nameOf)]);
  if (show.status === 0) return undefined;
  try {
    execFileSync(PYTHON, ["-m", "pip", "install", "--quiet", ...packages], { stdio: "pipe" });
    return undefined;
  } catch (error) {
    return `pip install ${packages.join(" ")}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** `moto` of `moto[server]==5.1.0`. */
function nameOf(requirement: string): string {
  return /^[\w-]+/.exec(requirement)![0];
}
