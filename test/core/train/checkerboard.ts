import type { Histories } from "../../../src/core/data/index.ts";

/**
 * The checkerboard: even users like even items and odd users odd ones, but never the item of their own
 * number. Whatever learns from users with common items must name exactly that one.
 */
export function checkerboard(size: number): Histories {
  const rows = Array.from({ length: size }, (_, user) =>
    Array.from({ length: size }, (_, item) => item).filter(
      (item) => item % 2 === user % 2 && item !== user,
    ),
  );
  return historiesOf(rows, size);
}

/** Histories of plain lists: the items of each user in time order, every pair with weight 1. */
export function historiesOf(rows: readonly (readonly number[])[], items: number): Histories {
  const itemIndices = Uint32Array.from(rows.flat());
  const offsets = new Uint32Array(rows.length + 1);
  rows.forEach((row, user) => (offsets[user + 1] = offsets[user]! + row.length));
  return {
    users: rows.length,
    items,
    offsets,
    itemIndices,
    weights: new Float32Array(itemIndices.length).fill(1),
    ratings: new Float32Array(itemIndices.length).fill(1),
    timestamps: undefined,
    positive: new Uint8Array(itemIndices.length).fill(1),
  };
}

/** Items per count in the histories. */
export function countItems({ items, itemIndices }: Histories): Uint32Array {
  const count = new Uint32Array(items);
  for (const item of itemIndices) count[item]!++;
  return count;
}
