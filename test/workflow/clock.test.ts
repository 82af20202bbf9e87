import { getEventListeners } from "node:events";

import { describe, expect, test } from "vitest";

import { systemClock } from "../../src/workflow/clock.ts";

const never = (): AbortSignal => new AbortController().signal;
const timers = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length;
const reason = new Error("stopped by the user");

/** Does the promise settle within this time? */
async function settles(promise: Promise<void>, milliseconds: number): Promise<boolean> {
  const late = Symbol("late");
  const first = await Promise.race([
    promise.catch(() => undefined),
    new Promise((resolve) => setTimeout(resolve, milliseconds, late)),
  ]);
  return first !== late;
}

describe("the system's clock", () => {
  test("tells the time since 1970", () => {
    const before = Date.now();
    const now = systemClock.now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  test("sleeps as long as it is told, and leaves nothing behind on the signal", async () => {
    const signal = never();
    const start = performance.now();
    await systemClock.sleep(40, signal);
    expect(performance.now() - start).toBeGreaterThanOrEqual(38); // timers count whole milliseconds
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("does not sleep at all for 0", async () => {
    const before = timers();
    const sleep = systemClock.sleep(0, never());
    expect(timers()).toBe(before);
    await sleep;
  });

  test("sleeps longer than a timer can: 2³¹ ms and more do not pass at once", async () => {
    const stop = new AbortController();
    const sleep = systemClock.sleep(2 ** 31 + 5000, stop.signal);
    expect(await settles(sleep, 50)).toBe(false);
    stop.abort(reason);
    await expect(sleep).rejects.toBe(reason);
  });

  test("an abort ends every sleep at once with its reason, and the process may end", async () => {
    const stop = new AbortController();
    const before = timers();
    const sleeps = Array.from({ length: 9 }, () => systemClock.sleep(600_000, stop.signal));
    expect(timers()).toBe(before + 9);
    stop.abort(reason);
    for (const sleep of sleeps) await expect(sleep).rejects.toBe(reason);
    expect(timers()).toBeLessThan(before + 5); // the test runner has timers of its own
    expect(getEventListeners(stop.signal, "abort")).toEqual([]);
  });

  test.each([0, 600_000])("an abort beforehand ends a sleep of %i ms", async (milliseconds) => {
    const sleep = systemClock.sleep(milliseconds, AbortSignal.abort(reason));
    expect(await settles(sleep, 1000)).toBe(true);
    await expect(sleep).rejects.toBe(reason);
  });
});
