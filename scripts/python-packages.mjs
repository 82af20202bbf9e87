/**
 * Python programs that tests run beside the product, in a virtual environment of the checkout's own. Without Python, or
 * where its packages cannot be had, the tests that need one skip and say so.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "./boot.mjs";

const FOLDER = join(root, ".venv");
const STAMP = join(FOLDER, "installed.txt");

/** Installs what the requirements of a tier name, unless just that is installed already. */
export function installPythonPackages(tier) {
  const fast = requirements("requirements.txt");
  const slow = requirements("requirements-slow.txt");
  const all = `${fast.text}${slow.text}`;
  const installed = existsSync(STAMP) ? readFileSync(STAMP, "utf8") : undefined;
  // What the slow tests need holds what the fast ones do.
  if (installed === all || (tier !== "slow" && installed === fast.text)) return;
  const [file, wanted] = tier === "slow" ? [slow.file, all] : [fast.file, fast.text];
  console.log("Installing Python packages for tests …");
  const quiet = { stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" };
  const steps = [
    ["python3", ["-m", "venv", FOLDER]],
    [join(FOLDER, "bin", "python"), ["-m", "pip", "install", "--quiet", "-r", file]],
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

function requirements(name) {
  const file = join(root, "test", name);
  return { file, text: readFileSync(file, "utf8") };
}
