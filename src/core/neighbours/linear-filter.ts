import type { Kernels, SparseRows } from "../../kernels/index.ts";
import type { Histories } from "../data/index.ts";
import { inKernels, type ItemMatrix, prunedItemMatrix } from "./item-matrix.ts";

/** A history counts with its latest items only: the work grows with the square of its length. */
const LONGEST_HISTORY = 2000;

/** How much items with many users are held back: those of the history, and those that it speaks for. */
const HISTORY_EXPONENT = 0.75;
const ITEM_EXPONENT = 0.25;

/**
 * The linear filter `P_ji = n_j^−¾ · n_i^−¼ · Σ_u 1 / n_u` over the users u who have both items, the largest entries of
 * each row kept. What was dropped is not lost but spread: row I, after those of the items, is the tail t, the share
 * of each item in all that was dropped, and `droppedOf` says how much of it each item is due.
 *
 * Sources: Shen et al. 2021 (GF-CF), whose linear part has ½ for both exponents, and Paudel et al. 2017 (RP3β), whose
 * walk has 1 and β; these are the best of a grid on Gowalla (docs/model.md). The tail is ours.
 */
export interface LinearFilter {
  /** (I + 1) rows */
  readonly matrix: ItemMatrix;
  /** (I) */
  readonly droppedOf: Float32Array;
}

/** Makes the filter of the histories, `keep` entries a row. */
export function linearFilter(kernels: Kernels, history: Histories, keep: number): LinearFilter {
  const { items } = history;
  const mark = kernels.mark();
  const { usersOf, itemsOf, rowTotal, columnTotal } = normalised(kernels, history);
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

  const dropped = rowTotal;
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
  };
}

interface Normalised {
  /** (I) rows of users, row j's entries n_j^−¾ */
  readonly usersOf: SparseRows;
  /** (U) rows of items, entry i of row u n_i^−¼ / n_u */
  readonly itemsOf: SparseRows;
  /** (I) sums of the rows and of the columns of P, without its diagonal. */
  readonly rowTotal: Float64Array;
  readonly columnTotal: Float64Array;
}

/** The two matrices whose product is P. */
function normalised(kernels: Kernels, history: Histories): Normalised {
  const { users, items, offsets, itemIndices } = history;
  const start = (user: number) => Math.max(offsets[user]!, offsets[user + 1]! - LONGEST_HISTORY);
  const count = new Uint32Array(items);
  let entries = 0;
  for (let user = 0; user < users; user++) {
    for (let p = start(user); p < offsets[user + 1]!; p++) count[itemIndices[p]!]!++;
    entries += offsets[user + 1]! - start(user);
  }
  const sparse = (rows: number) => ({
    offsets: kernels.uint32(rows + 1),
    indices: kernels.uint32(entries),
    weights: kernels.float32(entries),
  });
  const [byUser, byItem] = [sparse(users), sparse(items)];
  for (let i = 0; i < items; i++) byItem.offsets[i + 1] = byItem.offsets[i]! + count[i]!;
  const next = byItem.offsets.slice();
  const fromItem = Float64Array.from(count, (n) => Math.max(1, n) ** -HISTORY_EXPONENT);
  const toItem = Float64Array.from(count, (n) => Math.max(1, n) ** -ITEM_EXPONENT);
  const rowTotal = new Float64Array(items);
  const columnTotal = new Float64Array(items);
  let at = 0;
  for (let user = 0; user < users; user++) {
    const first = start(user);
    const end = offsets[user + 1]!;
    let [from, to] = [0, 0];
    for (let p = first; p < end; p++) {
      from += fromItem[itemIndices[p]!]!;
      to += toItem[itemIndices[p]!]!;
    }
    for (let p = first; p < end; p++) {
      const item = itemIndices[p]!;
      byUser.indices[at] = item;
      byUser.weights[at++] = toItem[item]! / (end - first);
      const place = next[item]!++;
      byItem.indices[place] = user;
      byItem.weights[place] = fromItem[item]!;
      rowTotal[item]! += (fromItem[item]! * (to - toItem[item]!)) / (end - first);
      columnTotal[item]! += (toItem[item]! * (from - fromItem[item]!)) / (end - first);
    }
    byUser.offsets[user + 1] = at;
  }
  return { usersOf: byItem, itemsOf: byUser, rowTotal, columnTotal };
}
