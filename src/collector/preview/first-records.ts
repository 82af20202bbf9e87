import { createGunzip } from "node:zlib";

import { DataError } from "../../schema/index.ts";
import type { Bucket } from "../../storage/index.ts";
import { type RawRecord, RecordSplitter } from "../read/record-splitter.ts";

/**
 * Calls `visit` with the first records of a CSV file in a bucket, packed or not, which is read no further than they reach.
 *
 * @throws DataError if it cannot be unpacked, or a line has no end
 */
export async function firstRecords(
  bucket: Bucket,
  path: string,
  count: number,
  visit: (record: RawRecord) => void,
): Promise<void> {
  let seen = 0;
  const splitter = new RecordSplitter(path, (record) => {
    if (seen++ < count) visit(record);
  });
  const stored = await bucket.stream(path);
  const source = path.endsWith(".gz") ? stored.pipe(createGunzip()) : stored;
  if (source !== stored) stored.on("error", (error) => source.destroy(error));
  try {
    for await (const block of source) {
      splitter.push(block as Buffer);
      if (seen > count) return;
    }
    splitter.end();
  } catch (error) {
    if (error instanceof DataError || source === stored) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataError({ file: path }, `cannot be unpacked (${reason}); pack it again with gzip`);
  } finally {
    stored.destroy();
    source.destroy();
  }
}
