import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { finished } from "node:stream/promises";

import { blocksOf } from "../read/blocks.ts";

/** Lines (or rows) [start, end) of a file, from 0. */
export interface Share {
  readonly start: number;
  readonly end: number;
}

const NEWLINE = 10;
const BLOCK_BYTES = 1 << 20;

/** The part of `total` that a shard has: the parts follow on each other, and differ by 1 at most. */
export function shareOf(
  total: number,
  { index, count }: { readonly index: number; readonly count: number },
): Share {
  const edge = (at: number): number => Math.floor((total * at) / count);
  return { start: edge(index), end: edge(index + 1) };
}

/** Counts the line feeds of a file. */
export async function countLineFeeds(path: string, signal: AbortSignal): Promise<number> {
  let lines = 0;
  for await (const block of blocksOf(path, signal, Buffer.allocUnsafeSlow(BLOCK_BYTES))) {
    lines += afterLineFeeds(block, Infinity).lines;
  }
  return lines;
}

/** Copies the lines of a share, as they are, to `copyPath`. */
export async function copyLines(
  path: string,
  { start, end }: Share,
  copyPath: string,
  signal: AbortSignal,
): Promise<void> {
  const copy = createWriteStream(copyPath);
  let line = 0;
  try {
    for await (const block of blocksOf(path, signal)) {
      const first = afterLineFeeds(block, start - line);
      const last = afterLineFeeds(block, end - line);
      line += last.lines;
      if (first.at < last.at && !copy.write(block.subarray(first.at, last.at))) {
        await once(copy, "drain");
      }
      if (line === end) break;
    }
  } finally {
    copy.end();
    await finished(copy);
  }
}

/** Where the bytes after the first `wanted` line feeds begin, and how many there are up to there. */
function afterLineFeeds(
  block: Buffer,
  wanted: number,
): { readonly at: number; readonly lines: number } {
  let at = 0;
  let lines = 0;
  for (; lines < wanted; lines++) {
    const next = block.indexOf(NEWLINE, at);
    if (next < 0) return { at: block.length, lines };
    at = next + 1;
  }
  return { at, lines };
}
