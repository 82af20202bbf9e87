/**
 * `npm run docs:contract`: writes docs/contract.md, the table of what is promised and which test holds it.
 * With `--check` it writes nothing and fails if the table is out of date.
 *
 * A test covers Q12 when its name says so; `Q69–Q71` names all three. In a `test.each` the cells count too.
 */
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { root } from "./boot.mjs";

const page = join(root, "docs", "contract.md");
const sections = JSON.parse(readFileSync(join(root, "docs", "contract-behaviours.json"), "utf8"));
const known = new Set(sections.flatMap(({ entries }) => Object.keys(entries)));
const covering = new Map([...known].map((id) => [id, []]));

// Below test/contract there are also tests that are run several times, by the files beside them.
const files = globSync(["test/**/*.test.ts", "test/contract/*/*.ts"], { cwd: root }).sort();
for (const file of files) {
  for (const { name, ids } of namedTests(file)) {
    for (const id of ids) {
      if (!known.has(id)) fail(`${file}: "${name}" names ${id}, which the contract does not have`);
      covering.get(id).push({ file, name });
    }
  }
}

const table = render();
if (!process.argv.includes("--check")) writeFileSync(page, table);
else if (!existsSync(page) || readFileSync(page, "utf8") !== table) {
  fail("docs/contract.md is out of date; run `npm run docs:contract`");
}

/** The tests and groups of a file with the IDs that each names. */
function namedTests(file) {
  const text = readFileSync(join(root, file), "utf8");
  const found = [];
  const visit = (node) => {
    const title = ts.isCallExpression(node) && isTestFunction(node.expression) && node.arguments[0];
    if (title && ts.isStringLiteralLike(title)) {
      const cells = literals(node.expression).filter((cell) => /^[QA]\d+\b/.test(cell));
      const ids = new Set([title.text, ...cells].flatMap(idsIn));
      if (ids.size > 0) found.push({ name: title.text, ids });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return found;
}

/** `test`, `describe.skipIf(…)`, `test.each(…)`: whatever starts with one of these words. */
function isTestFunction(expression) {
  let first = expression;
  while (!ts.isIdentifier(first)) {
    if (first.expression === undefined) return false;
    first = first.expression;
  }
  return ["test", "it", "describe", "withBrowser"].includes(first.text);
}

function literals(node) {
  if (ts.isStringLiteralLike(node)) return [node.text];
  const found = [];
  ts.forEachChild(node, (child) => void found.push(...literals(child)));
  return found;
}

/** The IDs in a text: `Q12`, `A5`, and all of `Q69–Q71`. */
function idsIn(text) {
  return [...text.matchAll(/\b([QA])(\d+)(?:\s?[–-]\s?\1?(\d+))?\b/g)].flatMap(
    ([, letter, first, last = first]) =>
      Array.from({ length: last - first + 1 }, (_, i) => `${letter}${Number(first) + i}`),
  );
}

function render() {
  const held = [...covering.values()].filter((tests) => tests.length > 0).length;
  return [
    "# The contract, and the tests that hold it",
    "",
    "What RecSys promises (Q) and how it settles what its documentation left open (A), each with the tests that",
    "name it. Written by `npm run docs:contract` from `docs/contract-behaviours.json` and the tests; do not edit.",
    "",
    `${held} of ${known.size} are covered so far.`,
    ...sections.flatMap(({ title, entries }) => [
      "",
      `## ${title}`,
      "",
      "| | Promise | Tests |",
      "| --- | --- | --- |",
      ...Object.entries(entries).map(([id, promise]) => `| ${id} | ${promise} | ${testsOf(id)} |`),
    ]),
    "",
  ].join("\n");
}

function testsOf(id) {
  const tests = covering.get(id);
  if (tests.length === 0) return "not yet";
  return [...new Set(tests.map(({ file }) => file))]
    .map((file) => {
      const names = tests.filter((test) => test.file === file).map(({ name }) => cell(name));
      return `[${file.slice("test/".length).replace(/(\.test)?\.ts$/, "")}](../${file}): ${names.join(" · ")}`;
    })
    .join("<br>");
}

/** The sentence without the IDs at its start, safe in a table. */
function cell(name) {
  const sentence = name.replace(/^(?:%s\s+|[QA]\d+(?:\s?[–-]\s?[QA]?\d+)?[,:]?\s+)+/, "");
  return sentence.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
