import { once } from "node:events";

import { expect, test } from "vitest";

import { identifyProcess } from "../../src/jobs/index.ts";
import { readExecution } from "../../src/recipe/index.ts";
import { readPointer } from "../../src/storage/index.ts";
import { createShop, SERVING, until } from "./shop.ts";

test("killed with -9 in the middle, the same command resumes; finished stages are not run again", async () => {
  const shop = createShop();
  await shop.execute("collector", "data");
  shop.hold("refit");
  const process = shop.spawn("core", "one");
  await until(() => shop.trace().includes("start refit 0/1"));
  process.kill("SIGKILL");
  await once(process, "exit");
  await until(() => identifyProcess(shop.lastProcess()) === undefined);
  expect(await readExecution(shop.bucket, "core", "one")).toMatchObject({ status: "interrupted" });
  expect(await readPointer(shop.bucket, SERVING)).toBeUndefined();

  shop.release("refit");
  expect(await shop.execute("core", "one")).toMatchObject({ status: "succeeded" });
  const trace = shop.trace();
  const times = (line: string): number => trace.filter((one) => one === line).length;
  expect(times("start train 0/1")).toBe(1);
  expect(times("start evaluate 0/1")).toBe(1);
  expect(times("start refit 0/1")).toBe(2);
  expect(times("end refit 0/1"), "the job of the killed process died with it").toBe(1);
  expect(await readPointer(shop.bucket, SERVING)).toMatchObject({ execution: "one" });
  const { events } = (await readExecution(shop.bucket, "core", "one"))!;
  expect(events.filter(({ type }) => type === "ExecutionResumed")).toHaveLength(1);
  expect(events.filter(({ type }) => type === "ExecutionStarted")).toHaveLength(1);
});
