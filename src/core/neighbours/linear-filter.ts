import type { Kernels, SparseRows } from "../../kernels/index.ts";
import type { Histories } from "../data/index.ts";
import { inKernels, type ItemMatrix, prunedItemMatrix } from "./item-matrix.ts";

/** A history counts with its latest items only: the work grows with the square of its length. */
const LONGEST_HISTORY = 2000;

/**
 * The linear filter `P = R̃ᵀ R̃` over the normalised interactions R̃_ui = 1 / √(n_u · n_i), the largest entries of
 * each row kept. What was dropped is not lost but spread: row I, after those of the items, is the tail t, the share
 * of each item in all that was dropped, and `droppedOf` says how much of it each item is due.
 *
 * Sources: Shen et al. 2021 (GF-CF), without its ideal low-pass part; the tail is ours.
 */
export interface LinearFilter {
  /** (I + 1) rows */
  readonly matrix: ItemMatrix;
  /** (I) */
  readonly droppedOf: Float32Array;
  /** (I) n_i, interactions of each item. */
  readonly count: Uint32Array;
}

/** Makes the filter of the histories, `keep` entries a row. */
export function linearFilter(kernels: Kernels, history: Histories, keep: number): LinearFilter {
  const { items } = history;
  const mark = kernels.mark();
  const { usersOf, itemsOf, count, total, columnTotal } = normalised(kernels, history);
  // The pruned matrix is made above the inputs in the kernels' stack and moved down when they are freed.
  const pruned = prunedItemMatrix(kernels, items, keep, (first, block) => {
    kernels.multiplySparse(
      block,
      { ...usersOf, offsets: usersOf.offsets.subarray(first, first + block.rows + 1) },
      itemsOf,
    );
  });
  const offsets = Uint32Array.from(pruned.offsets);
  const indices = Uint32Array.from(pruned.indices);
  const weights = Float32Array.from(pruned.weights);
  kernels.reset(mark);

  const dropped = total;
  const tail = columnTotal;
  for (let j = 0; j < items; j++) {
    for (let p = offsets[j]!; p < offsets[j + 1]!; p++) {
      dropped[j]! -= weights[p]!;
      tail[indices[p]!]! -= weights[p]!;
    }
  }
  const mass = tail.reduce((sum, value) => sum + Math.max(0, value), 0) || 1;
  const entries = offsets[items]!;
  const all = {
    offsets: Uint32Array.from([...offsets, entries + items]),
    indices: new Uint32Array(entries + items),
    weights: new Float32Array(entries + items),
  };
  all.indices.set(indices);
  all.weights.set(weights);
  for (let i = 0; i < items; i++) {
    all.indices[entries + i] = i;
    all.weights[entries + i] = Math.max(0, tail[i]!) / mass;
  }
  return {
    matrix: {
      offsets: inKernels(kernels, all.offsets),
      indices: inKernels(kernels, all.indices),
      weights: inKernels(kernels, all.weights),
    },
    droppedOf: Float32Array.from(dropped, (value) => Math.max(0, value)),
    count,
  };
}

interface Normalised {
  /** R̃ᵀ: (I) rows of users */
  readonly usersOf: SparseRows;
  /** R̃: (U) rows of items */
  readonly itemsOf: SparseRows;
  readonly count: Uint32Array;
  /** (I) sums of the rows of P without its diagonal; P is symmetric, so its columns have the same. */
  readonly total: Float64Array;
  readonly columnTotal: Float64Array;
}

function normalised(kernels: Kernels, history: Histories): Normalised {
  const { users, items, offsets, itemIndices } = history;
  const start = (user: number) => Math.max(offsets[user]!, offsets[user + 1]! - LONGEST_HISTORY);
  const count = new Uint32Array(items);
  let entries = 0;
  for (let user = 0; user < users; user++) {
    for (let p = start(user); p < offsets[user + 1]!; p++) count[itemIndices[p]!]!++;
    entries += offsets[user + 1]! - start(user);
  }
  const byUser = {
    offsets: kernels.uint32(users + 1),
    indices: kernels.uint32(entries),
    weights: kernels.float32(entries),
  };
  const byItem = {
    offsets: kernels.uint32(items + 1),
    indices: kernels.uint32(entries),
    weights: kernels.float32(entries),
  };
  for (let i = 0; i < items; i++) byItem.offsets[i + 1] = byItem.offsets[i]! + count[i]!;
  const next = byItem.offsets.slice();
  const userSum = new Float64Array(users);
  let at = 0;
  for (let user = 0; user < users; user++) {
    const length = offsets[user + 1]! - start(user);
    for (let p = start(user); p < offsets[user + 1]!; p++) {
      const item = itemIndices[p]!;
      const value = 1 / Math.sqrt(length * count[item]!);
      byUser.indices[at] = item;
      byUser.weights[at++] = value;
      const place = next[item]!++;
      byItem.indices[place] = user;
      byItem.weights[place] = value;
      userSum[user]! += value;
    }
    byUser.offsets[user + 1] = at;
  }
  const total = new Float64Array(items);
  for (let i = 0; i < items; i++) {
    for (let p = byItem.offsets[i]!; p < byItem.offsets[i + 1]!; p++) {
      const value = byItem.weights[p]!;
      total[i]! += value * userSum[byItem.indices[p]!]! - value * value;
    }
  }
  return { usersOf: byItem, itemsOf: byUser, count, total, columnTotal: total.slice() };
}
