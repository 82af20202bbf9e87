import { once } from "node:events";

import { describe, expect, test } from "vitest";

import { readPromotion } from "../../../src/recipe/index.ts";
import type { ExecutionView } from "../../../src/schema/index.ts";
import { readPointer } from "../../../src/storage/index.ts";
import { createShop, SERVING, until } from "../../recipe/shop.ts";
import { last, openPanel, readyShop, statuses } from "./executions-shop.ts";

describe("starting", () => {
  test("Q51 Q58 both workflows run to their end, and the stream ends with every state green or skipped", async () => {
    const panel = await openPanel(await readyShop());
    const started = await panel.post("/panel/api/executions", {
      workflow: "collector",
      name: "collector-1",
    });
    expect(started).toMatchObject({
      status: 201,
      body: { name: "collector-1", startedBy: "ada", current: false },
    });
    const collected = await last(panel.stream("collector", "collector-1"));
    expect(collected.summary).toMatchObject({ status: "succeeded", current: true });
    expect(statuses(collected)).toEqual({
      Collect: "succeeded",
      IsShared: "succeeded",
      Assemble: "skipped",
      Measure: "succeeded",
      PublishData: "succeeded",
      Collected: "succeeded",
    });

    await panel.post("/panel/api/executions", { workflow: "core", name: "core-1" });
    const served = await last(panel.stream("core", "core-1"));
    expect(served.summary).toMatchObject({ status: "succeeded", current: true, rejected: false });
    expect(served.inputs).toEqual({ processed_data: "collector-1" });
    const skipped = ["ModelRejected", "EvaluatedRound", "EvaluatedAverage"];
    for (const { state, status } of served.states) {
      const isSkipped = skipped.includes(state) || /^Served(Round|Average)$/.test(state);
      expect([state, status]).toEqual([state, isSkipped ? "skipped" : "succeeded"]);
    }
    expect(panel.audited.map(([action, subject]) => `${action} ${subject}`)).toEqual([
      "execute collector collector-1",
      "execute core core-1",
    ]);
  });

  test("Q112 Q113 is refused with the reason until the stack is deployed and what it reads is there", async () => {
    const bare = await openPanel(createShop());
    const order = (workflow: string) => ({ workflow, name: "one" });
    expect(await bare.post("/panel/api/executions", order("collector"))).toMatchObject({
      status: 409,
      body: { message: "deploy the Collector Stack first" },
    });
    const shop = await readyShop();
    await shop.bucket.removeAll("raw_data/item_features.csv");
    const panel = await openPanel(shop);
    expect(await panel.post("/panel/api/executions", order("collector"))).toMatchObject({
      status: 409,
      body: { message: "upload item_features.csv first" },
    });
    expect(await panel.post("/panel/api/executions", order("core"))).toMatchObject({
      status: 409,
      body: { message: "there is no processed data yet: execute the collector first" },
    });
    expect(await panel.get("/panel/api/executions")).toEqual([]);
  });

  test("A24 a name that is taken or not allowed is refused, and so is a second one while one runs", async () => {
    const shop = await readyShop();
    await shop.execute("collector", "taken");
    const panel = await openPanel(shop);
    const start = (name: string) =>
      panel.post("/panel/api/executions", { workflow: "collector", name });
    expect(await start("taken")).toMatchObject({
      status: 409,
      body: { message: 'there is a collector execution "taken" already; choose another name' },
    });
    expect(await start("a b")).toMatchObject({ status: 409 });
    panel.hold("collect");
    const both = await Promise.all([start("first"), start("second")]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await start("third")).toMatchObject({
      status: 409,
      body: { message: expect.stringMatching(/is running; wait for it, or stop it/) as string },
    });
    panel.release("collect");
  });
});

