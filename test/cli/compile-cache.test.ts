import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");

function node(args: readonly string[], cache?: string) {
  const env = { ...process.env, NODE_COMPILE_CACHE: cache }; // undefined is left out
  return spawnSync(process.execPath, [...args], { cwd: root, env, encoding: "utf8" });
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "recsys-compile-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** What `bin/recsys` starts the command line with. */
function folderGiven(cache?: string): unknown {
  const script = `import { environment } from "./scripts/boot.mjs"; console.log(environment().NODE_COMPILE_CACHE)`;
  return node(["--input-type=module", "-e", script], cache).stdout.trim();
}

test("bin/recsys has Node keep what it has compiled in build/, or where the caller says", () => {
  const folder = newFolder();
  expect(folderGiven()).toBe(join(root, "build", "compile-cache"));
  expect(folderGiven(join(folder, "mine"))).toBe(join(folder, "mine"));
});

test("a folder for it is filled, and one that cannot be made does no harm", () => {
  const folder = newFolder();
  const script = `import { RAW_FOLDER } from "./src/schema/index.ts"; console.log(RAW_FOLDER)`;
  const load = ["--input-type=module", "-e", script];
  expect(node(load, join(folder, "cache"))).toMatchObject({ status: 0, stdout: "raw_data\n" });
  expect(readdirSync(join(folder, "cache"))).toHaveLength(1);
  writeFileSync(join(folder, "file"), "");
  const without = node(load, join(folder, "file", "cache"));
  expect(without).toMatchObject({ status: 0, stdout: "raw_data\n", stderr: "" });
}, 120_000);
