import type { Kernels, SparseRows } from "../../kernels/index.ts";
import type { Histories } from "../data/index.ts";
import { Scratch } from "../rows/scratch.ts";
import { transpose, transposeWeights } from "../rows/transpose.ts";

/** The matrix of users and items from both sides: the weight of each pair in training, times a factor. */
export interface WeightedEntries {
  /** Of every user the items. */
  readonly byUser: SparseRows;
  /** Of every item the users, ascending. */
  readonly byItem: SparseRows;
}

/** Takes the entries of a history into the kernels' memory. */
export function weightedEntries(
  kernels: Kernels,
  history: Histories,
  factor: number,
): WeightedEntries {
  const scratch = new Scratch(kernels);
  const entries = history.itemIndices.length;
  const byUser = {
    offsets: kernels.uint32(history.users + 1),
    indices: kernels.uint32(entries),
    weights: kernels.float32(entries),
  };
  byUser.offsets.set(history.offsets);
  byUser.indices.set(history.itemIndices);
  for (let p = 0; p < entries; p++) byUser.weights[p] = factor * history.weights[p]!;
  const turned = transpose(byUser, history.items, scratch, "items");
  const weights = transposeWeights(byUser.weights, turned, scratch, "weights");
  return { byUser, byItem: { ...turned, weights } };
}
