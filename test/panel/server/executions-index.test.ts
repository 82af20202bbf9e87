import { expect, test } from "vitest";

import { ExecutionIndex } from "../../../src/panel/server/executions/execution-index.ts";
import type { Bucket } from "../../../src/storage/index.ts";
import { createShop } from "../../recipe/shop.ts";
import { writeRecord } from "./hand-made.ts";

/** A bucket that counts what is read of it. */
function counted(bucket: Bucket): Bucket & { readonly reads: () => number } {
  let reads = 0;
  return {
    ...bucket,
    read: (path) => {
      reads++;
      return bucket.read(path);
    },
    reads: () => reads,
  };
}

test("of 1,000 ended executions each journal is read once, until it grows", async () => {
  const shop = createShop();
  const bucket = counted(shop.bucket);
  const start = Date.UTC(2026, 0, 1);
  const names = Array.from({ length: 1000 }, (_, i) => `core-${i}`);
  for (const [i, name] of names.entries()) {
    const startedAt = new Date(start + i * 3_600_000).toISOString();
    await writeRecord(bucket, name, { data: "data", startedAt });
  }
  const unreadable: string[] = [];
  const index = new ExecutionIndex(bucket, (_, name) => unreadable.push(name));
  const first = await index.list();
  expect(first.map(({ name }) => name)).toEqual(names.toReversed());
  const before = bucket.reads();
  const startedAt = performance.now();
  expect(await index.list()).toEqual(first);
  const milliseconds = performance.now() - startedAt;
  expect(bucket.reads() - before).toBe(2); // the two pointers
  expect(milliseconds).toBeLessThan(2000);

  // One goes on: its row is made anew.
  const path = "executions/core/core-7/journal.jsonl";
  const journal = Buffer.from(await bucket.read(path)).toString();
  const time = "2026-11-26T10:00:00.000Z";
  await bucket.write(
    path,
    journal.replace('"ExecutionSucceeded"', '"ExecutionAborted"') +
      `${JSON.stringify({ type: "ExecutionRedriven", time })}\n`,
  );
  const seven = (await index.list()).find(({ name }) => name === "core-7");
  expect(seven).toMatchObject({ status: "interrupted", endedAt: null });
  expect(unreadable).toEqual([]);
});

test("a record that cannot be read is left out and told, and hides no other", async () => {
  const shop = createShop();
  await writeRecord(shop.bucket, "good", { data: "data" });
  await writeRecord(shop.bucket, "bad", { data: "data" });
  await shop.bucket.write("executions/core/bad/config.json", "{");
  const unreadable: string[] = [];
  const index = new ExecutionIndex(shop.bucket, (_, name) => unreadable.push(name));
  expect((await index.list()).map(({ name }) => name)).toEqual(["good"]);
  expect(unreadable).toEqual(["bad"]);
});
