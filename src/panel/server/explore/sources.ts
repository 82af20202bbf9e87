import { DuckDBInstance } from "@duckdb/node-api";

import { artefactFolder, type Bucket } from "../../../storage/index.ts";

/** Where each of some rows of the processed data was seen, by the row's number. */
export type ReadSources = (
  user: number,
  firstRow: number,
) => Promise<ReadonlyMap<number, string | null>>;

/**
 * Reads the sources of a user's rows from `interactions.parquet`, whose rows stand in the order of the users: only the
 * groups of rows that the user's lie in are read. Where the bucket is no folder, the file is copied to `scratchFolder` first.
 */
export function sourcesReader(
  bucket: Bucket,
  execution: string,
  scratchFolder: string,
): ReadSources {
  return async (user, firstRow) => {
    const path = `${artefactFolder("processed_data", execution)}/interactions.parquet`;
    const file = await bucket.toLocalFile(path, scratchFolder);
    const database = await DuckDBInstance.create(":memory:", {
      memory_limit: "128MB",
      threads: "1",
    });
    try {
      const connection = await database.connect();
      const reader = await connection.runAndReadAll(
        `SELECT file_row_number, source FROM read_parquet($file, file_row_number = true)
         WHERE user_index = $user AND file_row_number >= $first`,
        { file, user, first: firstRow },
      );
      connection.closeSync();
      return new Map(
        reader
          .getRows()
          .map(([row, source]) => [Number(row), typeof source === "string" ? source : null]),
      );
    } finally {
      database.closeSync();
    }
  };
}
