import { join } from "node:path";

import { type Database, identifier, literal } from "../database/index.ts";
import { type ArtefactWriter, vector } from "../storage/index.ts";
import { attributeRenderer, renderValue } from "./features/attributes.ts";
import type { EncodedSide } from "./features/encoded-side.ts";

/** Writes `users.safetensors` or `items.safetensors`. */
export async function writeEntityTensors(
  artefact: ArtefactWriter,
  { entity, entities: { ids, featureRow }, table, encoded }: EncodedSide,
): Promise<void> {
  const render = attributeRenderer(table?.columns ?? []);
  const rows = Array.from(featureRow, (row) => (row < 0 ? undefined : row));
  const id = packStrings(ids);
  const attributes = packStrings(rows.map(render));
  const tokens = packNumbers(rows.map((row) => (row === undefined ? [] : encoded.tokens(row))));
  const width = encoded.numbers.length;
  const numbers = new Float32Array(ids.length * width).fill(NaN);
  for (const [index, row] of rows.entries()) {
    if (row === undefined) continue;
    for (const [at, column] of encoded.numbers.entries())
      numbers[index * width + at] = column[row]!;
  }
  await artefact.writeTensors(`${entity}s.safetensors`, {
    id_offsets: vector(id.offsets),
    id_bytes: vector(id.bytes),
    attribute_offsets: vector(attributes.offsets),
    attribute_bytes: vector(attributes.bytes),
    token_offsets: vector(tokens.offsets),
    tokens: vector(tokens.values),
    numbers: { shape: [ids.length, width], values: numbers },
  });
}

const SQL_TYPES = {
  int: "HUGEINT",
  double: "DOUBLE",
  string: "VARCHAR",
  set: "VARCHAR[]",
} as const;

/** Writes `users.parquet` or `items.parquet`: index, id and the feature columns as they were given. */
export async function writeEntityTable(
  artefact: ArtefactWriter,
  database: Database,
  { entity, entities: { ids, featureRow }, table }: EncodedSide,
  scratchFolder: string,
): Promise<void> {
  const columns = table?.columns ?? [];
  const cells = columns.map((_, at) => `c${at} VARCHAR`);
  await database.run(
    `CREATE TABLE ${entity}_table (${["index UINTEGER", "id VARCHAR", ...cells].join(", ")})`,
  );
  const appender = await database.connection.createAppender(`${entity}_table`);
  for (const [index, id] of ids.entries()) {
    appender.appendUInteger(index);
    appender.appendVarchar(id);
    const row = featureRow[index]!;
    for (const { values } of columns) {
      const value = row < 0 ? null : values[row]!;
      if (value === null) appender.appendNull();
      else appender.appendVarchar(typeof value === "string" ? value : renderValue(value));
    }
    appender.endRow();
  }
  appender.closeSync();
  const typed = columns.map(({ name, type }, at) => {
    const value =
      type === "set"
        ? `from_json(c${at}, '["VARCHAR"]')`
        : `TRY_CAST(c${at} AS ${SQL_TYPES[type]})`;
    return `${value} AS ${identifier(name)}`;
  });
  const path = join(scratchFolder, `${entity}s.parquet`);
  const selected = [`index AS ${entity}_index`, `id AS ${entity}_id`, ...typed].join(", ");
  await database.run(`
    COPY (SELECT ${selected} FROM ${entity}_table ORDER BY index)
    TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd);
    DROP TABLE ${entity}_table`);
  await artefact.upload(`${entity}s.parquet`, path);
}

function packStrings(texts: readonly string[]): { offsets: Uint32Array; bytes: Uint8Array } {
  const offsets = new Uint32Array(texts.length + 1);
  for (const [at, text] of texts.entries())
    offsets[at + 1] = offsets[at]! + Buffer.byteLength(text);
  const bytes = Buffer.alloc(offsets.at(-1)!);
  for (const [at, text] of texts.entries()) bytes.write(text, offsets[at]!);
  return { offsets, bytes: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length) };
}

function packNumbers(rows: readonly (readonly number[])[]): {
  offsets: Uint32Array;
  values: Uint32Array;
} {
  const offsets = new Uint32Array(rows.length + 1);
  for (const [at, row] of rows.entries()) offsets[at + 1] = offsets[at]! + row.length;
  const values = new Uint32Array(offsets.at(-1)!);
  for (const [at, row] of rows.entries()) values.set(row, offsets[at]);
  return { offsets, values };
}
