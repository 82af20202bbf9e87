import { describe, expect, test } from "vitest";

import {
  ExecutionEndedError,
  ExecutionRunningError,
  listExecutions,
  readExecution,
} from "../../src/recipe/index.ts";
import { DataError } from "../../src/schema/index.ts";
import { createShop, until } from "./shop.ts";

describe("A24 the name of an execution", () => {
  test.each(["", "a b", "a/b", "..", "x".repeat(81)])("may not be %j", async (name) => {
    await expect(createShop().execute("collector", name)).rejects.toThrow(
      /must be 1 to 80 letters, digits, "-" or "_"/,
    );
  });

  test("is refused while a living process runs it, and once it has ended", async () => {
    const shop = createShop();
    shop.hold("collect");
    const running = shop.execute("collector", "one");
    await until(() => shop.trace().length > 0);
    await expect(shop.execute("collector", "one")).rejects.toThrow(ExecutionRunningError);
    expect(await readExecution(shop.bucket, "collector", "one")).toMatchObject({
      status: "running",
    });
    shop.release("collect");
    await running;
    await expect(shop.execute("collector", "one")).rejects.toThrow(ExecutionEndedError);
    expect(shop.trace().filter((line) => line.startsWith("start collect"))).toHaveLength(1);
  });
});

test("an aborted execution stops its job, says so in its record, and cannot be resumed", async () => {
  const shop = createShop();
  const stop = new AbortController();
  shop.hold("collect");
  const running = shop.execute("collector", "one", { signal: stop.signal });
  await until(() => shop.trace().length > 0);
  stop.abort(new Error("Ctrl-C"));
  expect(await running).toEqual({ status: "aborted" });
  expect(shop.trace()).toEqual(["start collect 0/1"]);
  expect(await readExecution(shop.bucket, "collector", "one")).toMatchObject({ status: "aborted" });
  await expect(shop.execute("collector", "one")).rejects.toThrow(ExecutionEndedError);
});

test("Q65 core without processed data says what to do, and the name stays free", async () => {
  const shop = createShop();
  await expect(shop.execute("core", "one")).rejects.toThrow(DataError);
  await expect(shop.execute("core", "one")).rejects.toThrow(/execute the collector first/);
  expect(await listExecutions(shop.bucket)).toEqual([]);
});

test("a model that is not there is refused by name", async () => {
  const shop = createShop();
  await shop.execute("collector", "data");
  await expect(shop.execute("core", "one", { modelExecution: "gone" })).rejects.toThrow(
    /model\/gone\/manifest\.json: there is no whole model/,
  );
});
