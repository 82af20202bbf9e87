import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import {
  endLeftovers,
  identifyProcess,
  isProcessAlive,
  type ProcessIdentity,
  processRunner,
} from "../../src/jobs/index.ts";
import { processingCall, trainingCall } from "./request.ts";

const entry = fileURLToPath(new URL("./fake-job.ts", import.meta.url));
let folder: string;
const logs: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "recsys-jobs-"));
  logs.length = 0;
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const run = (call: Parameters<ReturnType<typeof processRunner>>[0], graceSeconds = 120) =>
  processRunner({
    folder,
    entry,
    graceSeconds,
    onLog: ({ job, host, text }) => logs.push(`${job} ${host} ${text}`),
  })(call);

/** The process of a job's first host, once it reports. */
async function processOf(job: string): Promise<ProcessIdentity> {
  const file = join(folder, `test-${job}`, "algo-1", "process.json");
  while (!existsSync(file) || readFileSync(file, "utf8") === "") await sleep(10);
  return JSON.parse(readFileSync(file, "utf8")) as ProcessIdentity;
}

async function ended(identity: ProcessIdentity): Promise<void> {
  for (let attempt = 0; isProcessAlive(identity); attempt++) {
    if (attempt > 500) throw new Error(`process ${identity.pid} still lives`);
    await sleep(10);
  }
}

describe("a job that ends well", () => {
  test.each([1, 2, 5])("has its part of the machine's processors: one of %i", async (instances) => {
    const result = (await run(processingCall("processors", { instances }))) as {
      ExitMessage: string;
    };
    const part = Math.floor(availableParallelism() / instances);
    expect(Number(result.ExitMessage)).toBe(part === 0 ? 1 : part);
  });

  test("knows its shard of the instances, and gives message, usage, progress and log lines", async () => {
    const call = processingCall("tell", { instances: 2, environment: { COLOUR: "red" } });
    const result = (await run(call)) as { ExitMessage: string; Usage: object[] };
    expect(result).toMatchObject({
      ProcessingJobName: "test-tell",
      ProcessingJobStatus: "Completed",
      Usage: [{ Host: "algo-1" }, { Host: "algo-2" }],
    });
    expect(JSON.parse(result.ExitMessage)).toEqual({
      hyperparameters: {},
      shard: { index: 0, count: 2 },
      colour: "red",
    });
    for (const usage of result.Usage as { Seconds: number; PeakRssBytes: number }[]) {
      expect(usage.Seconds).toBeGreaterThan(0.02);
      expect(usage.Seconds).toBeLessThan(60);
      expect(usage.PeakRssBytes).toBeGreaterThan(30e6);
      expect(usage.PeakRssBytes).toBeLessThan(1e9);
    }
    expect(call.progress).toHaveLength(2);
    expect(call.progress).toContainEqual({
      activity: "tell",
      done: 1,
      total: 2,
      figures: { loss: 0.5 },
      host: 1,
      hosts: 2,
    });
    expect(logs.sort()).toEqual([
      "test-tell algo-1 a line of error",
      "test-tell algo-1 a line of output",
      "test-tell algo-2 a line of error",
      "test-tell algo-2 a line of output",
    ]);
    expect(existsSync(join(folder, "test-tell"))).toBe(false);
  });

  test("a training job finds its hyperparameters, all strings", async () => {
    const result = await run(trainingCall("tell", { epochs: "3" }));
    expect(result).toMatchObject({ TrainingJobName: "test-tell", TrainingJobStatus: "Completed" });
  });
});

describe("a job that fails", () => {
  test("gives the text of its failure file", async () => {
    await expect(run(processingCall("fail"))).rejects.toMatchObject({
      error: "States.TaskFailed",
      message: "the disk is full",
    });
    expect(logs.join("\n")).toContain("fake-job.ts"); // the stack is in the log
  });

  test("tells wrong data from a fault, so that it is not tried again", async () => {
    await expect(run(processingCall("bad-data"))).rejects.toMatchObject({
      error: "RecSys.BadData",
      message: "a.csv:3: rating must be a number",
    });
  });

  test("tells a killed process from a failed one, so that it is tried again", async () => {
    await expect(run(processingCall("die"))).rejects.toMatchObject({
      error: "RecSys.InstanceLost",
      message: "job test-die on algo-1: its process was ended by SIGKILL",
    });
  });

  test("refuses a message that SageMaker would cut", async () => {
    await expect(run(processingCall("talk-too-much"))).rejects.toThrow("1024 bytes, got 2002");
  });

  test("names the jobs there are", async () => {
    await expect(run(processingCall("nonsense"))).rejects.toThrow(
      `there is no job "nonsense"; there are tell, processors, fail,`,
    );
  });

  test("stops its other hosts", async () => {
    const start = performance.now();
    await expect(run(processingCall("fail-on-second", { instances: 2 }))).rejects.toThrow(
      "the second host fails",
    );
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  test("a request that is no job's says what is wrong with it", async () => {
    const call = processingCall("tell", { instances: 0 });
    await expect(run(call)).rejects.toMatchObject({
      error: "States.Runtime",
      message: expect.stringContaining("InstanceCount") as string,
    });
    await expect(run({ ...call, resource: "arn:aws:states:::other" })).rejects.toThrow(
      "no job runs arn:aws:states:::other",
    );
  });
});

describe("a job that is stopped", () => {
  test("gets SIGTERM and may end by itself", async () => {
    const stop = new AbortController();
    const running = run(processingCall("wait", { signal: stop.signal }));
    const identity = await processOf("wait");
    stop.abort(new Error("stopped by the user"));
    await expect(running).rejects.toThrow("stopped by the user");
    expect(isProcessAlive(identity)).toBe(false);
  });

  test("gets SIGKILL after the grace period if it never looks up", async () => {
    const stop = new AbortController();
    const call = processingCall("spin", { signal: stop.signal });
    const running = run(call, 0.3);
    const identity = await processOf("spin");
    while (call.progress.length === 0) await sleep(10);
    stop.abort(new Error("stopped by the user"));
    await expect(running).rejects.toThrow("stopped by the user");
    expect(isProcessAlive(identity)).toBe(false);
  });

  test.each(["wait", "spin"])(
    "dies with its runner, even by kill -9, even while it computes (%s)",
    async (job) => {
      const script = fileURLToPath(new URL("./run-processing.ts", import.meta.url));
      const runner = spawn(process.execPath, [script, entry, folder, job], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const identity = await processOf(job);
      await once(runner.stdout, "data"); // the job reports: it is at work
      expect(isProcessAlive(identity)).toBe(true);
      runner.kill("SIGKILL");
      await ended(identity);
    },
  );

  test("one left by a dead runner is ended before the folder is used again", async () => {
    const orphan = spawn("sleep", ["60"], { stdio: "ignore" });
    const identity = identifyProcess(orphan.pid!)!;
    const file = join(folder, "process.json");
    writeFileSync(file, JSON.stringify({ ...identity, startedAt: "another time" }));
    await endLeftovers(folder);
    expect(isProcessAlive(identity), "a later process with its number is spared").toBe(true);

    mkdirSync(folder);
    writeFileSync(file, JSON.stringify(identity));
    await endLeftovers(folder);
    expect(isProcessAlive(identity)).toBe(false);
    expect(existsSync(folder)).toBe(false);
  });
});
