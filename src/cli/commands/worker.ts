import { hostname } from "node:os";

import { Command, InvalidArgumentError } from "commander";

import { type Meeting, runWorker, withoutPassword } from "../../cluster/index.ts";
import { JOB_ENTRY } from "../../recipe/index.ts";
import { absolutePlace } from "../../storage/index.ts";
import { bucketOption, openBucket } from "../bucket-option.ts";
import { redisOption, requireRedis } from "../redis-option.ts";
import type { OpenSession, Session } from "../session.ts";

interface WorkerFlags {
  readonly redis?: string;
  readonly bucket: string;
  readonly name: string;
  readonly slots: number;
  readonly lease: number;
}

/** `recsys worker`: runs shards of executions whose configuration has `runner: bullmq`. */
export function workerCommand(open: OpenSession): Command {
  return new Command("worker")
    .description("run shards of executions on this machine, together with workers on others")
    .addOption(redisOption())
    .addOption(bucketOption())
    .option("--name <name>", "what the worker is called", hostname())
    .option(
      "--slots <number>",
      "shards at a time, each with its own processes and memory",
      count,
      1,
    )
    .option("--lease <seconds>", "silent for so long, its shards go to another worker", lease, 15)
    .addHelpText("after", EXAMPLES)
    .action(async (flags: WorkerFlags, command: Command) => {
      const session = open(command);
      const meeting = await meetingOf(session, flags);
      const { name, slots, lease: seconds } = flags;
      session.note(
        `worker ${name}: shards of ${meeting.bucket} by way of ${withoutPassword(meeting.redis)}. Ctrl-C hands back what it has.`,
      );
      await runWorker({
        ...{ meeting, name, slots, leaseMs: seconds * 1000, entry: JOB_ENTRY },
        signal: session.signal,
        note: (line) => {
          session.note(line);
        },
      });
      session.note(`worker ${name} has ended`);
    });
}

/**
 * Where workers of a bucket are met.
 *
 * @throws UsageError if nobody has said where Redis is
 */
export async function meetingOf(
  session: Session,
  flags: { readonly redis?: string; readonly bucket: string },
): Promise<Meeting> {
  const redis = requireRedis(flags.redis);
  const bucket = await openBucket(session, flags.bucket);
  const prefix = session.configuration().config.bucketPrefix;
  return { redis, bucket: absolutePlace(bucket.url), prefix };
}

function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 64) return value;
  throw new InvalidArgumentError(`expected a number from 1 to 64, got "${text}"`);
}

function lease(text: string): number {
  const value = Number(text);
  if (value >= 1 && value <= 3600) return value;
  throw new InvalidArgumentError(`expected seconds from 1 to 3600, got "${text}"`);
}

const EXAMPLES = `
Examples:
  recsys worker --redis redis://10.0.0.5:6379 --bucket s3://my-bucket
  REDIS_URL=rediss://shop:secret@redis.example:6380 recsys worker --bucket s3://my-bucket --slots 2
  recsys execute core --name core-1 --set runner=bullmq --redis redis://10.0.0.5:6379 --bucket s3://my-bucket`;
