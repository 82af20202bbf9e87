import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { onTestFinished } from "vitest";

import { type Bucket, folderBucket } from "../../src/storage/index.ts";

/** An empty folder that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "recsys-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** An empty bucket that is removed after the test. */
export async function temporaryBucket(): Promise<Bucket> {
  return folderBucket(await temporaryFolder(), "prefix");
}
