import { hostname } from "node:os";

import { describe, expect, test } from "vitest";

import { ExecutionRunningError } from "../../src/recipe/index.ts";
import { lockExecution } from "../../src/recipe/execution-lock.ts";
import { temporaryBucket } from "../storage/temporary-folder.ts";

const LOCK = "executions/core/one/lock.json";
const BEAT_MS = 20;
/** The machine may have other things to do. */
const PATIENTLY = { timeout: 10_000 };

const lockText = (machine: string, pid: number, secondsAgo: number): string =>
  JSON.stringify({
    machine,
    pid,
    startedAt: "then",
    beatAt: new Date(Date.now() - secondsAgo * 1000).toISOString(),
  });

describe("A24 the lock of an execution", () => {
  test("keeps others out until it is released", async () => {
    const bucket = await temporaryBucket();
    const lock = await lockExecution(bucket, "core", "one");
    await expect(lockExecution(bucket, "core", "one")).rejects.toThrow(ExecutionRunningError);
    await lockExecution(bucket, "core", "two").then((other) => other.release());
    await lock.release();
    expect(await bucket.head(LOCK)).toBeUndefined();
    await lockExecution(bucket, "core", "one").then((again) => again.release());
  });

  test("of a process of this machine that has died is taken over, however lately it beat", async () => {
    const bucket = await temporaryBucket();
    await bucket.write(LOCK, lockText(hostname(), process.pid, 0)); // our number, another start
    await lockExecution(bucket, "core", "one").then((lock) => lock.release());
  });

  test("of another machine holds as long as that beats", async () => {
    const bucket = await temporaryBucket();
    await bucket.write(LOCK, lockText("elsewhere", 7, 30));
    await expect(lockExecution(bucket, "core", "one")).rejects.toThrow(
      /running, in process 7 on elsewhere/,
    );
    await bucket.write(LOCK, lockText("elsewhere", 7, 100));
    await lockExecution(bucket, "core", "one").then((lock) => lock.release());
  });

  test("beats, and its loss is told to who held it, who then leaves the thief's alone", async () => {
    const bucket = await temporaryBucket();
    const read = async () => Buffer.from(await bucket.read(LOCK)).toString();
    const lock = await lockExecution(bucket, "core", "one", BEAT_MS);
    const first = await read();
    await expect.poll(read, PATIENTLY).not.toBe(first);
    expect(lock.lost.aborted).toBe(false);
    const thief = lockText("elsewhere", 7, 0);
    // As a thief does it: what is written without a look might meet a beat halfway.
    while (!(await bucket.swap(LOCK, await read(), thief)));
    await expect.poll(() => lock.lost.aborted, PATIENTLY).toBe(true);
    await lock.release();
    expect(await read()).toBe(thief);
  });
});
