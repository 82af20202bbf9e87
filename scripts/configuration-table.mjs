/**
 * `npm run docs:configuration`: writes the table of all settings into docs/configuration.md, from the schema.
 * With `--check` it writes nothing and fails if the table is out of date.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { SETTINGS } from "../src/schema/index.ts";
import { root } from "./boot.mjs";

const HEADING = "## All settings\n";
const page = join(root, "docs", "configuration.md");
const text = readFileSync(page, "utf8");
const [before, after] = text.split(HEADING);
if (after === undefined) fail(`docs/configuration.md has no heading "${HEADING.trim()}"`);
// The table ends with the section, and so does the page.
const rest = after.replace(/^\n(?:\|.*\n)*/, "");
const rows = SETTINGS.map(({ path, defaultValue, expectation, description }) => [
  `\`${path.join(".")}\``,
  defaultValue === undefined ? "none" : `\`${JSON.stringify(defaultValue)}\``,
  expectation,
  description,
]);
const table = [["setting", "default", "allowed", "meaning"], ["---", "---", "---", "---"], ...rows]
  .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
  .join("\n");
const written = await format(`${before}${HEADING}\n${table}\n${rest}`, {
  parser: "markdown",
  printWidth: 100,
});
if (!process.argv.includes("--check")) writeFileSync(page, written);
else if (written !== text) {
  fail("docs/configuration.md is out of date; run `npm run docs:configuration`");
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
