import { open } from "node:fs/promises";

import type { LocalFile } from "./raw-files.ts";
import { type RawRecord, RecordSplitter } from "./record-splitter.ts";

const BLOCK_BYTES = 1 << 22;

/**
 * A local file in blocks: of 4 MiB, each a buffer of its own, or, if `shared` is given, of its size, each
 * in it, so that a block is gone when the next one is asked for.
 */
export async function* blocksOf(
  path: string,
  signal: AbortSignal,
  shared?: Buffer,
): AsyncGenerator<Buffer> {
  const file = await open(path, "r");
  try {
    for (;;) {
      signal.throwIfAborted();
      const block = shared ?? Buffer.allocUnsafeSlow(BLOCK_BYTES);
      const { bytesRead } = await file.read(block, 0, block.length);
      if (bytesRead === 0) return;
      yield block.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** Calls `visit` with every record of a CSV file, in order; after each block, `afterBlock` with its bytes. */
export async function readRecords(
  file: LocalFile,
  signal: AbortSignal,
  visit: (record: RawRecord) => void,
  afterBlock?: (bytes: number) => Promise<void> | void,
): Promise<void> {
  const splitter = new RecordSplitter(file.name, visit);
  for await (const block of blocksOf(file.path, signal)) {
    splitter.push(block);
    await afterBlock?.(block.length);
  }
  splitter.end();
  await afterBlock?.(0);
}

/** The records of a CSV file's first 4 MiB, or of more if no record ends there. */
export async function sampleRecords(
  file: LocalFile,
  signal: AbortSignal,
): Promise<readonly RawRecord[]> {
  const records: RawRecord[] = [];
  const splitter = new RecordSplitter(file.name, (record) => records.push(record));
  for await (const block of blocksOf(file.path, signal)) {
    splitter.push(block);
    if (records.length > 0 && block.length === BLOCK_BYTES) return records;
  }
  splitter.end();
  return records;
}
