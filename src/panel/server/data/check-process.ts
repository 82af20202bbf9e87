import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { validateRawFiles } from "../../../collector/index.ts";
import { DataError, type Progress, type RecSysConfig } from "../../../schema/index.ts";
import { openBucket } from "../../../storage/index.ts";

/** What the process is told, by its first message. */
export interface CheckOrder {
  /** Where the bucket is. */
  readonly bucket: string;
  readonly config: RecSysConfig;
  readonly startedAtSeconds: number;
  /** An empty folder for what is needed meanwhile. */
  readonly workFolder: string;
  /** Where `report.json` and `quarantine.csv` are left. */
  readonly resultFolder: string;
}

/** What the process tells. `problem` is `null` when the collector would take the files. */
export type CheckMessage =
  { readonly progress: Progress } | { readonly ended: { readonly problem: string | null } };

/*
 * A process of its own, since a check holds as much in memory as a collection, and the server must stay small.
 * It ends with the server.
 */
process.on("disconnect", () => process.exit(1));
process.once("message", (order: CheckOrder) => {
  void check(order).then((problem) => {
    process.send?.({ ended: { problem } } satisfies CheckMessage, () => process.exit(0));
  });
});

async function check(order: CheckOrder): Promise<string | null> {
  const { config, workFolder, resultFolder } = order;
  try {
    const bucket = await openBucket(order.bucket, config.bucketPrefix);
    const report = await validateRawFiles(bucket, {
      config,
      startedAtSeconds: order.startedAtSeconds,
      signal: new AbortController().signal,
      report: (progress) => process.send?.({ progress } satisfies CheckMessage),
      scratchFolder: workFolder,
    });
    await rename(join(workFolder, "quarantine.csv"), join(resultFolder, "quarantine.csv"));
    await writeFile(join(resultFolder, "report.json"), JSON.stringify(report));
    return report.failures.length === 0 ? null : report.failures.join("\n");
  } catch (error) {
    if (error instanceof DataError) return error.message;
    throw error;
  }
}
