import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { readManifest, readPointer } from "../../src/storage/index.ts";
import type { WorkflowEvent } from "../../src/workflow/index.ts";
import { createShop, SERVING } from "./shop.ts";

test("Q51 Q56 Q58 Q64 runs every stage in order, records it, and moves the serving pointer last", async () => {
  const shop = createShop();
  const events: WorkflowEvent[] = [];
  expect(await shop.execute("collector", "collector-1")).toMatchObject({ status: "succeeded" });
  const outcome = await shop.execute("core", "core-1", {
    onEvent: (event) => events.push(event),
  });
  expect(outcome).toMatchObject({ status: "succeeded" });
  expect(shop.trace().filter((line) => line.startsWith("end"))).toEqual([
    "end collect 0/1",
    "end measure 0/1",
    "end publish-data 0/1",
    "end train 0/1",
    "end evaluate 0/1",
    "end compare 0/1",
    "end refit 0/1",
    expect.stringMatching(/^end transform [01]\/2$/),
    expect.stringMatching(/^end transform [01]\/2$/),
    "end merge 0/1",
    "end publish 0/1",
  ]);
  for (const stage of ["model", "evaluation", SERVING] as const) {
    expect(await readPointer(shop.bucket, stage)).toMatchObject({ execution: "core-1" });
  }
  expect((await readManifest(shop.bucket, SERVING, "core-1")).inputs).toEqual({
    processed_data: "collector-1",
    model: "core-1",
  });

  const trained = events.find(
    (event) => event.type === "StateSucceeded" && event.state === "Train",
  );
  const { Usage } = (
    trained as unknown as { result: { Usage: { Seconds: number; PeakRssBytes: number }[] } }
  ).result;
  expect(Usage[0]!.Seconds).toBeGreaterThan(0);
  expect(Usage[0]!.PeakRssBytes).toBeGreaterThan(20e6);
  expect(events).toContainEqual(
    expect.objectContaining({
      type: "TaskProgress",
      state: "Transform",
      progress: { activity: "transform", done: 1, total: 2, host: 1, hosts: 2 },
    }),
  );
  const log = await shop.bucket.read(
    "executions/core/core-1/logs/recsys-core-1-train-0-0/algo-1.log",
  );
  expect(Buffer.from(log).toString()).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z info log of train\n$/);
});

test("Q62 A10 a rejected model ends in ModelRejected, with the reasons; what was served stays served", async () => {
  const shop = createShop();
  await shop.execute("collector", "collector-1");
  await shop.execute("core", "core-1");
  writeFileSync(join(shop.folder, "reject"), "");
  expect(await shop.execute("core", "core-2")).toEqual({
    status: "failed",
    state: "ModelRejected",
    error: "ModelRejected",
    cause: "ndcg@10 0.01 is below 0.02; and more",
  });
  expect(await readPointer(shop.bucket, SERVING)).toMatchObject({ execution: "core-1" });
  expect(await readPointer(shop.bucket, "model")).toMatchObject({ execution: "core-1" });
  expect(await readManifest(shop.bucket, "evaluation", "core-2")).toBeDefined();
  expect(shop.trace().filter((line) => line.includes("transform")).length).toBe(4);
});