describe("watching", () => {
  test("a page that comes late sees what one that was there from the start sees", async () => {
    const shop = await readyShop();
    await shop.execute("collector", "data");
    const panel = await openPanel(shop);
    panel.hold("train");
    const early = panel.stream("core", "core-1"); // before there is such an execution
    const seen: ExecutionView[] = [];
    const reading = (async () => {
      for await (const view of early) seen.push(view);
    })();
    await panel.post("/panel/api/executions", { workflow: "core", name: "core-1" });
    await until(() => seen.at(-1)?.states.some(({ progress }) => progress !== null) ?? false);
    expect(seen.at(-1)!.states.find(({ state }) => state === "Train")).toMatchObject({
      status: "running",
      progress: { activity: "train", done: 1, total: 2 },
      attempts: [{ run: 1, status: "running", iteration: null }],
    });
    expect(statuses(seen.at(-1)!)).toMatchObject({
      NeedsTraining: "succeeded",
      Evaluate: "pending",
      ModelRejected: "pending",
    });
    expect(seen.at(-1)!.may).toEqual({ stop: true, retry: false, promote: false });
    const late = panel.stream("core", "core-1");
    const first = (await late.next()).value as ExecutionView;
    expect(first).toEqual(seen.at(-1));
    panel.release("train");
    const end = await last(late);
    await reading;
    expect(seen.at(-1)).toEqual(end);
    expect(await panel.view("core", "core-1")).toEqual(end);
  });

  test("an execution of another process is followed too, without its progress", async () => {
    const shop = await readyShop();
    const panel = await openPanel(shop);
    panel.hold("collect");
    const ended = once(panel.spawn("collector", "elsewhere"), "exit");
    await until(() => panel.trace().length > 0);
    const stream = panel.stream("collector", "elsewhere");
    const { value } = (await stream.next()) as { value: ExecutionView };
    expect(value.summary).toMatchObject({ status: "running", startedBy: null, state: "Collect" });
    expect(value.may.stop).toBe(false);
    expect(await panel.post("/panel/api/executions/collector/elsewhere/stop")).toMatchObject({
      status: 409,
      body: { message: expect.stringMatching(/run by another process/) as string },
    });
    panel.release("collect");
    expect((await last(stream)).summary.status).toBe("succeeded");
    await ended;
  });
});

