import { join } from "node:path";

import type { FastifyBaseLogger } from "fastify";

import { type WeeklySchedule, writeDueReport } from "../../../report/index.ts";
import type { Bucket } from "../../../storage/index.ts";

/** What the weekly reports are written from, and when. */
export interface KeepWritingOptions {
  readonly bucket: Bucket;
  readonly schedule: WeeklySchedule;
  readonly scratchFolder: string;
  readonly clock: () => Date;
  readonly log: FastifyBaseLogger;
  /**
   * Between two looks whether one is due.
   *
   * @default five minutes
   */
  readonly everyMilliseconds?: number;
}

/**
 * Writes each weekly report when it is due, beginning with the one that may have become due while nobody ran. A failure
 * is logged once for as long as it stays the same, and tried again at the next look.
 */
export function keepWritingReports(options: KeepWritingOptions): {
  readonly close: () => Promise<void>;
} {
  const { bucket, schedule, scratchFolder, clock, log, everyMilliseconds = 300_000 } = options;
  if (schedule.day === "off") return { close: () => Promise.resolve() };
  let failure: string | undefined;
  let isClosed = false;
  const look = async (): Promise<void> => {
    try {
      const week = await writeDueReport(bucket, schedule, {
        now: clock(),
        scratchFolder: join(scratchFolder, "report"),
        memoryLimitMiB: 128,
        threads: 1,
      });
      failure = undefined;
      if (week !== undefined) log.info({ week: week.name }, "the weekly report was written");
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message !== failure) log.error({ err: error }, "the weekly report could not be written");
      failure = message;
    }
  };
  let looking = look();
  const timer = setInterval(() => {
    // One after the other: a look that takes long is not overtaken.
    looking = looking.then(() => (isClosed ? undefined : look()));
  }, everyMilliseconds);
  timer.unref();
  return {
    async close() {
      isClosed = true;
      clearInterval(timer);
      await looking;
    },
  };
}
