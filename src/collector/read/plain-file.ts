import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { finished } from "node:stream/promises";

import type { Quarantine } from "../check/quarantine.ts";
import { recordFlaw } from "../check/record-flaws.ts";
import { copyLines, countLineFeeds, type Share, shareOf } from "../shards/line-share.ts";
import { readRecords } from "./blocks.ts";
import { DELIMITER, escapeCell } from "./escape.ts";
import type { StageRun } from "../../schema/index.ts";
import type { LocalFile } from "./raw-files.ts";
import { countPlainLines } from "./scan-lines.ts";

/**
 * The records of a CSV file in a form that no reader can mistake: one line a record, cells between
 * delimiters, nothing quoted.
 */
export interface PlainFile {
  readonly path: string;
  readonly delimiter: string;
  /** Lines before the first record. */
  readonly skip: number;
  /** Records in it: all of the file's but those that had to be set aside. */
  readonly rows: number;
  /** Records of the CSV file, without its header. */
  readonly records: number;
  /** May cells hold escapes (`escape.ts`)? */
  readonly isEscaped: boolean;
  /** Rows at which the distance between row and physical line changes, and the distance from there. */
  readonly jumps: readonly Jump[];
}

interface Jump {
  readonly row: number;
  readonly distance: number;
}

/** What making a file plain needs of a run. */
interface PlainRun {
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
  /**
   * The part of the file that is wanted.
   *
   * @default all of it
   */
  readonly shard?: StageRun["shard"];
}

/** The physical line in the CSV file of row `row`, from 0. */
export function lineOfRow(jumps: readonly Jump[], row: number): number {
  return row + (jumps.findLast((jump) => jump.row <= row)?.distance ?? 0);
}

const FLUSH_LENGTH = 1 << 20;
const ONLY: StageRun["shard"] = { index: 0, count: 1 };

/**
 * A file that is plain already is used as it is; of any other a copy is written to `copyPath`, and
 * records that cannot be read go to the quarantine.
 */
export async function toPlainFile(
  file: LocalFile,
  layout: { readonly width: number; readonly hasHeader: boolean },
  copyPath: string,
  quarantine: Pick<Quarantine, "add">,
  run: PlainRun,
): Promise<PlainFile> {
  const { shard = ONLY } = run;
  const skip = layout.hasHeader ? 1 : 0;
  const lines = await countPlainLines(file.path, layout.width, run.signal, run.onBytes);
  if (lines !== undefined) {
    const { start, end } = shareOf(lines - skip, shard);
    const rows = end - start;
    const isWhole = shard.count === 1;
    if (!isWhole) {
      const share = { start: skip + start, end: skip + end };
      await copyLines(file.path, share, copyPath, run.signal);
    }
    return {
      path: isWhole ? file.path : copyPath,
      delimiter: ",",
      skip: isWhole ? skip : 0,
      rows,
      records: rows,
      isEscaped: false,
      jumps: [{ row: 0, distance: start + skip + 1 }],
    };
  }
  const share =
    shard.count === 1
      ? { start: 0, end: Infinity }
      : shareOf((await countLineFeeds(file.path, run.signal)) + 1, shard);
  return copyPlain(file, layout, share, copyPath, quarantine, run);
}

async function copyPlain(
  file: LocalFile,
  layout: { readonly width: number; readonly hasHeader: boolean },
  { start, end }: Share,
  copyPath: string,
  quarantine: Pick<Quarantine, "add">,
  run: PlainRun,
): Promise<PlainFile> {
  const copy = createWriteStream(copyPath);
  let text = "";
  let rows = 0;
  let records = 0;
  let isHeader = layout.hasHeader;
  const jumps: Jump[] = [];
  const flush = async (): Promise<void> => {
    if (text !== "" && !copy.write(text)) await once(copy, "drain");
    text = "";
  };
  try {
    await readRecords(
      file,
      run.signal,
      (record) => {
        if (isHeader) {
          isHeader = false;
          return;
        }
        // A record belongs to the share that its first line is in.
        if (record.line <= start || record.line > end) return;
        records++;
        const problem = recordFlaw(file.name, record, layout.width);
        if (problem !== undefined) {
          quarantine.add(problem);
          return;
        }
        const distance = record.line - rows;
        if (jumps.at(-1)?.distance !== distance) jumps.push({ row: rows, distance });
        text += `${record.fields.map(escapeCell).join(DELIMITER)}\n`;
        rows++;
      },
      async (bytes) => {
        run.onBytes(bytes);
        if (text.length > FLUSH_LENGTH) await flush();
      },
    );
    await flush();
  } finally {
    copy.end();
    await finished(copy);
  }
  return {
    path: copyPath,
    delimiter: DELIMITER,
    skip: 0,
    rows,
    records,
    isEscaped: true,
    jumps,
  };
}