describe("stopping and going on", () => {
  test("a stopped execution can be retried, and goes on from the state it was in", async () => {
    const shop = await readyShop();
    await shop.execute("collector", "data");
    const panel = await openPanel(shop);
    panel.hold("evaluate");
    await panel.post("/panel/api/executions", { workflow: "core", name: "core-1" });
    await until(() => panel.trace().includes("start evaluate 0/1"));
    expect((await panel.post("/panel/api/executions/core/core-1/stop")).status).toBe(202);
    const stopped = await last(panel.stream("core", "core-1"));
    expect(stopped.summary.status).toBe("aborted");
    expect(statuses(stopped)).toMatchObject({ Train: "succeeded", Evaluate: "stopped" });
    expect(stopped.may).toEqual({ stop: false, retry: true, promote: false });
    panel.release("evaluate");
    expect((await panel.post("/panel/api/executions/core/core-1/retry")).status).toBe(202);
    const done = await last(panel.stream("core", "core-1"));
    expect(done.summary.status).toBe("succeeded");
    expect(panel.trace().filter((line) => line.startsWith("start train"))).toHaveLength(1);
    const evaluate = done.states.find(({ state }) => state === "Evaluate")!;
    expect(evaluate.attempts.map(({ run, status }) => [run, status])).toEqual([
      [1, "stopped"],
      [2, "succeeded"],
    ]);
    expect((await panel.post("/panel/api/executions/core/core-1/retry")).status).toBe(409);
  });

  test("a failed execution goes on from the failed state without running the earlier ones again", async () => {
    const shop = await readyShop();
    await shop.execute("collector", "data");
    const panel = await openPanel(shop);
    panel.put("fail-refit");
    await panel.post("/panel/api/executions", { workflow: "core", name: "core-1" });
    const failed = await last(panel.stream("core", "core-1"));
    expect(failed.summary).toMatchObject({ status: "failed", state: "Refit", rejected: false });
    expect(failed.states.find(({ state }) => state === "Refit")).toMatchObject({
      status: "failed",
      attempts: [{ error: { error: "States.TaskFailed" } }],
    });
    panel.take("fail-refit");
    await panel.post("/panel/api/executions/core/core-1/retry");
    const done = await last(panel.stream("core", "core-1"));
    expect(done.summary.status).toBe("succeeded");
    const starts = panel.trace().filter((line) => line.startsWith("start"));
    expect(starts.filter((line) => /train|evaluate/.test(line))).toHaveLength(2);
    expect(starts.filter((line) => line.includes("refit"))).toHaveLength(2);
  });

  test("A10 a rejected model is promoted with a reason that is kept, and served; the gate's verdict stays", async () => {
    const shop = await readyShop();
    await shop.execute("collector", "data");
    const panel = await openPanel(shop);
    panel.put("reject");
    await panel.post("/panel/api/executions", { workflow: "core", name: "core-1" });
    const rejected = await last(panel.stream("core", "core-1"));
    expect(rejected.summary).toMatchObject({
      status: "failed",
      rejected: true,
      state: "ModelRejected",
      detail: "ndcg@10 0.01 is below 0.02; and more",
    });
    expect(statuses(rejected)).toMatchObject({ Refit: "skipped", ModelRejected: "failed" });
    expect(rejected.may).toEqual({ stop: false, retry: false, promote: true });
    const promote = (reason: string) =>
      panel.post("/panel/api/executions/core/core-1/promote", { reason });
    expect((await promote("because")).status).toBe(400);
    expect((await panel.post("/panel/api/executions/core/core-1/retry")).status).toBe(409);
    expect(await readPointer(panel.bucket, SERVING)).toBeUndefined();
    expect((await promote("the test rows are from a holiday")).status).toBe(202);
    const served = await last(panel.stream("core", "core-1"));
    expect(served.summary).toMatchObject({ status: "succeeded", current: true });
    expect(await readPointer(panel.bucket, SERVING)).toMatchObject({ execution: "core-1" });
    expect(await readPromotion(panel.bucket, "core-1")).toEqual({
      by: "ada",
      at: "2026-11-26T10:00:00.000Z",
      reason: "the test rows are from a holiday",
    });
    expect((await promote("once more, to be sure")).status).toBe(409);
    // What happened stays to be seen, but nothing is failed any more.
    expect(statuses(served)).toMatchObject({ ModelRejected: "overruled", Served: "succeeded" });
    expect(Object.values(statuses(served))).not.toContain("failed");
    const gate = served.states.find(({ state }) => state === "ModelRejected")!;
    expect(gate.note).toBe(
      "The model was rejected. ada promoted it on 2026-11-26 at 10:00 UTC, because: the test rows are from a holiday",
    );
    expect(gate.attempts[0]).toMatchObject({
      status: "failed",
      error: { cause: "ndcg@10 0.01 is below 0.02; and more" },
    });
    expect(rejected.states.every(({ note }) => note === null)).toBe(true);
  });

  test("a server that is closed in the middle leaves the execution resumable, and the next one resumes it", async () => {
    const shop = await readyShop();
    const first = await openPanel(shop);
    first.hold("collect");
    await first.post("/panel/api/executions", { workflow: "collector", name: "one" });
    await until(() => first.trace().length > 0);
    const stream = first.stream("collector", "one");
    await stream.next();
    await first.app.close();
    await last(stream).catch(() => undefined);
    expect(shop.trace()).toEqual(["start collect 0/1"]);
    shop.release("collect");
    const second = await openPanel(shop);
    const done = await last(second.stream("collector", "one"));
    expect(done.summary).toMatchObject({ status: "succeeded", startedBy: "ada" });
    expect(done.states[0]!.attempts).toHaveLength(1);
  });

  test("what the command line left without an end is not taken up by the server", async () => {
    const shop = await readyShop();
    shop.hold("collect");
    const child = shop.spawn("collector", "one");
    const ended = once(child, "exit");
    await until(() => shop.trace().length > 0);
    child.kill("SIGKILL");
    await ended;
    const panel = await openPanel(shop);
    const view = await panel.view("collector", "one");
    expect(view.summary.status).toBe("interrupted");
    expect(view.may).toEqual({ stop: false, retry: true, promote: false });
    expect(statuses(view)).toMatchObject({ Collect: "stopped", PublishData: "pending" });
    shop.release("collect");
    await panel.post("/panel/api/executions/collector/one/retry");
    expect((await last(panel.stream("collector", "one"))).summary.status).toBe("succeeded");
  });
});

