/**
 * `npm run bench [name…]`: installs, builds, then runs one after the other the benchmarks of `bench/`
 * whose name holds one of the given words; all without a word. `--list` only names them.
 *
 * A benchmark is a file that no other imports or starts. It prints ratios against the baseline that it names and
 * exits non-zero below its own floor.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build, install, node, root } from "./boot.mjs";

const folder = join(root, "bench");
const words = process.argv.slice(2).filter((word) => word !== "--list");
const files = readdirSync(folder).filter((file) => file.endsWith(".ts"));
const sources = files.map((file) => readFileSync(join(folder, file), "utf8"));
const isUsedByAnother = (file) =>
  sources.some((source) => source.includes(`from "./${file}"`) || source.includes(`URL("${file}"`));
const names = files
  .filter((file) => !isUsedByAnother(file))
  .map((file) => file.slice(0, -".ts".length))
  .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
  .sort();

if (names.length === 0) {
  console.error(`no benchmark's name holds ${words.join(" or ")}; see npm run bench -- --list`);
  process.exit(2);
}
if (process.argv.includes("--list")) {
  console.log(names.join("\n"));
  process.exit(0);
}
install();
build();
const failed = names.filter((name) => {
  console.log(`\n${name}`);
  const { status } = spawnSync(node(), [join(folder, `${name}.ts`)], {
    cwd: root,
    stdio: "inherit",
  });
  return status !== 0;
});
if (failed.length > 0) console.error(`\nbelow their floor or failed: ${failed.join(", ")}`);
process.exit(failed.length > 0 ? 1 : 0);
