import type { ObjectReader, ReadableBucket } from "./bucket.ts";
import { parseSafetensorsHeader, type TensorEntry, type TensorValues } from "./safetensors.ts";

/** A safetensors file whose tensors are read in part. */
export interface TensorReader {
  readonly entries: ReadonlyMap<string, TensorEntry>;
  /** Reads `length` values of a tensor from the flat position `start`. */
  read(name: string, start: number, length: number): Promise<TensorValues>;
  close(): Promise<void>;
}

/** Opens a safetensors file; only its header is read. */
export async function openTensors(bucket: ReadableBucket, path: string): Promise<TensorReader> {
  const reader = await bucket.open(path);
  try {
    const prefix = await reader.read(0, 8);
    const headerBytes = Number(
      new DataView(prefix.buffer, prefix.byteOffset).getBigUint64(0, true),
    );
    const entries = parseSafetensorsHeader(await reader.read(8, headerBytes));
    return tensorReader(reader, entries, 8 + headerBytes, path);
  } catch (error) {
    await reader.close();
    throw error;
  }
}

function tensorReader(
  reader: ObjectReader,
  entries: ReadonlyMap<string, TensorEntry>,
  dataStart: number,
  path: string,
): TensorReader {
  return {
    entries,
    async read(name, start, length) {
      const entry = entries.get(name);
      if (entry === undefined) throw new RangeError(`${path} has no tensor "${name}"`);
      const values = new entry.Values(length);
      const bytes = await reader.read(
        dataStart + entry.start + start * values.BYTES_PER_ELEMENT,
        values.byteLength,
        new Uint8Array(values.buffer),
      );
      if (bytes.length !== values.byteLength) {
        throw new RangeError(`${path} ends inside tensor "${name}"`);
      }
      return values;
    },
    close: () => reader.close(),
  };
}
