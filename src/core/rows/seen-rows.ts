import type { SparseRows } from "../../kernels/index.ts";
import type { Histories } from "../data/index.ts";
import type { Scratch } from "./scratch.ts";

/** The items of each of the users, ascending: the columns that a novel ranking leaves out. */
export function seenRows(history: Histories, users: Uint32Array, scratch: Scratch): SparseRows {
  const itemsOf = (user: number): Uint32Array =>
    history.itemIndices.subarray(history.offsets[user], history.offsets[user + 1]);
  let count = 0;
  for (const user of users) count += itemsOf(user).length;
  const offsets = scratch.uint32("seen.offsets", users.length + 1);
  const indices = scratch.uint32("seen.indices", count);
  let at = 0;
  offsets[0] = 0;
  users.forEach((user, r) => {
    const items = itemsOf(user);
    indices.set(items, at);
    indices.subarray(at, at + items.length).sort();
    at += items.length;
    offsets[r + 1] = at;
  });
  return { offsets, indices };
}
