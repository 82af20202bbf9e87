import { isUtf8 } from "node:buffer";

import { blocksOf } from "./blocks.ts";

const NEWLINE = 10;
const COMMA = 44;
/** A quote, a carriage return (even of CRLF) and a zero byte: each is left to the exact splitter. */
const SPECIAL = [34, 13, 0];
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Counts the lines of a CSV file if it is *plain*: every line a record of `width` cells and nothing in
 * it that two readers could take differently (no quote, no carriage return, no blank line, only UTF-8).
 *
 * A plain file may be handed to any CSV reader; the count is what it must come back with.
 *
 * @returns the number of lines, or `undefined` if the file is not plain
 */
export async function countPlainLines(
  path: string,
  width: number,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<number | undefined> {
  let lines = 0;
  let commas = 0;
  let lineLength = 0;
  let carried: Uint8Array = new Uint8Array(0); // a line's end may cut a character in two
  let isFirst = true;
  for await (const block of blocksOf(path, signal)) {
    if (isFirst && block.subarray(0, 3).equals(BYTE_ORDER_MARK)) return undefined;
    isFirst = false;
    if (SPECIAL.some((byte) => block.includes(byte))) return undefined;
    const cut = block.lastIndexOf(NEWLINE) + 1;
    if (!isUtf8(Buffer.concat([carried, block.subarray(0, cut)]))) return undefined;
    carried = cut === 0 ? Buffer.concat([carried, block]) : block.subarray(cut);
    for (const byte of block) {
      if (byte === COMMA) commas++;
      if (byte !== NEWLINE) {
        lineLength++;
        continue;
      }
      if (commas !== width - 1 || lineLength === 0) return undefined;
      lines++;
      commas = 0;
      lineLength = 0;
    }
    onBytes(block.length);
  }
  if (lineLength > 0) {
    if (commas !== width - 1 || !isUtf8(carried)) return undefined;
    lines++;
  }
  return lines;
}
