/**
 * Python programs that tests run beside the product, in a virtual environment of the checkout's own. Without Python, or
 * where its packages cannot be had, the tests that need one skip and say so.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "./boot.mjs";

const REQUIREMENTS = join(root, "test", "requirements.txt");
const FOLDER = join(root, ".venv");
const STAMP = join(FOLDER, "installed.txt");

/** Installs what `test/requirements.txt` names, unless just that is installed already. */
export function installPythonPackages() {
  const wanted = readFileSync(REQUIREMENTS, "utf8");
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === wanted) return;
  console.log("Installing Python packages for tests …");
  const quiet = { stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" };
  const steps = [
    ["python3", ["-m", "venv", FOLDER]],
    [join(FOLDER, "bin", "python"), ["-m", "pip", "install", "--quiet", "-r", REQUIREMENTS]],
  ];
  for (const [command, args] of steps) {
    const { status, error, stderr } = spawnSync(command, args, quiet);
    if (status === 0) continue;
    const reason = error?.message ?? stderr.trim().split("\n").at(-1);
    console.log(`not installed (${reason}); tests that need them skip`);
    rmSync(FOLDER, { recursive: true, force: true });
    return;
  }
  writeFileSync(STAMP, wanted);
}