test("a retry whose data or artefacts are gone is refused at once, with what is gone and what to do", async () => {
  const shop = await readyShop();
  await shop.execute("collector", "data");
  const panel = await openPanel(shop);
  panel.put("fail-refit");
  await panel.post("/panel/api/executions", { workflow: "core", name: "core-1" });
  await last(panel.stream("core", "core-1"));
  panel.take("fail-refit");
  const trace = panel.trace().length;
  const retry = () => panel.post("/panel/api/executions/core/core-1/retry");

  await shop.bucket.removeAll("model/core-1/");
  const refusal = await retry();
  expect(refusal.status).toBe(409);
  expect(JSON.stringify(refusal.body)).toMatch(
    /model\/core-1: is gone, so that .*core-1.* cannot go on .*execute the core anew under another name/,
  );
  await shop.bucket.removeAll("processed_data/data/");
  expect(JSON.stringify((await retry()).body)).toContain(
    "processed_data/data: and model/core-1 are gone",
  );
  expect(panel.trace()).toHaveLength(trace); // nothing was started
  expect((await panel.view("core", "core-1")).summary.status).toBe("failed");

  panel.put("fail-collect");
  await panel.post("/panel/api/executions", { workflow: "collector", name: "two" });
  await last(panel.stream("collector", "two"));
  await shop.bucket.remove("raw_data/item_features.csv");
  const raw = await panel.post("/panel/api/executions/collector/two/retry");
  expect(raw.status).toBe(409);
  expect(JSON.stringify(raw.body)).toContain("raw_data/item_features.csv: is gone");
});

test("roll back serves the one before or a named one, and says which are kept when it cannot", async () => {
  const shop = await readyShop();
  await shop.execute("collector", "data");
  for (const name of ["one", "two", "three"]) await shop.execute("core", name);
  const panel = await openPanel(shop);
  expect(await panel.post("/panel/api/rollback", { to: "one" })).toMatchObject({
    status: 200,
    body: { served: "one", before: "three" },
  });
  expect(await readPointer(panel.bucket, SERVING)).toMatchObject({ execution: "one" });
  expect(await panel.post("/panel/api/rollback")).toMatchObject({ body: { served: "three" } });
  expect(await panel.post("/panel/api/rollback", { to: "gone" })).toMatchObject({
    status: 409,
    body: { message: expect.stringMatching(/"gone" is gone.* one, two/) as string },
  });
});

test("the list is filtered by workflow, status and text, the latest first", async () => {
  const shop = await readyShop();
  await shop.execute("collector", "data");
  await shop.execute("core", "core-1");
  const panel = await openPanel(shop);
  panel.put("reject");
  await shop.execute("core", "core-2");
  const names = async (query: string): Promise<string[]> => {
    const rows = await panel.get<{ name: string }[]>(`/panel/api/executions${query}`);
    return rows.map(({ name }) => name);
  };
  expect(await names("")).toEqual(["core-2", "core-1", "data"]);
  expect(await names("?workflow=collector")).toEqual(["data"]);
  expect(await names("?status=rejected")).toEqual(["core-2"]);
  expect(await names("?status=succeeded")).toEqual(["core-1", "data"]);
  expect(await names("?text=CORE-1")).toEqual(["core-1"]);
  expect(await names("?text=below+0.02")).toEqual(["core-2"]);
  await expect(names("?status=asleep")).rejects.toThrow("400");
});
