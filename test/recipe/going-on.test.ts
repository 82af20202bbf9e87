import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import {
  ExecutionEndedError,
  promoteExecution,
  readEvaluationRecord,
  readExecution,
  readPromotion,
  retryExecution,
} from "../../src/recipe/index.ts";
import { DataError, RecSysConfig } from "../../src/schema/index.ts";
import { readPointer } from "../../src/storage/index.ts";
import { recsys } from "../cli/recsys.ts";
import { writeEvaluation } from "../panel/server/hand-made.ts";
import { createShop, FAKE_JOB, SERVING, type Shop, until } from "./shop.ts";

const promotion = { by: "ada", at: "2026-11-26T10:00:00.000Z", reason: "agreed with marketing" };

function retry({ bucket }: Shop, name: string) {
  return retryExecution({ bucket, workflow: "core", name, jobEntry: FAKE_JOB });
}

function promote({ bucket }: Shop, name: string) {
  return promoteExecution({ bucket, name, promotion, jobEntry: FAKE_JOB });
}

test("a retried execution keeps what was finished, its configuration and its inputs, and has jobs of new names", async () => {
  const shop = createShop();
  await shop.execute("collector", "data-1");
  writeFileSync(join(shop.folder, "fail-merge"), "");
  const config = RecSysConfig.parse({ instances: { transform: { instanceCount: 2 } } });
  expect(await shop.execute("core", "core-1", { config })).toMatchObject({
    status: "failed",
    state: "Merge",
    cause: "merge was told to fail",
  });
  await shop.execute("collector", "data-2");
  rmSync(join(shop.folder, "fail-merge"));
  expect(await retry(shop, "core-1")).toMatchObject({ status: "succeeded" });
  const starts = shop.trace().filter((line) => /start (train|transform|merge)/.test(line));
  expect(starts.toSorted()).toEqual([
    "start merge 0/1",
    "start merge 0/1",
    "start train 0/1",
    "start transform 0/2",
    "start transform 1/2",
  ]);
  const execution = await readExecution(shop.bucket, "core", "core-1");
  expect(execution).toMatchObject({ config, input: { inputs: { processed_data: "data-1" } } });
  const logs = await shop.bucket.list("executions/core/core-1/logs/recsys-core-1-merge");
  expect(logs.map(({ path }) => path.split("/")[4])).toEqual([
    "recsys-core-1-merge-0-0",
    "recsys-core-1-merge-1-0",
  ]);
  expect(await readPointer(shop.bucket, SERVING)).toMatchObject({ execution: "core-1" });
  await expect(retry(shop, "core-1")).rejects.toThrow(ExecutionEndedError);
  await expect(retry(shop, "core-2")).rejects.toThrow(DataError);
});

test("an execution that is suspended has no end, and the same call resumes it", async () => {
  const shop = createShop();
  const suspend = new AbortController();
  shop.hold("collect");
  const running = shop.execute("collector", "one", { suspend: suspend.signal });
  await until(() => shop.trace().length > 0);
  suspend.abort(new Error("closing"));
  await expect(running).rejects.toThrow("closing");
  expect(await readExecution(shop.bucket, "collector", "one")).toMatchObject({
    status: "interrupted",
    outcome: undefined,
  });
  shop.release("collect");
  expect(await shop.execute("collector", "one")).toMatchObject({ status: "succeeded" });
});

test("A10 a rejected model is promoted: it goes on behind the gate, the verdict stays, the reason is kept", async () => {
  const shop = createShop();
  await shop.execute("collector", "data");
  writeFileSync(join(shop.folder, "reject"), "");
  await shop.execute("core", "core-1");
  await expect(retry(shop, "core-1")).rejects.toThrow(
    /was rejected, and would be again; promote it/,
  );
  // The evaluation as the product writes it, in place of the fake job's.
  await writeEvaluation(shop.bucket, "core-1", { data: "data", ndcg: 0.2, selected: false });
  expect(await promote(shop, "core-1")).toMatchObject({
    status: "succeeded",
    output: { evaluation: { verdict: { selected: true } } },
  });
  expect(shop.trace().filter((line) => /start (train|evaluate)/.test(line))).toHaveLength(2);
  expect(await readPointer(shop.bucket, SERVING)).toMatchObject({ execution: "core-1" });
  expect(await readPromotion(shop.bucket, "core-1")).toEqual(promotion);
  const config = RecSysConfig.parse({});
  const record = await readEvaluationRecord(shop.bucket, "core-1", config);
  expect(record).toMatchObject({ gate: { selected: false }, promotion });
  // What the evaluation came to, and why it was promoted, outlive the evaluation.
  await shop.bucket.removeAll("evaluation/core-1/");
  expect(await readEvaluationRecord(shop.bucket, "core-1", config)).toEqual(record);
  await expect(promote(shop, "core-1")).rejects.toThrow(/was not rejected/);
});

test("a promotion whose refit fails is retried from there, not from the gate", async () => {
  const shop = createShop();
  await shop.execute("collector", "data");
  for (const marker of ["reject", "fail-refit"]) writeFileSync(join(shop.folder, marker), "");
  await shop.execute("core", "core-1");
  expect(await promote(shop, "core-1")).toMatchObject({ status: "failed", state: "Refit" });
  rmSync(join(shop.folder, "fail-refit"));
  expect(await retry(shop, "core-1")).toMatchObject({ status: "succeeded" });
  expect(shop.trace().filter((line) => line.startsWith("start evaluate"))).toHaveLength(1);
});

test("a rejected model that is no longer kept cannot be promoted", async () => {
  const shop = createShop();
  await shop.execute("collector", "data");
  writeFileSync(join(shop.folder, "reject"), "");
  await shop.execute("core", "core-1");
  await shop.bucket.removeAll("model/core-1/");
  await expect(promote(shop, "core-1")).rejects.toThrow(
    /model\/core-1: is gone.*execute core again/,
  );
  expect(await readPromotion(shop.bucket, "core-1")).toBeUndefined();
});

// A dozen programs, one after the other.
test(
  "the command line rolls back to a named execution, and says what it cannot retry or promote",
  { timeout: 180_000 },
  async () => {
    const shop = createShop();
    await shop.execute("collector", "data");
    for (const name of ["one", "two", "three"]) await shop.execute("core", name);
    const bucket = ["--bucket", shop.folder];
    const back = await recsys(["rollback", "--to", "one", "--json", ...bucket]);
    expect(JSON.parse(back.stdout)).toEqual({ served: "one", before: "three" });
    expect(await recsys(["rollback", "--to", "gone", ...bucket])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("others that are kept: three, two") as string,
    });
    expect(await recsys(["execute", "core", "--name", "one", ...bucket])).toMatchObject({
      code: 6,
    });
    expect(await recsys(["execute", "core", "--name", "one", "--retry", ...bucket])).toMatchObject({
      code: 6,
      stderr: expect.stringContaining("has succeeded: there is nothing to retry") as string,
    });
    expect(await recsys(["execute", "core", "--name", "x", "--retry", ...bucket])).toMatchObject({
      code: 3,
    });
    expect(await recsys(["promote", "one", "--reason", "because", ...bucket])).toMatchObject({
      code: 2,
    });
    expect(
      await recsys(["promote", "one", "--reason", "because it is so", ...bucket]),
    ).toMatchObject({ code: 3, stderr: expect.stringContaining("was not rejected") as string });
  },
);
