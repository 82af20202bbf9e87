import { join } from "node:path";

import { Database } from "../../database/index.ts";
import { RAW_FOLDER, type RowProblem, type StageRun } from "../../schema/index.ts";
import type { Bucket } from "../../storage/index.ts";
import { byteMeter } from "../run.ts";
import { tableRaw } from "../read/interactions.ts";
import { toPlainFile } from "../read/plain-file.ts";
import { openRawFiles } from "../read/raw-files.ts";
import { findLayouts } from "../read/read-all.ts";
import { writeInteractionPart } from "./interaction-part.ts";

/**
 * One of several shards of the collector: reads and checks its lines of the interactions, and leaves them for the
 * assembly. A record belongs to the shard of the line that it begins on.
 *
 * @throws DataError for problems of whole files
 */
export async function collectShard(bucket: Bucket, run: StageRun): Promise<void> {
  const { config, scratchFolder, signal, shard } = run;
  const files = await openRawFiles({ bucket, prefix: `${RAW_FOLDER}/` }, scratchFolder, signal);
  const { interactions: layout } = await findLayouts(files, run);
  const flaws: RowProblem[] = [];
  const plain = await toPlainFile(
    files.interactions,
    layout,
    join(scratchFolder, "interactions.plain"),
    { add: (problem) => flaws.push(problem) },
    { signal, onBytes: byteMeter(run, "scan interactions", files.interactions.bytes), shard },
  );
  run.report({ activity: "check interactions", total: plain.rows, unit: "rows" });
  const database = await Database.open({
    spillFolder: join(scratchFolder, "duckdb"),
    memoryLimitMiB: config.collector.memoryLimitMiB,
    signal,
  });
  try {
    await tableRaw(database, files.interactions, plain, layout);
    const { rows, records, jumps } = plain;
    const part = { fileBytes: files.interactions.bytes, rows, records, jumps: [...jumps] };
    await writeInteractionPart(bucket, run, database, part, flaws);
  } finally {
    database.close();
  }
}
