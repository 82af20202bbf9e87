import type { ReadableBucket } from "../bucket.ts";
import { type Tensors, vector } from "../safetensors.ts";
import { openTensors } from "../tensor-reader.ts";

/** Per user u the items of all the user's interactions, distinct and ascending: `items[offsets[u] … offsets[u + 1])`. */
export interface SeenSets {
  readonly offsets: Uint32Array;
  readonly items: Uint32Array;
}

export interface SeenReader {
  /** The items that a user has seen, ascending. */
  seenBy(userIndex: number): Promise<Uint32Array>;
  close(): Promise<void>;
}

/**
 * Sorts and de-duplicates each user's items.
 *
 * @param userOffsets - (U + 1), where each user's rows start
 * @param items - (R), the item of each row; not changed
 */
export function seenSetsOf(userOffsets: Uint32Array, items: Uint32Array): SeenSets {
  const offsets = new Uint32Array(userOffsets.length);
  const distinct = new Uint32Array(items.length);
  let length = 0;
  for (let user = 0; user + 1 < userOffsets.length; user++) {
    offsets[user] = length;
    const seen = items.slice(userOffsets[user], userOffsets[user + 1]).sort();
    for (let i = 0; i < seen.length; i++) {
      if (i === 0 || seen[i] !== seen[i - 1]) distinct[length++] = seen[i]!;
    }
  }
  offsets[userOffsets.length - 1] = length;
  return { offsets, items: distinct.slice(0, length) };
}

/** `seen.safetensors`: `offsets` U32 (U + 1), `items` U32 (distinct pairs). */
export function seenTensors({ offsets, items }: SeenSets): Tensors {
  return { offsets: vector(offsets), items: vector(items) };
}

/** Opens the seen sets; each user's is read when asked for. */
export async function openSeen(bucket: ReadableBucket, path: string): Promise<SeenReader> {
  const tensors = await openTensors(bucket, path);
  return {
    async seenBy(userIndex) {
      const [start, end] = await tensors.read("offsets", userIndex, 2);
      return (await tensors.read("items", start!, end! - start!)) as Uint32Array;
    },
    close: () => tensors.close(),
  };
}
