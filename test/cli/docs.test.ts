import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { EXIT } from "../../src/cli/exit-codes.ts";
import { SETTINGS } from "../../src/schema/index.ts";
import { recsys } from "./recsys.ts";

/** A page of docs/ as runs of words, so that the widths of table columns do not matter. */
function page(name: string): string {
  const text = readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8");
  return text.replaceAll(/ +/g, " ");
}

test("docs/configuration.md lists every setting with its default and what it may be", () => {
  const text = page("configuration.md");
  for (const { path, defaultValue, expectation, description } of SETTINGS) {
    const shown = defaultValue === undefined ? "none" : `\`${JSON.stringify(defaultValue)}\``;
    expect(text).toContain(
      `| \`${path.join(".")}\` | ${shown} | ${expectation} | ${description} |`,
    );
  }
});

test("docs/cli.md has a section for every command and the table of exit codes", async () => {
  const text = page("cli.md");
  const { stdout } = await recsys(["--help"]);
  const list = /Commands:\n((?: {2}.*\n)+)/.exec(stdout)?.[1] ?? "";
  for (const [, name] of list.matchAll(/^ {2}(\w+)/gm)) {
    if (name !== "help") expect(text).toContain(`## recsys ${name!}`);
  }
  for (const { code, meaning } of Object.values(EXIT)) {
    expect(text).toContain(`| ${code} | ${meaning} |`);
  }
});
