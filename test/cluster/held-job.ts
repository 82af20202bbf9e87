import { appendFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { runJob } from "../../src/jobs/index.ts";
import { DataError } from "../../src/schema/index.ts";

/*
 * A job binary. `work` writes a line into `trace` of the folder FOLDER when it begins, with its process, and when it ends, and
 * waits in between as long as there is a file `hold`.
 */
const trace = (folder: string, line: string): void => {
  appendFileSync(join(folder, "trace"), `${line}\n`);
};

await runJob(process.argv[2], {
  work: async ({ environment, shard, signal, report }) => {
    const folder = environment["FOLDER"]!;
    console.log(`line of ${shard.index}`);
    trace(folder, `begin ${shard.index} ${environment["REDIS_URL"] ?? "-"} ${process.pid}`);
    report({ activity: "work", done: 1, total: 2 });
    while (existsSync(join(folder, "hold"))) await sleep(20, undefined, { signal });
    trace(folder, `end ${shard.index}`);
    return { sum: 7, count: shard.count };
  },
  fail: async ({ shard, signal }) => {
    if (shard.index === 1) throw new DataError({ file: "a.csv", line: 3 }, "no number");
    await sleep(60_000, undefined, { signal });
    return undefined;
  },
  die: () => {
    process.kill(process.pid, "SIGKILL");
    return sleep(10_000, undefined);
  },
});
