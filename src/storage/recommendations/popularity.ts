import type { ReadableBucket } from "../bucket.ts";
import { decodeSafetensors, type Tensors, vector } from "../safetensors.ts";

/** Every item, the most popular first: `items[r]` has `counts[r]` interaction rows. */
export interface Popularity {
  readonly items: Uint32Array;
  readonly counts: Uint32Array;
}

/**
 * Items by count descending, then by id descending (A16), which is index descending.
 *
 * @param countOfItem - (I), interaction rows of each item; ratings are not summed
 */
export function popularityOf(countOfItem: Uint32Array): Popularity {
  const items = Uint32Array.from(countOfItem.keys()).sort(
    (a, b) => countOfItem[b]! - countOfItem[a]! || b - a,
  );
  return { items, counts: items.map((item) => countOfItem[item]!) };
}

/** `popular.safetensors`: `items` U32 (I), `counts` U32 (I), both in popularity order. */
export function popularityTensors({ items, counts }: Popularity): Tensors {
  return { items: vector(items), counts: vector(counts) };
}

/** @throws RangeError if the file does not hold {@link popularityTensors} */
export async function readPopularity(bucket: ReadableBucket, path: string): Promise<Popularity> {
  const { items, counts } = decodeSafetensors(await bucket.read(path));
  if (!(items?.values instanceof Uint32Array && counts?.values instanceof Uint32Array)) {
    throw new RangeError(`${path} needs the U32 tensors items and counts`);
  }
  return { items: items.values, counts: counts.values };
}
