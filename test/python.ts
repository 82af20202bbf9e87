import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The environment that `npm test` and `npm run test:slow` make, with the packages that their tier names. */
const FOLDER = fileURLToPath(new URL("../.venv", import.meta.url));
export const PYTHON = join(FOLDER, "bin", "python");
const PINNED = ["requirements.txt", "requirements-slow.txt"]
  .map((name) => readFileSync(new URL(name, import.meta.url), "utf8"))
  .join("\n");

/**
 * Why a package of the tests' Python cannot be had, `undefined` if it can.
 *
 * @param name - as it is pinned: an emulator that changes is no yardstick
 */
export function missingPython(name: string): string | undefined {
  const version = new RegExp(`^${name}(?:\\[.*\\])?==(.+)$`, "m").exec(PINNED)![1]!;
  const installed = `lib/python*/site-packages/${name.replaceAll("-", "_")}-${version}.dist-info`;
  if (globSync(installed, { cwd: FOLDER }).length > 0) return undefined;
  return `${name} ${version} is not in .venv; npm run test:slow installs what tests need from PyPI`;
}
