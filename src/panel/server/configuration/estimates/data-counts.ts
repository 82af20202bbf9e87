import { createGunzip } from "node:zlib";

import { ProcessedDataContent, RAW_FILES, RAW_FOLDER } from "../../../../schema/index.ts";
import {
  type Bucket,
  ObjectNotFoundError,
  readManifest,
  readPointer,
} from "../../../../storage/index.ts";

/** How much there is to work on, and how that is known. */
export interface DataCounts {
  readonly rows: number;
  readonly users: number;
  readonly items: number;
  readonly source: string;
}

/** Counts of the current processed data; before the first, by the size of the raw files; `undefined` without any. */
export async function currentCounts(bucket: Bucket): Promise<DataCounts | undefined> {
  const pointer = await readPointer(bucket, "processed_data");
  if (pointer !== undefined) return countsOf(bucket, pointer.execution);
  const rows = await linesOf(bucket, RAW_FILES.interactions);
  const items = await linesOf(bucket, RAW_FILES.itemFeatures);
  if (rows === undefined || items === undefined) return undefined;
  const users = Math.ceil(rows / ROWS_OF_A_USER);
  const source = `${whole(rows)} rows and ${whole(items)} items by the size of the raw files, ${ROWS_OF_A_USER} rows of each user`;
  return { rows, users, items, source };
}

/** Counts of a collector execution's data, `undefined` if they are no longer kept. */
export async function countsOf(bucket: Bucket, execution: string): Promise<DataCounts | undefined> {
  try {
    const { content } = await readManifest(bucket, "processed_data", execution);
    const parsed = ProcessedDataContent.safeParse(content);
    if (!parsed.success) return undefined;
    const { rows, users, items } = parsed.data;
    const source = `${whole(rows)} rows, ${whole(users)} users and ${whole(items)} items of ${execution}`;
    return { rows, users, items, source };
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return undefined;
    throw error;
  }
}

/** Until the collector has counted them. */
const ROWS_OF_A_USER = 20;
const SAMPLE_BYTES = 1 << 20;
/** Of text, what gzip leaves of it. */
const PACKED_SHARE = 0.35;

/** The lines of a raw file by its size and the length of its first ones. */
async function linesOf(bucket: Bucket, name: string): Promise<number | undefined> {
  for (const candidate of [name, `${name}.gz`]) {
    const path = `${RAW_FOLDER}/${candidate}`;
    const info = await bucket.head(path);
    if (info === undefined) continue;
    const start = await bucket.readRange(path, 0, SAMPLE_BYTES);
    const isPacked = candidate.endsWith(".gz");
    const text = isPacked ? await unpacked(start) : Buffer.from(start);
    const lines = text.reduce((count, byte) => (byte === NEWLINE ? count + 1 : count), 0);
    if (lines === 0) return 1;
    const bytes = isPacked ? info.bytes / PACKED_SHARE : info.bytes;
    return Math.max(lines, Math.round((bytes * lines) / (text.lastIndexOf(NEWLINE) + 1)));
  }
  return undefined;
}

const NEWLINE = 10;

/** What can be unpacked of the start of a packed file. */
async function unpacked(start: Uint8Array): Promise<Buffer> {
  const gunzip = createGunzip();
  const pieces: Buffer[] = [];
  gunzip.on("data", (piece: Buffer) => pieces.push(piece));
  await new Promise<void>((resolve) => {
    gunzip.on("end", resolve).on("error", () => {
      resolve(); // it is cut off, as it must be
    });
    gunzip.end(start);
  });
  return Buffer.concat(pieces);
}

function whole(count: number): string {
  return count.toLocaleString("en");
}
