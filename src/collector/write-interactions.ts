import { join } from "node:path";

import { DuckDBDataChunk, UTINYINT } from "@duckdb/node-api";

import { type ArtefactWriter, vector } from "../storage/index.ts";
import { type Database, literal } from "./read/database.ts";
import type { Rows } from "./read/histories.ts";

/** Rows of a DuckDB data chunk. */
const CHUNK_ROWS = 2048;

/** Writes `interactions.safetensors`. */
export async function writeInteractionTensors(
  artefact: ArtefactWriter,
  rows: Rows,
  part: Uint8Array,
  ratings: "implicit" | "explicit",
): Promise<void> {
  await artefact.writeTensors("interactions.safetensors", {
    user_offsets: vector(rows.offsets),
    item: vector(rows.item),
    rating: vector(
      ratings === "implicit" ? new Float32Array(rows.rating.length).fill(1) : rows.rating,
    ),
    part: vector(part),
    ...(rows.timestamp === undefined ? {} : { timestamp: vector(rows.timestamp) }),
  });
}

/** Writes `interactions.parquet`: the table `accepted` with each row's part, in the order of the arrays. */
export async function writeInteractionTable(
  artefact: ArtefactWriter,
  database: Database,
  part: Uint8Array,
  scratchFolder: string,
): Promise<void> {
  await appendParts(database, part);
  const path = join(scratchFolder, "interactions.parquet");
  // Level 1 makes files as small as the default level 3 here, in two thirds of the time.
  await database.run(`
    COPY (SELECT * FROM accepted POSITIONAL JOIN parts)
    TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)`);
  await artefact.upload("interactions.parquet", path);
}

/** Makes the table `parts`, row for row beside `accepted`. */
async function appendParts(database: Database, part: Uint8Array): Promise<void> {
  await database.run("CREATE TABLE parts (part UTINYINT)");
  const appender = await database.connection.createAppender("parts");
  for (let start = 0; start < part.length; start += CHUNK_ROWS) {
    const values = part.subarray(start, start + CHUNK_ROWS);
    const chunk = DuckDBDataChunk.create([UTINYINT], values.length);
    const column = chunk.getColumnVector(0);
    // By index: an iterator over ten million rows takes seconds.
    for (let at = 0; at < values.length; at++) column.setItem(at, values[at]!);
    column.flush();
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
