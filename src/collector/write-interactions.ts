import { join } from "node:path";

import { DuckDBScalarFunction, UINTEGER, UTINYINT } from "@duckdb/node-api";

import { type Database, literal } from "../database/index.ts";
import { type ArtefactWriter, vector } from "../storage/index.ts";
import type { Accepted } from "./read/accepted.ts";
import type { Rows } from "./read/histories.ts";

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
  accepted: Accepted,
  part: Uint8Array,
  scratchFolder: string,
): Promise<void> {
  database.connection.registerScalarFunction(partFunction(part));
  const path = join(scratchFolder, "interactions.parquet");
  // Level 1 makes files as small as the default level 3 here, in two thirds of the time.
  await database.run(`
    COPY (SELECT ${accepted.columns}, part_of(rowid::UINTEGER) AS part FROM accepted)
    TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)`);
  await artefact.upload("interactions.parquet", path);
}

/**
 * The SQL function `part_of`, from a row's number in `accepted` to its part. A table of the parts to
 * join instead would have to be read by one thread, or lose the order.
 */
function partFunction(part: Uint8Array): DuckDBScalarFunction {
  return DuckDBScalarFunction.create({
    name: "part_of",
    parameterTypes: [UINTEGER],
    returnType: UTINYINT,
    mainFunction: (_, input, output) => {
      const rows = input.getColumnVector(0);
      const count = input.rowCount; // a call into DuckDB each time
      for (let at = 0; at < count; at++) {
        output.setItem(at, part[rows.getItem(at) as number]!);
      }
      output.flush();
    },
  });
}
