/** `npm run check`: types, lint, format, layers, unused, tables in docs. Runs all of them, two at a time, then says which failed. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { build, install, node, root } from "./boot.mjs";

install();
build();
const checks = [
  // In two, since the types of all that there is do not fit into one process; first, since they take longest.
  ["lint", "node_modules/eslint/bin/eslint.js", ["src", "--max-warnings", "0"]],
  ["lint of tests", "node_modules/eslint/bin/eslint.js", ["test", "bench", "--max-warnings", "0"]],
  ["types", "node_modules/typescript/bin/tsc", ["-b"]],
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
const waiting = checks.values();
await Promise.all([lane(), lane()]);
console.log(failed.length === 0 ? "\ncheck: all good" : `\ncheck failed: ${failed.join(", ")}`);
process.exit(failed.length === 0 ? 0 : 1);

/** Takes the next check until there is none; the iterator is shared. */
async function lane() {
  for (const [name, script, args] of waiting) {
    const { code, printed } = await finished(script, args);
    // At once and whole, so that two checks' lines do not mingle.
    console.log(`\n— ${name}${printed === "" ? "" : `\n\n${printed}`}`);
    if (code !== 0) failed.push(name);
  }
}

function finished(script, args) {
  const child = spawn(node(), [HEAP, join(root, script), ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => (printed += text));
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, printed: printed.trimEnd() }));
  });
}
