import { join } from "node:path";

import { DuckDBDataChunk, UTINYINT } from "@duckdb/node-api";

import { type ArtefactWriter, vector } from "../storage/index.ts";
import { type Database, literal } from "./read/database.ts";
import { ACCEPTED_ROWS, ROW_ORDER, type Rows } from "./read/histories.ts";

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

/** Writes `interactions.parquet`: every accepted row with its ids and source, in the order of the arrays. */
export async function writeInteractionTable(
  artefact: ArtefactWriter,
  database: Database,
  rows: Rows,
  part: Uint8Array,
  timestamps: "none" | "s" | "ms",
  scratchFolder: string,
): Promise<void> {
  await appendParts(database, rows, part);
  const seconds = timestamps === "ms" ? "raw.timestamp / 1000.0" : "raw.timestamp::DOUBLE";
  const path = join(scratchFolder, "interactions.parquet");
  await database.run(`
    COPY (
      SELECT raw.interaction_id, raw.user_id, raw.item_id, users.index AS user_index,
        items.index AS item_index, raw.rating, raw.source, ${seconds} AS timestamp, raw.part
      FROM ${ACCEPTED_ROWS.replace("raw JOIN", "(SELECT *, raw.rowid AS rowid FROM raw POSITIONAL JOIN parts) AS raw JOIN")}
      ORDER BY ${ROW_ORDER}
    ) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`);
  await artefact.upload("interactions.parquet", path);
}

/** Puts each row's part beside it: table `parts`, row for row with `raw`. */
async function appendParts(database: Database, rows: Rows, part: Uint8Array): Promise<void> {
  const [count] = await database.row("SELECT count(*) FROM raw");
  const partOfRaw = new Uint8Array(Number(count));
  for (const [row, raw] of rows.raw.entries()) partOfRaw[raw] = part[row]!;
  await database.run("CREATE TABLE parts (part UTINYINT)");
  const appender = await database.connection.createAppender("parts");
  for (let start = 0; start < partOfRaw.length; start += CHUNK_ROWS) {
    const values = partOfRaw.subarray(start, start + CHUNK_ROWS);
    const chunk = DuckDBDataChunk.create([UTINYINT], values.length);
    const column = chunk.getColumnVector(0);
    for (const [at, value] of values.entries()) column.setItem(at, value);
    column.flush();
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
