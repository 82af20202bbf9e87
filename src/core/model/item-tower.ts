import type { Kernels, Matrix, SparseRows } from "../../kernels/index.ts";
import type { Tokens } from "../data/index.ts";
import type { ItemTables } from "./parameters.ts";
import type { WeightedRows } from "../rows/weighted-rows.ts";
import type { Scratch } from "../rows/scratch.ts";

/**
 * Item tower: `x_l = keep_l · id[item_l] + Σ_t token[t] / √|tokens of item_l|`.
 *
 * @param kernels - where the matrices live
 * @param tables - the embeddings
 * @param idRows - (L) rows with at most one entry each, the item; none where the ID is dropped
 * @param tokenRows - (L) rows of tokens, or `undefined` without features
 * @param out - (L, D)
 */
export function itemTower(
  kernels: Kernels,
  tables: ItemTables,
  idRows: SparseRows,
  tokenRows: SparseRows | undefined,
  out: Matrix,
): void {
  kernels.gatherSum(out, idRows, tables.id.values);
  if (tokenRows !== undefined) {
    kernels.gatherSum(out, tokenRows, tables.token.values, { accumulate: true });
  }
}

/** The ID rows of a list of items, without those that `isDropped`. */
export function idRows(
  items: Uint32Array,
  isDropped: (position: number) => boolean,
  scratch: Scratch,
  name: string,
): { offsets: Uint32Array; indices: Uint32Array } {
  const offsets = scratch.uint32(`${name}.offsets`, items.length + 1);
  const indices = scratch.uint32(`${name}.indices`, items.length);
  let kept = 0;
  offsets[0] = 0;
  for (let l = 0; l < items.length; l++) {
    if (!isDropped(l)) indices[kept++] = items[l]!;
    offsets[l + 1] = kept;
  }
  return { offsets, indices: indices.subarray(0, kept) };
}

/** The token rows of a list of items, weighted 1 / √(tokens of the item). */
export function tokenRows(
  items: Uint32Array,
  tokens: Tokens,
  scratch: Scratch,
  name: string,
): WeightedRows {
  let count = 0;
  for (const item of items) count += tokens.offsets[item + 1]! - tokens.offsets[item]!;
  const rows = {
    offsets: scratch.uint32(`${name}.offsets`, items.length + 1),
    indices: scratch.uint32(`${name}.indices`, count),
    weights: scratch.float32(`${name}.weights`, count),
  };
  rows.offsets[0] = 0;
  let at = 0;
  for (let l = 0; l < items.length; l++) {
    const start = tokens.offsets[items[l]!]!;
    const end = tokens.offsets[items[l]! + 1]!;
    const weight = 1 / Math.sqrt(end - start);
    for (let p = start; p < end; p++) {
      rows.indices[at] = tokens.tokens[p]!;
      rows.weights[at++] = weight;
    }
    rows.offsets[l + 1] = at;
  }
  return rows;
}
