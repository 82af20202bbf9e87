import { expect, test } from "vitest";

import {
  engineOf,
  executionPaths,
  isExecutionRunning,
  lookElsewhere,
  readExecution,
} from "../../src/recipe/index.ts";
import { RecSysConfig } from "../../src/schema/index.ts";
import { encodeEvent, type Outcome } from "../../src/workflow/index.ts";
import { handRunService, type HandRunService } from "./hand-run-service.ts";
import { createShop, type Shop, until } from "./shop.ts";

const FAILED = { type: "ExecutionFailed", state: "Collect", error: "E", cause: "why" } as const;
const SUCCEEDED = { type: "ExecutionSucceeded", output: {} } as const;

function execute(
  service: HandRunService,
  { bucket }: Shop,
  signal?: AbortSignal,
): Promise<Outcome> {
  const order = {
    bucket,
    workflow: "collector",
    name: "one",
    config: RecSysConfig.parse({}),
  } as const;
  return engineOf(service).execute(signal === undefined ? order : { ...order, signal });
}

const place = ({ bucket }: Shop) => ({ bucket, workflow: "collector", name: "one" }) as const;

test("a redriven execution has not ended because its history shows the old end for a moment, whoever looks", async () => {
  const shop = createShop();
  const service = handRunService();
  const first = execute(service, shop);
  await until(() => service.history.length > 0);
  service.happens(FAILED);
  expect(await first).toMatchObject({ status: "failed" });

  const second = engineOf(service).retry(place(shop));
  let isOver = false;
  void second.then(() => (isOver = true));
  await until(() => isExecutionRunning(shop.bucket, "collector", "one"));
  await lookElsewhere(service, place(shop));
  await new Promise((resolve) => setTimeout(resolve, 600)); // two looks at the old end
  expect(isOver).toBe(false);
  expect(await isExecutionRunning(shop.bucket, "collector", "one")).toBe(true);

  service.happens({ type: "ExecutionRedriven" });
  await new Promise((resolve) => setTimeout(resolve, 600));
  service.happens(SUCCEEDED);
  expect(await second).toMatchObject({ status: "succeeded" });
  expect(await isExecutionRunning(shop.bucket, "collector", "one")).toBe(false);
  const { events } = (await readExecution(shop.bucket, "collector", "one"))!;
  expect(events.map(({ type }) => type)).toEqual([
    ...["ExecutionStarted", "ExecutionFailed", "ExecutionRedriven", "ExecutionSucceeded"],
  ]);
});

test("stopping what has just ended does not break off the following", async () => {
  const shop = createShop();
  const service = handRunService();
  const stop = new AbortController();
  const execution = execute(service, shop, stop.signal);
  await until(() => service.history.length > 0);
  service.on.stop = () => {
    service.happens(SUCCEEDED);
    throw new Error("the execution is not running");
  };
  stop.abort(new Error("stopped by ada"));
  expect(await execution).toMatchObject({ status: "succeeded" });
});

test("a stop that did not get through is made again", async () => {
  const shop = createShop();
  const service = handRunService();
  const stop = new AbortController();
  const execution = execute(service, shop, stop.signal);
  await until(() => service.history.length > 0);
  let tries = 0;
  service.on.stop = () => {
    if (++tries === 1) throw new Error("no network");
    service.happens({ type: "ExecutionAborted" });
  };
  stop.abort(new Error("stopped by ada"));
  expect(await execution).toMatchObject({ status: "aborted" });
  expect(tries).toBe(2);
});

test("an execution whose end was written by somebody who died then is freed by the next look", async () => {
  const shop = createShop();
  const service = handRunService();
  const leave = new AbortController();
  const order = { ...place(shop), config: RecSysConfig.parse({}), suspend: leave.signal };
  const onEvent = (): void => {
    leave.abort(new Error("left"));
  };
  await expect(engineOf(service).execute({ ...order, onEvent })).rejects.toThrow("left");
  service.happens({ type: "ExecutionAborted" });
  const { journal } = executionPaths("collector", "one");
  await shop.bucket.write(journal, service.history.map(encodeEvent).join(""));
  expect(await isExecutionRunning(shop.bucket, "collector", "one")).toBe(true);
  await lookElsewhere(service, place(shop));
  expect(await isExecutionRunning(shop.bucket, "collector", "one")).toBe(false);
});
