/** `npm run check`: types, lint, format, layers, unused. Runs all of them, then says which failed. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { build, install, node, root } from "./boot.mjs";

install();
build();
const checks = [
  ["types", "typescript/bin/tsc", ["-b"]],
  ["lint", "eslint/bin/eslint.js", ["src", "test", "bench", "--max-warnings", "0"]],
  ["format", "prettier/bin/prettier.cjs", ["--check", ".", "--log-level", "warn"]],
  [
    "layers",
    "dependency-cruiser/bin/dependency-cruiser.mjs",
    ["src", "--config", ".dependency-cruiser.cjs"],
  ],
  ["unused", "knip/bin/knip.js", []],
];
const failed = [];
for (const [name, script, args] of checks) {
  console.log(`\n— ${name}`);
  const result = spawnSync(node(), [join(root, "node_modules", script), ...args], {
    cwd: root,
    stdio: "inherit",
  });
  if (result.status !== 0) failed.push(name);
}
console.log(failed.length === 0 ? "\ncheck: all good" : `\ncheck failed: ${failed.join(", ")}`);
process.exit(failed.length === 0 ? 0 : 1);
