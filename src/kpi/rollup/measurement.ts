import { join } from "node:path";

import { type Database, literal } from "../../database/index.ts";
import type { Missing, ProcessedDataContent } from "../../schema/index.ts";
import type { ArtefactWriter } from "../../storage/index.ts";

/** What the steps of a measurement share. */
export interface Measurement {
  readonly database: Database;
  readonly artefact: ArtefactWriter;
  readonly scratchFolder: string;
  /** `content` of the processed data that is measured. */
  readonly data: ProcessedDataContent;
  /** What cannot be told, and why: each step adds to it. */
  readonly missing: Missing[];
}

/**
 * Rows of a Parquet file that are read or passed over together. A question is about one filter and some days; the
 * files are sorted by both, so that small groups spare reading the rest.
 */
const ROW_GROUP = 40_960;

/** Writes the rows of a query, which must be ordered, as a file of the artefact. */
export async function writeRollup(
  { database, artefact, scratchFolder }: Measurement,
  name: string,
  sql: string,
): Promise<void> {
  const path = join(scratchFolder, name);
  await database.run(
    `COPY (${sql}) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${ROW_GROUP})`,
  );
  await artefact.upload(name, path);
}
