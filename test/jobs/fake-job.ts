import { setTimeout as sleep } from "node:timers/promises";

import { runJob } from "../../src/jobs/index.ts";
import { DataError } from "../../src/schema/index.ts";

/* A job binary with one job for each way a job can go. */
await runJob(process.argv[2], {
  tell: ({ environment, hyperparameters, shard, report }) => {
    report({ activity: "tell", done: shard.index, total: shard.count, figures: { loss: 0.5 } });
    console.log("a line of output");
    console.error("a line of error");
    return Promise.resolve({ hyperparameters, shard, colour: environment["COLOUR"] ?? null });
  },
  processors: ({ processors }) => Promise.resolve(processors),
  fail: () => Promise.reject(new Error("the disk is full")),
  "bad-data": () =>
    Promise.reject(new DataError({ file: "a.csv", line: 3 }, "rating must be a number")),
  "talk-too-much": () => Promise.resolve("x".repeat(2000)),
  die: () => {
    process.kill(process.pid, "SIGKILL");
    return sleep(10_000, undefined);
  },
  "fail-on-second": async ({ shard, signal }) => {
    if (shard.index === 1) throw new Error("the second host fails");
    await sleep(60_000, undefined, { signal });
    return undefined;
  },
  wait: async ({ signal, report }) => {
    report({ activity: "waiting" });
    await sleep(60_000, undefined, { signal });
    return undefined;
  },
  spin: ({ report }) => {
    report({ activity: "spinning" });
    const end = performance.now() + 60_000;
    while (performance.now() < end); // never looks up
    return Promise.resolve(undefined);
  },
});
