import type { Histories } from "../data/index.ts";
import { Largest } from "./largest.ts";

/** Of each item the most similar other items, most similar first. */
export interface Neighbours {
  /** (items + 1): item j's neighbours are `offsets[j] … offsets[j+1]`. */
  readonly offsets: Uint32Array;
  readonly items: Uint32Array;
  readonly similarities: Float32Array;
}

/** A history counts with its latest items only: the work grows with the square of its length. */
const LONGEST_HISTORY = 2000;

/**
 * The k most similar items of every item, `c_ij / (√(n_i · n_j) + shrinkage)`: the cosine of the sets of
 * users, with c_ij users in common. Of equal similarities the higher item (A16).
 */
export function itemNeighbours(history: Histories, k: number, shrinkage: number): Neighbours {
  const { items } = history;
  const usersOf = transpose(history);
  const root = Float64Array.from({ length: items }, (_, item) =>
    Math.sqrt(usersOf.offsets[item + 1]! - usersOf.offsets[item]!),
  );
  const offsets = new Uint32Array(items + 1);
  const neighbours: number[] = [];
  const similarities: number[] = [];
  const common = new Uint32Array(items);
  const touched = new Uint32Array(items);
  const largest = new Largest(k);
  for (let j = 0; j < items; j++) {
    const count = countCommon(history, usersOf, j, common, touched);
    for (let t = 0; t < count; t++) {
      const i = touched[t]!;
      if (i !== j) largest.offer(i, common[i]! / (root[i]! * root[j]! + shrinkage));
      common[i] = 0;
    }
    largest.drain((i, similarity) => {
      neighbours.push(i);
      similarities.push(similarity);
    });
    offsets[j + 1] = neighbours.length;
  }
  return {
    offsets,
    items: Uint32Array.from(neighbours),
    similarities: Float32Array.from(similarities),
  };
}

interface UsersOf {
  readonly offsets: Uint32Array;
  readonly users: Uint32Array;
}

/** First entry of a user's history that counts. */
function firstEntry({ offsets }: Histories, user: number): number {
  return Math.max(offsets[user]!, offsets[user + 1]! - LONGEST_HISTORY);
}

function transpose(history: Histories): UsersOf {
  const offsets = new Uint32Array(history.items + 1);
  const forEachEntry = (visit: (user: number, item: number) => void) => {
    for (let user = 0; user < history.users; user++) {
      for (let p = firstEntry(history, user); p < history.offsets[user + 1]!; p++) {
        visit(user, history.itemIndices[p]!);
      }
    }
  };
  forEachEntry((_, item) => offsets[item + 1]!++);
  for (let item = 0; item < history.items; item++) offsets[item + 1]! += offsets[item]!;
  const users = new Uint32Array(offsets[history.items]!);
  const next = offsets.slice();
  forEachEntry((user, item) => (users[next[item]!++] = user));
  return { offsets, users };
}

/** Counts the users that item j has in common with every item; returns how many items were touched. */
function countCommon(
  history: Histories,
  usersOf: UsersOf,
  j: number,
  common: Uint32Array,
  touched: Uint32Array,
): number {
  const { offsets, itemIndices } = history;
  let count = 0;
  for (let q = usersOf.offsets[j]!; q < usersOf.offsets[j + 1]!; q++) {
    const user = usersOf.users[q]!;
    const end = offsets[user + 1]!;
    for (let p = firstEntry(history, user); p < end; p++) {
      const i = itemIndices[p]!;
      if (common[i]!++ === 0) touched[count++] = i;
    }
  }
  return count;
}
