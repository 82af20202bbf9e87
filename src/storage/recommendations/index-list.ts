/** The best `count` indices of something, best first, with their interaction probabilities. */
export interface RankedList {
  readonly indices: Uint32Array;
  readonly probabilities: Float32Array;
  /** Entries that count; the arrays may be longer. */
  readonly count: number;
}

/** Size of a list of k entries: u32 count, then k × (u32 index, f32 probability), little-endian. */
export function listBytes(k: number): number {
  return 4 + 8 * k;
}

/**
 * Writes a list into its place in a file of lists of k entries.
 *
 * @throws RangeError if it is too long or a probability is not one
 */
export function encodeList(view: DataView, offset: number, k: number, ranked: RankedList): void {
  const { indices, probabilities, count } = ranked;
  if (count > k) throw new RangeError(`a list has room for ${k} entries, got ${count}`);
  view.setUint32(offset, count, true);
  for (let rank = 0; rank < count; rank++) {
    const probability = probabilities[rank]!;
    if (!(probability >= 0 && probability <= 1)) {
      throw new RangeError(`an interaction probability lies in [0, 1], got ${probability}`);
    }
    view.setUint32(offset + 4 + 8 * rank, indices[rank]!, true);
    view.setFloat32(offset + 8 + 8 * rank, probability, true);
  }
}

/** Room for a list as the file has it. */
export interface ListMemory {
  readonly bytes: Uint8Array;
  /** The same bytes as the numbers they are: typed arrays are little-endian wherever Node runs on them. */
  readonly integers: Uint32Array;
  readonly floats: Float32Array;
}

/** Room for a list of k entries. */
export function listMemory(k: number): ListMemory {
  const bytes = new Uint8Array(listBytes(k));
  return {
    bytes,
    integers: new Uint32Array(bytes.buffer),
    floats: new Float32Array(bytes.buffer),
  };
}

/**
 * Copies the first `most` entries of a list out, fewer where it is shorter.
 *
 * @throws RangeError if the file at `path` ended before them
 */
export function decodeList(
  { integers, floats }: ListMemory,
  bytesRead: number,
  most: number,
  path: string,
): RankedList {
  if (bytesRead < listBytes(most)) throw new RangeError(`${path} ends inside a list`);
  const count = Math.min(integers[0]!, most);
  const indices = new Uint32Array(count);
  const probabilities = new Float32Array(count);
  for (let rank = 0; rank < count; rank++) {
    indices[rank] = integers[1 + 2 * rank]!;
    probabilities[rank] = floats[2 + 2 * rank]!;
  }
  return { indices, probabilities, count };
}
