import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { expect, onTestFinished, test } from "vitest";

import { copyRawFiles, rawFilesIn } from "../../src/cli/execute/raw-copy.ts";
import { folderBucket } from "../../src/storage/index.ts";

test("a packed raw file takes the place of the plain one, and stays", async () => {
  const root = mkdtempSync(join(tmpdir(), "recsys-raw-copy-"));
  onTestFinished(() => {
    rmSync(root, { recursive: true });
  });
  const bucket = folderBucket(join(root, "bucket"), "prefix");
  await bucket.write("raw_data/user_item_interactions.csv", "old");
  writeFileSync(join(root, "user_item_interactions.csv.gz"), gzipSync("1,2,3,1\n"));
  const files = await rawFilesIn(root, new AbortController().signal);
  await copyRawFiles(bucket, root, { execution: "collector-1", files });
  expect((await bucket.list("raw_data/")).map(({ path }) => path)).toEqual([
    "raw_data/copied.json",
    "raw_data/user_item_interactions.csv.gz",
  ]);
});
