import type { ObjectWriter } from "../bucket.ts";
import type { RankedList } from "./index-list.ts";
import type { Popularity } from "./popularity.ts";
import { renderIds } from "./rendered-ids.ts";
import type { StringTable } from "./string-table.ts";
import { TextBuffer } from "./text-buffer.ts";

export type LineFormat = "csv" | "jsonl";

/** A column of ids in a lines file. */
export interface IdColumn {
  readonly name: "user_id" | "item_id";
  readonly ids: StringTable;
  /** How JSON lines write the ids (A4); CSV knows no difference. */
  readonly form: "number" | "string";
}

export interface LinesOptions {
  readonly format: LineFormat;
  /** Whom a list is for. */
  readonly key: IdColumn;
  /** What is listed. */
  readonly value: IdColumn;
  /** `false` leaves the CSV's header out, for all shards of a file but the first. */
  readonly header?: boolean;
}

export interface LinesWriter {
  /** Writes a line for each entry of the list that belongs to the key with this index. */
  writeList(keyIndex: number, ranked: RankedList): Promise<void>;
  close(): Promise<void>;
}

/**
 * Writes recommendations for people and programs (A31), a line an entry: CSV
 * `user_id,rank,item_id,interaction_probability`, or the same as JSON lines.
 */
export async function createLinesWriter(
  writer: ObjectWriter,
  options: LinesOptions,
): Promise<LinesWriter> {
  const { format, key, value } = options;
  const names = [key.name, "rank", value.name, "interaction_probability"] as const;
  if (format === "csv" && options.header !== false) await writer.write(`${names.join(",")}\n`);
  const [beforeKey, beforeRank, beforeValue, beforeProbability, end] = separators(format, names);
  const keyIds = rendered(key, format);
  const valueIds = rendered(value, format);
  const buffer = new TextBuffer(FLUSH_BYTES + 4096);
  return {
    async writeList(keyIndex, { indices, probabilities, count }) {
      for (let rank = 0; rank < count; rank++) {
        buffer.append(beforeKey);
        appendId(buffer, keyIds, keyIndex);
        buffer.append(beforeRank);
        buffer.appendInteger(rank + 1);
        buffer.append(beforeValue);
        appendId(buffer, valueIds, indices[rank]!);
        buffer.append(beforeProbability);
        buffer.appendProbability(probabilities[rank]!);
        buffer.append(end);
      }
      if (buffer.length >= FLUSH_BYTES) await flush(buffer, writer);
    },
    async close() {
      await flush(buffer, writer);
      await writer.close();
    },
  };
}

/** Writes the popularity order, `rank,item_id,count`, as CSV or JSON lines, and closes the writer. */
export async function writePopularLines(
  writer: ObjectWriter,
  format: LineFormat,
  { items, counts }: Popularity,
  item: IdColumn,
): Promise<void> {
  const names = ["rank", item.name, "count"] as const;
  if (format === "csv") await writer.write(`${names.join(",")}\n`);
  const [beforeRank, beforeItem, beforeCount, end] = separators(format, names);
  const itemIds = rendered(item, format);
  const buffer = new TextBuffer(FLUSH_BYTES + 4096);
  for (let rank = 0; rank < items.length; rank++) {
    buffer.append(beforeRank);
    buffer.appendInteger(rank + 1);
    buffer.append(beforeItem);
    appendId(buffer, itemIds, items[rank]!);
    buffer.append(beforeCount);
    buffer.appendInteger(counts[rank]!);
    buffer.append(end);
    if (buffer.length >= FLUSH_BYTES) await flush(buffer, writer);
  }
  await flush(buffer, writer);
  await writer.close();
}

const FLUSH_BYTES = 1 << 20;

async function flush(buffer: TextBuffer, writer: ObjectWriter): Promise<void> {
  await writer.write(buffer.bytes());
  buffer.clear();
}

function rendered({ ids, form }: IdColumn, format: LineFormat): StringTable {
  return renderIds(ids, format === "csv" ? "csv" : form);
}

function appendId(buffer: TextBuffer, { bytes, offsets }: StringTable, index: number): void {
  buffer.append(bytes, offsets[index], offsets[index + 1]);
}

/** What stands before each value of a line, and after the last. */
function separators<Names extends readonly string[]>(
  format: LineFormat,
  names: Names,
): [...{ [Name in keyof Names]: Uint8Array }, Uint8Array] {
  const texts =
    format === "csv"
      ? [...names.map((_, i) => (i === 0 ? "" : ",")), "\n"]
      : [...names.map((name, i) => `${i === 0 ? "{" : ","}"${name}":`), "}\n"];
  return texts.map((text) => Buffer.from(text)) as never;
}
