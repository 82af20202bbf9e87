import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { finished } from "node:stream/promises";

import type { Quarantine } from "../check/quarantine.ts";
import { recordFlaw } from "../check/record-flaws.ts";
import { readRecords } from "./blocks.ts";
import { DELIMITER, escapeCell } from "./escape.ts";
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
  /** The physical line in the CSV file of row `row`, from 0. */
  readonly lineOfRow: (row: number) => number;
}

const FLUSH_LENGTH = 1 << 20;

/**
 * A file that is plain already is used as it is; of any other a copy is written to `copyPath`, and
 * records that cannot be read go to the quarantine.
 */
export async function toPlainFile(
  file: LocalFile,
  layout: { readonly width: number; readonly hasHeader: boolean },
  copyPath: string,
  quarantine: Quarantine,
  run: { readonly signal: AbortSignal; readonly onBytes: (bytes: number) => void },
): Promise<PlainFile> {
  const skip = layout.hasHeader ? 1 : 0;
  const lines = await countPlainLines(file.path, layout.width, run.signal, run.onBytes);
  if (lines !== undefined) {
    const rows = lines - skip;
    return {
      path: file.path,
      delimiter: ",",
      skip,
      rows,
      records: rows,
      isEscaped: false,
      lineOfRow: (row) => row + skip + 1,
    };
  }
  return copyPlain(file, layout, copyPath, quarantine, run);
}

async function copyPlain(
  file: LocalFile,
  layout: { readonly width: number; readonly hasHeader: boolean },
  copyPath: string,
  quarantine: Quarantine,
  run: { readonly signal: AbortSignal; readonly onBytes: (bytes: number) => void },
): Promise<PlainFile> {
  const copy = createWriteStream(copyPath);
  let text = "";
  let rows = 0;
  let records = 0;
  let isHeader = layout.hasHeader;
  /** Rows at which the distance between row and physical line changes, and the distance from there. */
  const jumps: { readonly row: number; readonly distance: number }[] = [];
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
    lineOfRow: (row) => row + (jumps.findLast((jump) => jump.row <= row)?.distance ?? 0),
  };
}
