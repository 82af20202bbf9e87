/** `npm run check`: types, lint, format, layers, unused, tables in docs. Runs all of them, then says which failed. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { build, install, node, root } from "./boot.mjs";

install();
build();
const checks = [
  ["types", "node_modules/typescript/bin/tsc", ["-b"]],
  // In two, since the types of all that there is do not fit into one process.
  ["lint", "node_modules/eslint/bin/eslint.js", ["src", "--max-warnings", "0"]],
  ["lint of tests", "node_modules/eslint/bin/eslint.js", ["test", "bench", "--max-warnings", "0"]],
  ["format", "node_modules/prettier/bin/prettier.cjs", ["--check", ".", "--log-level", "warn"]],
  [
    "layers",
    "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs",
    ["src", "--config", ".dependency-cruiser.cjs"],
  ],
  ["unused", "node_modules/knip/bin/knip.js", []],
  // docs/contract.md names every test that holds a promise.
  ["contract", "scripts/contract-table.mjs", ["--check"]],
  // docs/configuration.md has every setting as the schema has it.
  ["configuration", "scripts/configuration-table.mjs", ["--check"]],
  // The templates that are shipped are what their sources make.
  ["templates", "scripts/synth.mjs", ["--check"]],
];
/** The linter has every folder's types in memory. */
const HEAP = "--max-old-space-size=8192";
const failed = [];
for (const [name, script, args] of checks) {
  console.log(`\n— ${name}`);
  const result = spawnSync(node(), [HEAP, join(root, script), ...args], {
    cwd: root,
    stdio: "inherit",
  });
  if (result.status !== 0) failed.push(name);
}
console.log(failed.length === 0 ? "\ncheck: all good" : `\ncheck failed: ${failed.join(", ")}`);
process.exit(failed.length === 0 ? 0 : 1);
