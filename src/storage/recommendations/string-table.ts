/** N byte strings one after the other: string i is `bytes[offsets[i] … offsets[i + 1])`, UTF-8. */
export interface StringTable {
  readonly offsets: Uint32Array;
  readonly bytes: Uint8Array;
}

/** Number of strings in the table. */
export function tableSize({ offsets }: StringTable): number {
  return offsets.length - 1;
}

/** String `index` of the table. */
export function stringAt({ offsets, bytes }: StringTable, index: number): string {
  return decoder.decode(bytes.subarray(offsets[index], offsets[index + 1]));
}

/** @throws RangeError if the strings together pass 4 GiB, what 32-bit offsets reach */
export function stringTable(strings: Iterable<string>): StringTable {
  const pieces = Array.from(strings, (string) => Buffer.from(string));
  const offsets = new Uint32Array(pieces.length + 1);
  let end = 0;
  for (const [i, piece] of pieces.entries()) {
    end += piece.length;
    offsets[i + 1] = end;
  }
  if (end > 0xffff_ffff) throw new RangeError(`a string table holds 4 GiB, got ${end} bytes`);
  return { offsets, bytes: Buffer.concat(pieces) };
}

const decoder = new TextDecoder();
