import { Command } from "commander";

import { openCluster } from "../../cluster/index.ts";
import type { ListedWorker, RunningShard } from "../../schema/index.ts";
import { bucketOption } from "../bucket-option.ts";
import { bytes, duration } from "../output/quantities.ts";
import { table } from "../output/table.ts";
import { redisOption } from "../redis-option.ts";
import type { OpenSession } from "../session.ts";
import { meetingOf } from "./worker.ts";

/** `recsys workers`: who runs shards of a bucket's executions, and what they are at. */
export function workersCommand(open: OpenSession): Command {
  return new Command("workers")
    .description("show the workers of a bucket, what they run and what they have done")
    .addOption(redisOption())
    .addOption(bucketOption())
    .addHelpText("after", EXAMPLES)
    .action(async (flags: { redis?: string; bucket: string }, command: Command) => {
      const session = open(command);
      const cluster = await openCluster(await meetingOf(session, flags));
      try {
        const workers = await cluster.workers();
        session.print({ workers }, textOf(workers, Date.now()));
      } finally {
        await cluster.close();
      }
    });
}

/** "Transform of m1, 2 of 3, 45 %". */
function shardWords({ step, execution, host, hosts, done, total }: RunningShard): string {
  const part = hosts === 1 ? "" : `, ${host.replace("algo-", "")} of ${hosts}`;
  const share = done === undefined || !total ? "" : `, ${Math.floor((100 * done) / total)} %`;
  return `${step} of ${execution}${part}${share}`;
}

function textOf(workers: readonly ListedWorker[], now: number): string {
  if (workers.length === 0) {
    return `No workers. "recsys worker" starts one, on any machine that reaches Redis and the bucket.`;
  }
  const age = (time: string): string => duration(Math.max(0, now - Date.parse(time)) / 1000);
  const rows = workers.map((worker) => [
    worker.name,
    worker.state === "silent" ? `silent for ${age(worker.seenAt)}` : worker.state,
    worker.running.map(shardWords).join(", ") || "–",
    `${worker.running.length}/${worker.slots}`,
    String(worker.done),
    String(worker.failed),
    String(worker.lost),
    worker.peakRssBytes === 0 ? "–" : bytes(worker.peakRssBytes),
    `${worker.load.toFixed(1)} of ${worker.cores}`,
    worker.version,
    age(worker.startedAt),
  ]);
  return table(
    [
      "WORKER",
      "STATE",
      "SHARDS",
      "BUSY",
      "DONE",
      "FAILED",
      "LOST",
      "PEAK",
      "LOAD",
      "VERSION",
      "UP",
    ],
    rows,
    "",
  );
}

const EXAMPLES = `
Examples:
  recsys workers --redis redis://10.0.0.5:6379 --bucket s3://my-bucket
  recsys workers --bucket s3://my-bucket --json     (the address in REDIS_URL)`;
