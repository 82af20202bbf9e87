import { join } from "node:path";

import { type Database, literal } from "../database/index.ts";
import type { ArtefactWriter } from "../storage/index.ts";

/** Writes `impressions.parquet`: the accepted rows of the table `shown` in file order, times in seconds. */
export async function writeImpressionTable(
  artefact: ArtefactWriter,
  database: Database,
  unit: "s" | "ms",
  scratchFolder: string,
): Promise<void> {
  const path = join(scratchFolder, "impressions.parquet");
  const seconds = unit === "ms" ? "timestamp / 1000.0" : "timestamp::DOUBLE";
  await database.run(`
    COPY (SELECT impression_id, user_id, item_id, source, ${seconds} AS timestamp, worth AS value
      FROM shown WHERE rule IS NULL ORDER BY rowid)
    TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)`);
  await artefact.upload("impressions.parquet", path);
}
