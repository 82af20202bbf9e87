import type { ObjectReader, ObjectWriter, ReadableBucket } from "../bucket.ts";
import { decodeList, encodeList, listBytes, listMemory, type RankedList } from "./index-list.ts";

/** What a row of an index file holds. */
export interface IndexLayout {
  /** Entries that a list has room for. */
  readonly k: number;
  /** Lists per row. */
  readonly lists: number;
}

export interface IndexWriter {
  /** Writes the next row: one list for each of the layout's, in their order. */
  writeRow(lists: readonly RankedList[]): Promise<void>;
  /** Writes the next rows, as {@link encodeRows} made them. */
  writeRows(block: Uint8Array): Promise<void>;
  /** @throws RangeError if not exactly the promised rows were written */
  close(): Promise<void>;
}

export interface IndexReader extends IndexLayout {
  readonly rows: number;
  /**
   * Reads the first `count` entries of a list, fewer where it is shorter, with one ranged read: at once
   * where the bucket can, else as a promise.
   *
   * @throws RangeError for a row or list outside the file
   */
  readList(row: number, list: number, count: number): RankedList | Promise<RankedList>;
  close(): Promise<void>;
}

/*
 * An index file, little-endian: a header of 32 bytes (the magic, then u32 version, k, rows, lists per
 * row, and zeros), then the rows. A row is its lists; a list is u32 count and k × (u32 index, f32
 * probability), zeros after the first `count`. All rows have one size, so a list is one pread away.
 */
const MAGIC = 0x58495352; // "RSIX"
const VERSION = 1;
const HEADER_BYTES = 32;
const BUFFER_BYTES = 1 << 20;

/**
 * Rows as bytes: blocks concatenated in row order are the file's body, whoever made them.
 *
 * @throws RangeError if a row does not fit the layout or a probability is not one
 */
export function encodeRows(
  layout: IndexLayout,
  rows: readonly (readonly RankedList[])[],
): Uint8Array {
  const block = new Uint8Array(rows.length * rowBytes(layout));
  const view = new DataView(block.buffer);
  for (const [row, lists] of rows.entries()) {
    if (lists.length !== layout.lists) {
      throw new RangeError(`a row has ${layout.lists} lists, got ${lists.length}`);
    }
    for (const [list, ranked] of lists.entries()) {
      encodeList(view, row * rowBytes(layout) + list * listBytes(layout.k), layout.k, ranked);
    }
  }
  return block;
}

/** Writes an index file of exactly `rows` rows; the caller closes it, or aborts `writer` on failure. */
export async function createIndexWriter(
  writer: ObjectWriter,
  layout: IndexLayout & { readonly rows: number },
): Promise<IndexWriter> {
  await writer.write(header(layout));
  const size = rowBytes(layout);
  const buffer = new Uint8Array(Math.max(size, BUFFER_BYTES - (BUFFER_BYTES % size)));
  let buffered = 0;
  let written = 0;

  const flush = async (): Promise<void> => {
    await writer.write(buffer.subarray(0, buffered));
    buffered = 0;
  };

  const writeRows = async (block: Uint8Array): Promise<void> => {
    if (block.length % size !== 0) {
      throw new RangeError(`${block.length} bytes are not whole rows of ${size} bytes`);
    }
    await flush();
    await writer.write(block);
    written += block.length / size;
  };

  return {
    async writeRow(lists) {
      if (buffered === buffer.length) await flush();
      buffer.set(encodeRows(layout, [lists]), buffered);
      buffered += size;
      written++;
    },
    writeRows,
    async close() {
      if (written !== layout.rows) {
        throw new RangeError(`the index was promised ${layout.rows} rows, got ${written}`);
      }
      await flush();
      await writer.close();
    },
  };
}

/** Opens an index file; only its header is read. */
export async function openIndex(bucket: ReadableBucket, path: string): Promise<IndexReader> {
  const reader = await bucket.open(path);
  try {
    const layout = parseHeader(await reader.read(0, HEADER_BYTES), reader.bytes, path);
    return indexReader(reader, layout, path);
  } catch (error) {
    await reader.close();
    throw error;
  }
}

function indexReader(
  reader: ObjectReader,
  layout: IndexLayout & { readonly rows: number },
  path: string,
): IndexReader {
  const scratch = listMemory(layout.k); // free again when what readSync read is copied out
  return {
    ...layout,
    readList(row, list, count) {
      if (!(row >= 0 && row < layout.rows && list >= 0 && list < layout.lists)) {
        throw new RangeError(`${path} has no list ${list} in row ${row}`);
      }
      const offset = HEADER_BYTES + row * rowBytes(layout) + list * listBytes(layout.k);
      const most = Math.min(count, layout.k);
      const length = listBytes(most);
      if (reader.readSync !== undefined) {
        return decodeList(scratch, reader.readSync(offset, length, scratch.bytes), most, path);
      }
      const memory = listMemory(most);
      return reader
        .read(offset, length, memory.bytes)
        .then((bytes) => decodeList(memory, bytes.length, most, path));
    },
    close: () => reader.close(),
  };
}

function rowBytes(layout: IndexLayout): number {
  return layout.lists * listBytes(layout.k);
}

function header({ k, rows, lists }: IndexLayout & { readonly rows: number }): Uint8Array {
  const view = new DataView(new ArrayBuffer(HEADER_BYTES));
  [MAGIC, VERSION, k, rows, lists].forEach((value, i) => {
    view.setUint32(4 * i, value, true);
  });
  return new Uint8Array(view.buffer);
}

function parseHeader(
  bytes: Uint8Array,
  fileBytes: number,
  path: string,
): IndexLayout & { readonly rows: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER_BYTES || view.getUint32(0, true) !== MAGIC) {
    throw new RangeError(`${path} is not an index file`);
  }
  const version = view.getUint32(4, true);
  if (version !== VERSION) {
    throw new RangeError(`${path} has format version ${version}, this program reads ${VERSION}`);
  }
  const layout = {
    k: view.getUint32(8, true),
    rows: view.getUint32(12, true),
    lists: view.getUint32(16, true),
  };
  const expected = HEADER_BYTES + layout.rows * rowBytes(layout);
  if (fileBytes !== expected) {
    throw new RangeError(`${path} has ${fileBytes} bytes, its header promises ${expected}`);
  }
  return layout;
}
